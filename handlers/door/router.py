"""One door for everything that comes in: tap, command, reply, open question, or a report."""

from typing import Any

from cases.errors import Refused
from cases.life.lifecycle import TABLE
from cases.views import Conversation
from handlers.asking import engine
from handlers.cases import actions
from handlers.chat import Incoming
from handlers.context import Context
from handlers.door import beside, edits, fresh, menu, screen, spoken, taps
from handlers.flow import Question, script_of
from handlers.ledger import acting
from handlers.naming import state_key
from handlers.people import blocking, groups
from handlers.reports import alarms, duty, reporting

#: the score from which words are heard as about a matter, though it would be asked which
HALF_SURE = 0.45


def handle(context: Context, incoming: Incoming, media: tuple[int, ...] = ()) -> None:
    """Work one message. A refusal is an answer in words; nothing that was typed is lost."""
    try:
        if incoming.event:
            groups.happened(context, incoming)
        elif blocking.stopped(context, incoming, menu.named(context, incoming.text)):
            return
        elif incoming.tap:
            taps.tapped(context, incoming.tap)
        elif not incoming.private:
            in_group(context, incoming, media)
        elif incoming.edited:
            edits.edited(context, incoming)
        else:
            written(context, incoming, media)
    except Refused as no:
        refused(context, incoming, no)
    try:
        engine.start(context)  # what was begun before a refusal goes on, too: a complaint beside a late supplement
    except Refused as no:
        refused(context, incoming, no)


def refused(context: Context, incoming: Incoming, no: Refused) -> None:
    """In words; in a group, for who pressed the button alone."""
    params: dict[str, Any] = dict(no.params)
    if "action" in params:
        params["action"] = context.text(f"action.{params['action']}")
    if "state" in params:
        params["state"] = context.text(state_key(params["state"], refused=bool(params.pop("refused", False))))
    if incoming.tap and not incoming.private:  # the card is before everybody: that it is there is no secret
        key = "refused.not_yours" if no.key == "refused.no_case" else no.key
        context.toast = context.text(key, **params)
    else:
        context.say(no.key, **params)


def in_group(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """Only what was said to us comes here. Nobody's own affairs are answered before others; danger is nobody's own."""
    if incoming.edited or (not incoming.anonymous and _answers(context, incoming, media)):
        return
    if context.understood.handoff:
        incoming = menu.without_report(context, incoming)
        alarms.before_others(context, incoming.text.strip())
    if incoming.anonymous:
        context.say("group.anonymous")
    elif not menu.in_group(context, incoming):
        groups.lead(context)


def _answers(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    try:
        return bool(incoming.reply_to) and replied(context, incoming, media)
    except Refused:  # a case that is none of theirs
        return False


def written(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """From what is surest to what is left: a command, a reply, a known word, an answer; else something new."""
    incoming = menu.without_report(context, incoming)
    if incoming.phone:  # the platform says whose it is; kept whatever is asked
        context.desk.set_phone(context.person.id, incoming.phone, proven=True)
    if menu.command(context, incoming):
        return
    if actions.late_picture(context, incoming, media):
        return
    if incoming.reply_to and replied(context, incoming, media):
        return
    words = incoming.text.strip()
    if words.lower() not in engine.CANCEL and menu.word(context, words):
        return
    if case := actions.numbered(context, words):
        context.desk.outbox.show(context.chat, context.person.id, case)
        return
    if answered(context, incoming, media) or duty.talking(context, incoming, media):
        return
    if action := _action_named(context, words):
        actions.typed(context, action)
    elif spoken.done(context, incoming, media):
        pass
    elif (
        not menu.word(context, words)
        and not acting.typed(context, words)
        and not reporting.joins_recent(context, incoming, media)
    ):
        fresh.fresh(context, incoming, media)


def answered(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """Typed words and pictures go to the newest open question, unless they are clearly something else."""
    newest = next(iter(context.desk.talks.open(context.chat, context.person.id)), None)
    if newest is None:
        return False
    if engine.names_a_button(context, newest, incoming.text.strip()):
        return engine.hear(context, newest, incoming, media)
    where = _tells_where(context, newest)
    elsewhere = not where and _another_matter(context, newest)
    danger = newest.args.get("danger") and not _accuses(context)  # words about a person go their own way
    if danger and (context.understood.handoff or not elsewhere):  # 快点, 谁也别管我: more of it, and no small talk
        alarms.more(context, incoming, media, newest.args["draft"])
        return engine.hear(context, newest, incoming, media)
    script = script_of(newest.flow)
    if elsewhere or (script.gives_way and _action_named(context, incoming.text)):
        return False
    small_talk = _small_talk(context) and not where and not _free(context, newest)
    if script.gives_way and (context.understood.handoff or small_talk):
        return False
    if script.gives_way and context.understood.private and not newest.args.get("private"):
        return False  # a complaint of its own, and the question stays open
    if script.optional and (_action_named(context, incoming.text) or small_talk or _reports(context)):
        return False
    if incoming.album and reporting.joins_recent(context, incoming, media):
        return True
    if heard(context, newest, incoming, media):
        return True
    if _says_something(context) or _action_named(context, incoming.text) or _small_talk(context):
        return False
    if incoming.point or incoming.phone:
        return False  # a place without a word: the next report
    if not reporting.joins_recent(context, incoming, media):
        engine.go_on(context, newest, prefix=context.text("talk.unclear"))
    return True


def heard(context: Context, conversation: Conversation, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """An answer to a question, after a look at what is in it. False: it answers something else, or nothing."""
    if screen.asks_a_resident(context, conversation) and not conversation.args.get("private"):
        incoming, media = screen.screened(context, incoming, media)
    elif context.understood.handoff and script_of(conversation.flow).takes_down:
        alarms.alarm(context, incoming.text.strip(), context.understood.facts())
    return engine.hear(context, conversation, incoming, media)


def replied(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """An answer to one of our messages, or to a message of their own, is about what that was about."""
    case, number = context.desk.talks.about(context.chat, incoming.reply_to)
    conversation = context.desk.talks.get(number) if number else None
    if conversation and conversation.person == context.person.id:
        return heard(context, conversation, incoming, media)
    if case is None:
        draft = context.desk.talks.heard(context.chat, incoming.reply_to)
        case = context.case_of(draft) if draft else None
    if case is None:
        return False
    if action := _action_named(context, incoming.text.strip()):
        actions.begin(context, action, case)
    else:
        if screen.is_resident(context.desk.view(case, context.person.id)):
            incoming, media = screen.screened(context, incoming, media)
        actions.add(context, case, incoming.text.strip(), media)
    return True


def _action_named(context: Context, words: str) -> str | None:
    """The action whose label somebody typed: '接单', '[办结]'."""
    plain = words.strip("[]【】。.!！ ")
    return next(
        (row.action for row in TABLE.rows if plain.lower() == context.text(f"action.{row.action}").lower()), None
    )


def _tells_where(context: Context, conversation: Conversation) -> bool:
    """Asked where, a bare place, "我家在荷花里", or one chosen on the map is the answer, whatever it sounds like."""
    incoming = context.incoming
    assert incoming is not None
    on_the_map = incoming.venue and incoming.point is not None
    asked = conversation.asking.startswith("report.where")
    return asked and (on_the_map or beside.says_where(context, incoming.text))


def _accuses(context: Context) -> bool:
    """In words that the lists know: in danger much sounds like a complaint."""
    said = context.understood
    return said.private and (said.grumbles or said.discipline)


def _named(context: Context) -> bool:
    """A keyword names the matter."""
    said = context.understood
    known = context.world.taxonomy.matters.get(said.matter or "")
    return known is not None and any(span.text in known.keywords for span in said.matched if span.of == known.id)


def _reports(context: Context) -> bool:
    """Beyond doubt: a keyword, or a place, is named."""
    said = context.understood
    return said.kind == "report" and bool(said.places or _named(context))


def _small_talk(context: Context) -> bool:
    return context.understood.kind in ("status", "thanks", "hello", "spam")


def _free(context: Context, conversation: Conversation) -> bool:
    question = engine.question_of(context, conversation)
    return isinstance(question, Question) and question.free


def _says_something(context: Context) -> bool:
    """A report of its own, though another question is open."""
    understood = context.understood
    if understood.private and not understood.rest:
        return False
    return understood.kind == "report" and (understood.matter is not None or understood.score >= HALF_SURE)


def _another_matter(context: Context, conversation: Conversation) -> bool:
    """While a report waits for 提交, or to be told where, words about something else are a second report; the first
    keeps its buttons."""
    if conversation.flow == "which":  # to whatever case the others belong, these are a report
        return bool(context.understood.matter and context.understood.places)
    if conversation.flow != "report" or not _says_something(context):
        return False
    matter, said = conversation.args["matter"], context.understood
    other = bool(matter and said.matter and not said.may_be(matter))
    if conversation.args.get("danger"):  # who cries for help says nothing else, but in plain words
        return other and _named(context)
    if conversation.asking.startswith("report.where"):
        return other and bool(said.places)
    if not conversation.asking.startswith(("review", "report.consent")):
        return False
    question = engine.question_of(context, conversation)
    if not isinstance(question, Question):
        return False
    there, about = context.understood.unit, question.params
    elsewhere = bool(there and about["unit"] and there != about["unit"])
    told = about["matter"] == "" or said.may_be(about["matter"]) or not (_named(context) or said.places)
    return elsewhere or not told
