"""One door for everything that comes in: tap, command, reply, open question, or a report."""

import re
from collections.abc import Mapping
from typing import Any

from cases.desk import CaseKey, Conversation, Draft
from cases.errors import Refused
from cases.lifecycle import TABLE
from handlers import actions, engine, groups, lists, menu, reporting, screen
from handlers.chat import Incoming
from handlers.context import Context
from handlers.flow import Question

#: answered with a sentence, whatever question is open
SMALL_TALK = ("thanks", "hello", "chatter", "spam")
#: conversations in which neither words about an emergency nor small talk are an answer
INTERRUPTED = ("report", "here", "which", "pick")


def handle(context: Context, incoming: Incoming, media: tuple[int, ...] = ()) -> None:
    """Work one message. A refusal is an answer in words; nothing that was typed is lost."""
    try:
        if incoming.event:
            groups.happened(context, incoming)
        elif incoming.tap:
            tapped(context, incoming)
        elif not incoming.private:
            in_group(context, incoming, media)
        elif incoming.edited:
            edited(context, incoming)
        else:
            written(context, incoming, media)
        engine.start(context)
    except Refused as no:
        refused(context, incoming, no)


def refused(context: Context, incoming: Incoming, no: Refused) -> None:
    """In words; in a group, for who pressed the button alone."""
    params: dict[str, Any] = dict(no.params)
    for name, prefix in (("action", "action"), ("state", "state")):
        if name in params:
            params[name] = context.text(f"{prefix}.{params[name]}")
    if incoming.tap and not incoming.private:
        context.toast = context.text(no.key, **params)
    else:
        context.say(no.key, **params)


def in_group(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """Only what was said to us comes here. Nobody's own affairs are answered before others."""
    if incoming.anonymous:
        context.say("group.anonymous")
    elif not incoming.edited and not menu.in_group(context, incoming) and not _answers(context, incoming, media):
        groups.lead(context)


def _answers(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    try:
        return bool(incoming.reply_to) and replied(context, incoming, media)
    except Refused:  # a case that is none of theirs
        return False


def tapped(context: Context, incoming: Incoming) -> None:
    """c.CONVERSATION.REVISION.INDEX, a.ACTION.CASE, s.CASE (show), l.LIST.PAGE. Nothing in it is trusted."""
    kind, *rest = incoming.tap.split(".")
    try:
        if kind == "c":
            number, revision, index = (int(part) for part in rest)
            conversation = context.desk.talks.get(number)
            if conversation is None or conversation.person != context.person.id:
                raise Refused("refused.answered" if incoming.private else "refused.not_asked")
            engine.tapped(context, conversation, revision, index)
        elif kind == "a":
            actions.begin(context, rest[0], CaseKey.parse(rest[1]))
        elif kind == "s":
            lists.show(context, CaseKey.parse(rest[0]))
        elif kind == "l":
            lists.page(context, rest[0], int(rest[1]))
        else:
            raise Refused("refused.no_case")
    except (ValueError, IndexError) as forged:
        raise Refused("refused.no_case") from forged


def written(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """From what is surest to what is left: a command, a reply, a known word, an answer; else something new."""
    if menu.command(context, incoming):
        return
    if incoming.reply_to and replied(context, incoming, media):
        return
    words = incoming.text.strip()
    if words.lower() not in engine.CANCEL and menu.word(context, words):
        return
    if answered(context, incoming, media):
        return
    if action := _action_named(context, words):
        actions.typed(context, action)
    elif not menu.word(context, words) and not reporting.joins_recent(context, incoming, media):
        fresh(context, incoming, media)


def answered(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """Typed words and pictures go to the newest open question, unless they are clearly something else."""
    newest = next(iter(context.desk.talks.open(context.chat, context.person.id)), None)
    if newest is None or _another_matter(context, newest):
        return False
    if newest.flow in INTERRUPTED and (context.understood.handoff or _small_talk(context)):
        return False
    if newest.flow in INTERRUPTED and context.understood.private and not newest.args.get("private"):
        return False  # a complaint of its own, and the question stays open
    if incoming.album and reporting.joins_recent(context, incoming, media):
        return True
    if heard(context, newest, incoming, media):
        return True
    if _says_something(context) or _action_named(context, incoming.text) or _small_talk(context):
        return False
    if incoming.point:
        return False  # a place without a word: the next report
    if not reporting.joins_recent(context, incoming, media):
        engine.go_on(context, newest, prefix=context.text("talk.unclear"))
    return True


def heard(context: Context, conversation: Conversation, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """An answer to a question, after a look at what is in it. False: it answers something else, or nothing."""
    if screen.asks_a_resident(conversation) and not conversation.args.get("private"):
        incoming = screen.screened(context, incoming)
    return engine.hear(context, conversation, incoming, media)


#: what people say of where they live
_HOME = re.compile(r"^(?:我家|我们家|俺家|我)(?:就)?(?:在|住在|住)(.{2,30})$")


def fresh(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    if incoming.text.strip() or media:
        by_kind(context, incoming, media)
    elif incoming.phone:
        context.desk.set_phone(context.person.id, incoming.phone)
        context.say("done.phone")
    else:
        located(context, incoming)


def located(context: Context, incoming: Incoming) -> None:
    """A place without a word: what is wrong there is the only question."""
    unit = context.unit_at(incoming.point) if incoming.point else None
    if unit:
        context.start("here", unit=unit)
    else:
        context.say("report.point_outside" if incoming.point else "report.empty")


def at_home(context: Context, words: str) -> bool:
    """ "我家在荷花里": remembered, and who answers for it is named."""
    said = _HOME.match(words)
    found = context.units_named(said[1]) if said and not context.understood.matter else []
    if len(found) != 1:
        return False
    context.desk.settle(context.person.id, found[0])
    context.person = context.desk.person(context.person.id)
    menu.my_worker(context)
    return True


def by_kind(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """Answered as what it is."""
    if at_home(context, incoming.text.strip("。.!！ ")):
        return
    kind = context.understood.kind
    open_cases = context.desk.mine(context.person.id, only_open=True)
    if kind == "status" and (open_cases or not context.understood.candidates or context.desk.mine(context.person.id)):
        lists.mine(context)
    elif kind in SMALL_TALK and not media and not (kind == "chatter" and open_cases and _has_words(incoming)):
        context.say(f"kind.{kind}")
    elif open_cases and not (context.understood.matter or context.understood.handoff or context.understood.private):
        draft = reporting.keep(context, incoming, media)
        cases = [[str(line.key), actions.label(context, line)] for line in open_cases[:5]]
        context.start("which", draft=draft, cases=cases)
    else:
        reporting.report(context, incoming, media)


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
            incoming = screen.screened(context, incoming)
        actions.add(context, case, incoming.text.strip(), media)
    return True


def edited(context: Context, incoming: Incoming) -> None:
    """They changed what they wrote: the draft is understood again; a case gets the new words, and an entry."""
    draft = context.desk.talks.heard(context.chat, incoming.ref)
    words = incoming.text.strip()
    if draft is None or not words:
        if words:
            context.say("talk.edit_unknown")
        return
    kept = context.desk.talks.draft(draft)
    parts = context.desk.cases_of_draft(draft)
    if kept.facts["ref"] != incoming.ref:  # the caption of a picture that joined: it says more, it replaces nothing
        _say_more(context, kept, words)
    elif parts:
        _amend(context, parts, words)
    elif kept.state == "open":
        _understand_again(context, incoming, kept)
    else:
        context.say("talk.edit_unknown")


def _say_more(context: Context, kept: Draft, words: str) -> None:
    if case := context.case_of(kept.id):
        assert context.incoming is not None
        actions.add(context, case, screen.screened(context, context.incoming).text.strip(), ())
    else:
        context.desk.talks.add_to_draft(kept.id, words, ())
        context.say("report.added_media")


def _amend(context: Context, parts: Mapping[str, CaseKey], words: str) -> None:
    """Of a message about a person and a thing, the thing's case gets only what is about the thing."""
    about = context.understood
    if about.private and "complaint" not in parts and context.incoming is not None:
        words = screen.screened(context, context.incoming).text.strip()
    fitting = {"whole": words, "complaint": words, "concrete": about.rest if about.private else ""}
    changed = [(key, fitting[part]) for part, key in parts.items() if fitting[part]]
    for key, text in changed:
        context.desk.perform(key, "amend", context.person.id, context.chat, {}, text, ())
    if changed:
        context.say("done.amend")


def _understand_again(context: Context, incoming: Incoming, kept: Draft) -> None:
    for conversation in context.desk.talks.open(context.chat, context.person.id):
        if conversation.args.get("draft") == kept.id:
            engine.finish(context, conversation)
    reporting.begin(context, reporting.keep(context, incoming, kept.media))
    context.desk.talks.close_draft(kept.id, "dropped", erase=True)


def _action_named(context: Context, words: str) -> str | None:
    """The action whose label somebody typed: '接单', '[办结]'."""
    plain = words.strip("[]【】。.!！ ")
    return next((row.action for row in TABLE.rows if plain == context.text(f"action.{row.action}")), None)


def _small_talk(context: Context) -> bool:
    return context.understood.kind in ("status", "thanks", "hello", "spam")


def _has_words(incoming: Incoming) -> bool:
    return sum(c.isalnum() for c in incoming.text) >= 4


def _says_something(context: Context) -> bool:
    """A report of its own, though another question is open."""
    return context.understood.kind == "report" and context.understood.matter is not None


def _another_matter(context: Context, conversation: Conversation) -> bool:
    """While a report waits for 提交, words about something else are a second report; the first keeps its buttons."""
    if conversation.flow != "report" or not conversation.asking.startswith("review") or not _says_something(context):
        return False
    question = engine.question_of(context, conversation)
    return isinstance(question, Question) and question.params["matter"] not in ("", context.understood.matter)
