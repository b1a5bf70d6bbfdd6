"""围炉夜话: an evening is opened, each problem is a line, and what is left to do becomes cases."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from cases.ledger.model import Kind, Note
from cases.ledger.views import NewItem
from cases.people import Role
from cases.states import Hat
from cases.views import CaseKey, NewCase, Subject
from handlers import telling
from handlers.chat import Message
from handlers.context import Context
from handlers.ledger import acting, cards, commands, opening

#: 围炉夜话 is on Tuesday evenings
TUESDAY, EVENING = 2, time(18)
#: "张大爷：路灯不亮": who raised it, before what it is
_RAISED = re.compile(r"^([\u4e00-\u9fff]{2,8})\s*(1\d{10})?\s*[：:]\s*(?!\d)(.+)$", re.DOTALL)


def visit(context: Context, command: commands.OpenVisit) -> None:
    desk, person = context.desk, context.person
    desk.items.drop_weekly(person.id)  # one reminder, of the evening that was set last
    duties = (
        [opening.duty(desk.now, "weekly", command.unit, next_tuesday(context), person.id)] if command.weekly else []
    )
    unit = desk.unit(command.unit)
    title = f"{desk.now.astimezone(desk.rules.calendar.zone):%m-%d} {unit.name if unit else ''} {command.who_came}"
    item = desk.items.open(NewItem(Kind.VISIT, command.unit, title.strip(), person.id, person.id, duties=tuple(duties)))
    context.start("visit_line", item=item)


def no_more(context: Context) -> None:
    context.desk.items.drop_weekly(context.person.id)
    context.say("visit.no_weekly")


def next_tuesday(context: Context) -> datetime:
    zone, now = context.desk.rules.calendar.zone, context.desk.now
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.isoweekday() != TUESDAY:
        day += timedelta(days=1)
    return datetime.combine(day, EVENING, zone)


def visit_line(context: Context, command: commands.VisitLine) -> None:
    """What is for the discipline body goes there at once, and leaves no word where others read."""
    given = {"mark": command.mark, "matter": command.matter, "unit": command.unit}
    words, media = command.words, command.media
    acting.permitted(context.desk.items.view(command.item, context.person.id), "line")
    if command.mark == "discipline":
        _file(context, command.item, words, media, given)
        words, media = "", ()
    acting.perform(context, commands.ItemAct(command.item, "line", given, words, media))
    if not command.last:
        context.start("visit_line", item=command.item)


def _file(context: Context, item: int, words: str, media: tuple[int, ...], given: Mapping[str, Any]) -> CaseKey:
    """A line becomes a case; whoever raised it is named in front: 张大爷：…"""
    view = context.desk.items.view(item, context.person.id)
    raised = _RAISED.match(words)
    subject = Subject(raised[1].strip(), raised[2] or "") if raised else None
    private = given["mark"] == "discipline"
    return context.desk.file(
        NewCase(
            draft=None,
            part="complaint" if private else "whole",
            person=context.person.id,
            chat=context.chat,
            hat=Hat.PROXY,
            matter="" if private else given["matter"],
            unit=given["unit"] or view.file.item.unit,
            place="",
            words=raised[3].strip() if raised else words,
            media=media,
            private=private,
            source="visit",
            subject=subject,
        )
    )


def visit_closed(context: Context, item: int) -> None:
    """What goes on the list becomes cases; what is to be pressed is supervised from the first minute; the evening's
    figures go to the coordinators."""
    desk = context.desk
    view = desk.items.view(item, context.person.id)
    filed: list[CaseKey] = []
    for note in view.notes:
        if note.given.get("mark") in ("settled", "old"):
            _feed_back(context, note)
        if note.given.get("mark") in ("listed", "pressed"):
            filed.append(_file(context, item, note.words, note.media, note.given))
            if note.given["mark"] == "pressed":
                _press(context, filed[-1])
    facts = view.file.item.facts
    figures: dict[str, Any] = {mark: facts.get(mark, 0) for mark in cards.MARKS}
    text = context.text("visit.closed", title=view.file.title, gathered=sum(figures.values()), **figures)
    context.send(Message("\n".join([text, *(line.number for line in desk.lists.lines(filed))])))
    for person in opening.staff(context, view.file.item.unit):
        if person != context.person.id:
            telling.tell(
                context.world.texts,
                desk,
                person,
                "visit.closed",
                title=view.file.title,
                gathered=sum(figures.values()),
                **figures,
            )


def _feed_back(context: Context, note: Note) -> None:
    """定向反馈: whoever raised what was settled on the spot has it in writing, where his number leads to a chat."""
    raised = _RAISED.match(note.words)
    person = context.desk.known_by(raised[2]) if raised and raised[2] else None
    if raised and person:
        context.tell(person, "told.visit.settled", words=raised[3].strip(), by=context.person.name)


def _press(context: Context, case: CaseKey) -> None:
    """督办, where the one who listened may; else those who may are asked to."""
    line, unit = context.desk.lists.lines([case])[0], context.desk.view(case, context.person.id).file.case.unit
    above = context.desk.rules.directory.line(unit)
    if context.person.answers_for(above, Role.COORDINATOR):
        context.desk.perform(
            case, "supervise", context.person.id, context.chat, {}, context.text("visit.press_note"), ()
        )
        return
    for person in opening.staff(context, unit):
        context.tell(
            person,
            "told.visit.pressed",
            number=line.number,
            by=context.person.name,
            buttons=(("action.supervise", f"a.supervise.{case}"),),
        )


def _nothing_more(context: Context, item: int) -> None:
    """The next one is asked for at once."""
    del context, item


acting.AFTER |= {(Kind.VISIT, "close"): visit_closed, (Kind.VISIT, "line"): _nothing_more}
