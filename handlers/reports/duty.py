"""Whoever is on duty and who is in danger talk through the bot: a word there, and all that is said to it back."""

from datetime import datetime, timedelta

from cases.errors import Refused
from cases.life.lifecycle import TABLE
from cases.reading.phones import phone_in
from cases.views import Draft
from handlers import commands, rights
from handlers.chat import Incoming, Message
from handlers.context import Context
from handlers.reports import alarms

#: so long after a word of who is on duty, what is said is said to him
TALKING = timedelta(minutes=30)
#: a talk is looked for among what was begun so long ago
BEGUN = timedelta(hours=12)
#: characters beside a number; so few tell of nothing else: 三个人，138…
FEW = 8


def begin_answer(context: Context, draft: int) -> None:
    """A coordinator wants to say something into the chat that the alarm came from."""
    _open_to(context, draft)
    context.start("answer_alarm", draft=draft)


def answered(context: Context, command: commands.AnswerAlarm) -> None:
    draft = _open_to(context, command.draft)
    language = context.desk.person(draft.person).language
    text = context.world.texts.say(language, "told.alarm_answered", name=context.person.name, words=command.words)
    # of no conversation: a question asked meanwhile would take its place
    context.desk.outbox.say(
        draft.chat, Message(text, media=command.media).pack(), person=draft.person, fact=True, urgent=True
    )
    context.desk.talks.note_facts(draft.id, draft.facts | {"answered": context.desk.now.isoformat()})
    context.say("done.alarm_answered")


def talking(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """What is said to who is on duty reaches him, whatever it sounds like, and the case where there is one by now."""
    draft = context.desk.talks.recent_draft(context.person.id, context.desk.now - BEGUN)
    word = draft.facts.get("answered") if draft else None
    if draft is None or not isinstance(word, str) or datetime.fromisoformat(word) < context.desk.now - TALKING:
        return False
    if draft.chat != context.chat or _another(context, incoming.text.strip(), draft):
        return False
    words = incoming.text.strip()
    if context.understood.handoff and len(_beside_a_number(words)) > FEW:  # it got worse: the number to call, too
        context.say(f"handoff.{context.understood.handoff_id}", urgent=True, tel=context.understood.handoff)
    alarms.more(context, incoming, media, draft.id)
    case = context.case_of(draft.id)
    view = context.desk.view(case, context.person.id) if case else None
    if case and view and TABLE["supplement"].permits(view.hats, view.file.case.state):
        context.desk.perform(case, "supplement", context.person.id, context.chat, {}, incoming.text.strip(), media)
    context.say("done.to_duty")
    return True


def _another(context: Context, words: str, draft: Draft) -> bool:
    """A complaint, a trouble of its own, or a danger somewhere else, told in more than a few words. Who only wanted to
    talk to somebody tells him his trouble."""
    understood = context.understood
    trouble = understood.matter not in (None, draft.facts.get("matter")) and not draft.facts.get("talk")
    elsewhere = bool(understood.handoff and understood.places)
    other = understood.private or elsewhere or (trouble and not understood.handoff)
    return len(_beside_a_number(words)) > FEW and other


def _beside_a_number(words: str) -> str:
    number = phone_in(words)
    return words.replace(number[0], "") if number else words


def _open_to(context: Context, number: int) -> Draft:
    """Raises Refused for who did not hear of it, or serves no more."""
    rights.coordinating(context)
    draft = context.desk.talks.draft(number)
    if context.person.id not in draft.facts.get("heard", ()):
        raise Refused("refused.not_yours")
    return draft
