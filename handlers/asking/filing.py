"""What becomes of a draft: a case, one more who has the same trouble, a second report, words for a case there is."""

from dataclasses import replace
from typing import Any

from cases.errors import Refused
from cases.people import Role
from cases.states import Hat
from cases.understanding import Span, Understanding
from cases.views import CaseKey, NewCase, Subject
from handlers import commands
from handlers.cases import actions
from handlers.context import Context
from handlers.reports import reporting, storms


def submit(context: Context, command: commands.Submit) -> None:
    desk = context.desk
    draft = desk.talks.draft(command.draft)
    if draft.state == "dropped":
        raise Refused("refused.answered")
    words = "\n".join(filter(None, (command.words if command.words is not None else draft.words, *command.more)))
    unit = command.unit or desk.top(context.district)
    if unit is None:
        raise Refused("refused.nobody_above")
    facts = draft.facts
    subject = Subject(*command.subject) if command.subject else None
    at_desk = subject is not None and bool(context.person.serves(Role.COORDINATOR))
    key = desk.file(
        NewCase(
            draft=draft.id,
            part=command.part,
            person=context.person.id,
            chat=context.chat,
            hat=Hat.PROXY if subject else Hat.REPORTER,
            subject=subject,
            told=command.settled is None,
            shared=not command.last,
            source="found" if command.found else "desk" if at_desk else "resident",
            matter=command.matter,
            unit=unit,
            place=command.place,
            words=words,
            media=draft.media + command.media,
            urgent=reporting.urgent(context, draft, command.matter),
            confidential=command.confidential,
            private=command.private,
            call=command.call,
            point=command.point,
            tag={k: facts[k] for k in ("candidates", "matched", "score", "matter")} if not command.private else {},
        )
    )
    if command.settled is not None:
        actions.perform(context, commands.Act("settle", str(key), {}, command.settled, command.settled_media))
    storms.offer(context, key)
    storms.comes_back(context, key)
    if command.last:
        desk.talks.hand_on(draft.id, "submitted")
        if command.part == "concrete":  # its words about money or blows were promised to be kept nowhere
            desk.talks.forget_draft(draft.id)
    if command.unit and not context.person.home and not (command.private or command.found or subject):
        desk.settle(context.person.id, command.unit)


def follow(context: Context, command: commands.Follow) -> None:
    draft = context.desk.talks.draft(command.draft)
    words = "\n".join(filter(None, (draft.words, *command.more)))
    case, media = CaseKey.parse(command.case), draft.media + command.media
    if any(line.key == case for line in context.desk.lists.mine(context.person.id, only_open=True)):
        actions.add(context, case, words, media)
        context.desk.talks.hand_on(draft.id)
        return
    try:
        file = context.desk.follow(case, context.person.id, context.chat, words, media)
    except Refused as no:  # over meanwhile: a report of its own, and nothing is lost
        params: dict[str, Any] = dict(no.params)
        context.say(no.key, **params)
        reporting.begin(context, draft.id)
        return
    context.desk.talks.hand_on(draft.id, "submitted")
    context.say("done.follow", number=file.case.number)
    context.desk.outbox.show(context.chat, context.person.id, case)


def second(context: Context, command: commands.Second) -> None:
    """Shown to be checked like any other, and counted like any other."""
    desk = context.desk
    if reporting.enough(context):
        return
    urgent = context.world.taxonomy.urges(command.matter, command.words)
    length = desk.rules.deadlines.of(command.matter, "draft_after", urgent=urgent)
    facts = Understanding(
        matter=command.matter,
        best=command.matter,
        score=1.0,
        candidates=((command.matter, 1.0),),
        matched=(Span(0, len(command.words), command.words, command.matter),),
        urgent=urgent,
    ).facts()
    facts |= {
        "ref": "",
        "wordless": False,
        "voice": False,
        "unit": command.unit,
        "point": command.point,
        "confidential": command.confidential,
        "subject": command.subject,
        "places": [{"start": 0, "end": 0, "text": command.place, "of": command.unit}],
    }
    until = desk.rules.calendar.add(desk.now, length)
    reporting.begin(context, desk.talks.new_draft(context.person.id, context.chat, command.words, (), facts, until))


def resume(context: Context, command: commands.Resume) -> None:
    if command.words or command.media:
        context.desk.talks.add_to_draft(command.draft, command.words, command.media)
    reporting.begin(context, command.draft)


def supplement(context: Context, command: commands.Supplement) -> None:
    draft = context.desk.talks.draft(command.draft)
    words = "\n".join(filter(None, (draft.words, command.words)))
    actions.add(context, CaseKey.parse(command.case), words, draft.media + command.media)
    context.desk.talks.hand_on(command.draft)


def report(context: Context, command: commands.Report) -> None:
    """What was just said, at a place that was sent or named before."""
    assert context.incoming is not None
    if command.place and not context.understood.places:
        named = Span(0, len(command.place), command.place, command.unit)
        context.understood = replace(context.understood.shifted(len(command.place) + 1), places=(named,))
        context.incoming = replace(context.incoming, text=f"{command.place} {context.incoming.text}".strip())
    kept = reporting.keep(context, context.incoming, command.media, unit=command.unit, point=command.point)
    reporting.begin(context, kept)
