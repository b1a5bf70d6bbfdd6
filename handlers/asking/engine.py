"""The one engine of all conversations: asking, answering, back, cancel, unclear answers, changed flows."""

from typing import Any

from cases.errors import Refused
from cases.views import Conversation
from handlers import flows
from handlers.asking import questions
from handlers.asking.doing import do
from handlers.asking.looks import LOOKS
from handlers.chat import Incoming, Message
from handlers.context import Context
from handlers.flow import SCRIPTS, Question, Said, encode, play, step_back

assert flows.report  # importing the package registers every flow

BACK = {"上一步", "返回", "back"}
CANCEL = {"取消", "/cancel", "算了", "cancel", "不报了", "都不报了", "算了不报了", "取消报事", "不说了"}


def start(context: Context) -> None:
    """Begin the conversations that working this message came to, one after the other."""
    while context.starting:
        flow, args = context.starting.pop(0)
        _begin(context, flow, args)


def _begin(context: Context, flow: str, args: dict[str, Any]) -> None:
    """A button tapped twice asks once: the newer question takes the place of the same one."""
    if "draft" not in args:  # each draft is asked about by itself
        for open_ in context.desk.talks.open(context.chat, context.person.id):
            if (open_.flow, open_.args) == (flow, args):
                finish(context, open_)
    conversation = context.desk.talks.begin(context.chat, context.person.id, flow, SCRIPTS[flow].version, args)
    go_on(context, conversation)


def go_on(context: Context, conversation: Conversation, *, prefix: str = "") -> None:
    """Run to the next question and ask it, or do what the flow came to."""
    script = SCRIPTS.get(conversation.flow)
    if script is None:
        finish(context, conversation)
        context.say("talk.gone")
        return
    changed = conversation.version != script.version
    outcome = play(
        script,
        conversation.args,
        conversation.steps,
        lambda name, args: LOOKS[name](context, *args),
        changed=changed,
    )
    conversation.version = script.version
    if isinstance(outcome, Question):
        conversation.asking = outcome.key
        conversation.revision += 1
        context.desk.talks.save(conversation)
        message = questions.render(context, conversation, outcome, prefix=prefix)
        context.send(message, conversation=conversation.id)
        return
    finish(context, conversation)
    for command in outcome:
        try:
            do(context, command)
        except Refused:
            if words := getattr(command, "words", ""):
                context.say("talk.your_words", words=words)  # nothing that was typed is lost
            raise


def finish(context: Context, conversation: Conversation) -> None:
    context.desk.talks.end(conversation)
    context.desk.outbox.strip(conversation.chat, conversation.id)


def question_of(context: Context, conversation: Conversation) -> Question | None:
    """The question that waits for an answer: the flow run again, its steps untouched."""
    script = SCRIPTS.get(conversation.flow)
    if script is None or script.version != conversation.version:
        return None
    steps = [list(step) for step in conversation.steps]
    outcome = play(script, conversation.args, steps, lambda name, args: LOOKS[name](context, *args))
    return outcome if isinstance(outcome, Question) else None


def tapped(context: Context, conversation: Conversation, revision: int, index: int) -> None:
    """A button of a question. Raises Refused when the question was answered already."""
    if revision != conversation.revision:
        raise Refused("refused.answered")
    if index == questions.BACK:
        back(context, conversation)
        return
    if index == questions.CANCEL:
        cancel(context, conversation)
        return
    question = question_of(context, conversation)
    if question is None:
        go_on(context, conversation, prefix=context.text("talk.changed"))
        return
    if not 0 <= index < len(question.options):
        raise Refused("refused.answered")
    answer(context, conversation, question, question.options[index].value)


def answer(context: Context, conversation: Conversation, question: Question, given: str | Said) -> None:
    conversation.steps.append([question.key, encode(given)])
    if question.wants == "phone":  # the keys it brought lie over the keyboard until they are taken away
        context.send(Message(context.text("talk.noted"), wants="no_keys"))
    go_on(context, conversation)


def back(context: Context, conversation: Conversation) -> None:
    if not step_back(conversation.steps):
        go_on(context, conversation, prefix=context.text("talk.first_question"))
        return
    go_on(context, conversation)


def cancel(context: Context, conversation: Conversation) -> None:
    finish(context, conversation)
    draft = conversation.args.get("draft")
    if draft is not None:
        context.desk.talks.close_draft(draft)
    context.say("talk.cancelled_draft" if draft is not None else "talk.cancelled")


def names_a_button(context: Context, conversation: Conversation, words: str) -> bool:
    """ "提交", typed: whatever else it could mean, it is the answer."""
    question = question_of(context, conversation)
    return question is not None and questions.typed(context, question, words) is not None


def hear(context: Context, conversation: Conversation, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """Typed words, media, a place or a number, as an answer. False: they do not answer this question."""
    words = incoming.text.strip()
    question = question_of(context, conversation)
    option = questions.typed(context, question, words) if question else None
    if question and option:
        answer(context, conversation, question, option.value)
        return True
    if words.lower() in CANCEL:
        cancel(context, conversation)
        return True
    if words.lower() in BACK:
        back(context, conversation)
        return True
    if question is None:
        if words or media:
            conversation.steps.append([conversation.asking, encode(Said(words, media, incoming.point, incoming.phone))])
        go_on(context, conversation, prefix=context.text("talk.changed"))
        return True
    said = Said(words, media, incoming.point, incoming.phone)
    if questions.fits(question, said):
        answer(context, conversation, question, said)
        return True
    return False
