"""What becomes of an evening of listening: its lines are cases, or settled and said back, and its figures are told."""

import re
from collections.abc import Mapping
from typing import Any

from cases.ledger.model import Note
from cases.people import Role
from cases.states import Hat
from cases.views import CaseKey, NewCase, Subject
from handlers import telling
from handlers.chat import Message
from handlers.context import Context
from handlers.ledger import cards, opening

#: "张大爷：路灯不亮": who raised it, before what it is
_RAISED = re.compile(r"^([\u4e00-\u9fff]{2,8})\s*(1\d{10})?\s*[：:]\s*(?!\d)(.+)$", re.DOTALL)


def filed(context: Context, item: int, words: str, media: tuple[int, ...], given: Mapping[str, Any]) -> CaseKey:
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


def closed(context: Context, item: int) -> None:
    """What goes on the list becomes cases; what is to be pressed is supervised from the first minute; the evening's
    figures go to the coordinators."""
    desk = context.desk
    view = desk.items.view(item, context.person.id)
    found: list[CaseKey] = []
    for note in view.notes:
        if note.given.get("mark") in ("settled", "old"):
            _feed_back(context, note)
        if note.given.get("mark") in ("listed", "pressed"):
            found.append(filed(context, item, note.words, note.media, note.given))
            if note.given["mark"] == "pressed":
                _press(context, found[-1])
    facts = view.file.item.facts
    figures: dict[str, Any] = {mark: facts.get(mark, 0) for mark in cards.MARKS}
    text = context.text("visit.closed", title=view.file.title, gathered=sum(figures.values()), **figures)
    context.send(Message("\n".join([text, *(line.number for line in desk.lists.lines(found))])))
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
