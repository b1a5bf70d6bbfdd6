"""From a message to a draft, and from a draft to the conversation that files it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cases.people import WORKING
from cases.understanding import POSSIBLE
from cases.views import Draft
from handlers.chat import Incoming
from handlers.context import Context
from handlers.places import Places, at_point, one_unit, words_of
from handlers.reports import alarms

#: a picture, a voice note or a few more words so soon after a report belong to it
TOGETHER = timedelta(minutes=1)
#: a draft keeps this much of what was written; more than this nobody reads, and Telegram sends no longer message
LONGEST = 4096


def report(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    if enough(context):
        return
    draft = keep(context, incoming, media)
    begin(context, draft)


def enough(context: Context) -> bool:
    """Whether this resident reported all that one resident may today; an emergency is answered all the same."""
    person, rules = context.person, context.rules
    midnight = context.desk.now.astimezone(rules.calendar.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if person.posts or context.desk.talks.submitted_since(person.id, midnight) < rules.reports_a_day:
        return False
    if context.understood.handoff and context.incoming is not None:
        alarms.alarm(context, context.incoming.text.strip(), context.understood.facts())
    context.say("limits.reports", count=rules.reports_a_day, supervision=rules.supervision_phone)
    return True


def only_secret(context: Context) -> bool:
    """That nobody may know who speaks, and not a word of what about."""
    understood = context.understood
    return understood.confidential and not (understood.matter or understood.places or understood.best)


def keep(
    context: Context,
    incoming: Incoming,
    media: tuple[int, ...],
    unit: str = "",
    point: tuple[float, float] | None = None,
) -> int:
    """The words are safe before anything is asked."""
    understood = context.understood
    wordless = not incoming.text.strip() and bool(media)
    desk = context.desk
    length = desk.rules.deadlines.of(understood.matter or "", "draft_after", urgent=understood.urgent)
    words = incoming.text.strip()[:LONGEST]
    if incoming.forwarded:
        words = context.text("report.forwarded", words=words).strip()
    facts = (
        understood.facts()
        | {"ref": incoming.ref}
        | {"wordless": wordless, "voice": "voice" in {a.kind for a in incoming.media}}
    )
    facts["unit"] = unit
    point = incoming.point or point
    facts["point"] = list(point) if point else None
    if incoming.point:
        facts["unit"] = context.unit_at(incoming.point) or ""
    draft = desk.talks.new_draft(
        context.person.id, context.chat, words, media, facts, desk.rules.calendar.add(desk.now, length)
    )
    if incoming.ref:
        desk.talks.hear(context.chat, incoming.ref, draft)
    if incoming.album:
        desk.talks.mark_album(draft, incoming.album)
    return draft


def begin(context: Context, draft: int) -> None:
    """First what can't wait, then the questions."""
    kept = context.desk.talks.draft(draft)
    facts = kept.facts
    if facts["handoff"]:
        facts = {**alarms.placed(context, facts)}
        alarms.alarm(context, kept.words, facts, draft)
    if facts["redirect"]:
        context.say(f"handoff.{facts['redirect']}")
    if len(kept.words) >= LONGEST:
        context.say("report.cut", count=LONGEST)
    here, there = _parted(facts)
    unit = facts.get("unit") or one_unit(here)
    place = words_of(here)
    if point := facts.get("point"):
        place = at_point(place, point)
    guesses = [matter for matter, score in facts["candidates"] if score >= POSSIBLE]
    context.start(
        "report",
        second=_second(facts, there),
        draft=draft,
        matter=_matter(facts),
        guesses=guesses,
        unit=unit,
        place=place,
        point=point,
        home=context.person.home,
        wordless=facts["wordless"],
        voice=facts["voice"],
        consented=context.person.consented_at is not None,
        private=facts["private"],
        discipline=facts["discipline"],
        rest=facts["rest"],
        confidential=facts.get("confidential", False) and not facts["private"],
        danger=bool(facts["handoff"]),
        subject=facts.get("subject"),
        phone=bool(context.person.phone_masked),
        worker=bool(context.person.serves(*WORKING)),
    )


def urgent(context: Context, draft: Draft, matter: str) -> bool:
    """Whether it can't wait for its turn, as the matter that was chosen: the first guess may have been another."""
    return bool(draft.facts["handoff"]) or context.world.taxonomy.urges(matter, draft.words)


def _matter(facts: Mapping[str, Any]) -> str:
    """In danger nobody is asked of which kind it is."""
    return str(facts["matter"] or (facts["best"] if facts["handoff"] else "") or "")


def _parted(facts: Mapping[str, Any]) -> tuple[Places, Places]:
    """The places of a message, and of those the ones that its second trouble has to itself."""
    places, second = facts["places"], facts.get("second")
    there = [p for p in places if second and second["start"] <= p["start"] < second["end"]]
    here = [p for p in places if p not in there]
    return (here, there) if here else (places, [])


def _second(facts: Mapping[str, Any], places: Places) -> tuple[str, str, str, str] | None:
    span = facts.get("second")
    return (span["of"], span["text"], one_unit(places), words_of(places)) if span else None


def joins_recent(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """Pictures and voice without words, right after a report: they are part of it."""
    if incoming.text.strip() or not media:
        return False
    talks = context.desk.talks
    draft = talks.album(context.person.id, incoming.album) if incoming.album else None
    draft = draft or talks.recent_draft(context.person.id, context.desk.now - TOGETHER)
    if draft is None or draft.state == "dropped":
        return False
    if incoming.ref:
        talks.hear(context.chat, incoming.ref, draft.id)
    if draft.state == "open":
        talks.add_to_draft(draft.id, "", media)
        if not incoming.album:
            context.say("report.added_media")
        return True
    case = context.case_of(draft.id)
    if case is None:
        return False
    context.desk.perform(case, "supplement", context.person.id, context.chat, {}, "", media)
    context.say("done.supplement", number=context.desk.view(case, context.person.id).file.case.number)
    return True
