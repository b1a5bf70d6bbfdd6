"""What the clock says of a duty, and a notice on its way to every home."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases import routing
from cases.ledger import sight
from cases.ledger.act import parts
from cases.ledger.clock import says
from cases.ledger.model import Duty, ItemFile, Kind
from handlers.context import Context
from handlers.ledger import cards, mailing

WEEK = timedelta(days=7)
#: duties that are no reminder of something to do
APART = ("mailing", "weekly", "court", "session")


#: of one person, so many duties at once are told as one list
MANY = 4
#: lines of such a list
LINES = 8


def work(context: Context, found: Sequence[tuple[ItemFile, Duty]]) -> None:
    """What is due now of one person's duties. Each reader is told in his own language."""
    said = [(file, duty, says(duty, context.desk.now)) for file, duty in found]
    many = [of for of in said if of[2] and _single(*of)]
    if len(many) >= MANY:
        _list(context, many)
        return
    _one(context, *said[0])


def _single(file: ItemFile, duty: Duty, what: str) -> bool:
    """A duty that could as well stand in a list: nobody but who has it, and those above, hears of it."""
    return not (duty.kind in APART or (what == "late" and file.item.kind in (Kind.PATROL, Kind.WORK)))


def _one(context: Context, file: ItemFile, duty: Duty, what: str) -> None:
    if duty.kind == "mailing":
        mailing.mail(context, file, duty)
    elif what and duty.kind == "weekly":
        weekly(context, file, duty)
    elif what == "late" and file.item.kind is Kind.PATROL:
        patrol(context, file)
    else:
        if what:
            _tell(context, file, duty, what)
        _told(context, duty, what)


def _told(context: Context, duty: Duty, what: str) -> None:
    context.desk.items.change_duty(replace(duty, told=2 if what == "late" else max(duty.told, 1)))


def _list(context: Context, found: Sequence[tuple[ItemFile, Duty, str]]) -> None:
    """One message to who has them, and where some are late one to the coordinators of each unit."""
    desk, person = context.desk, found[0][1].person
    late: dict[str, int] = Counter(file.item.unit for file, _, what in found if what == "late")
    reached = person is not None and desk.chat_of(person) is not None
    for reader in _for(context, person):
        there = context.reading(reader)
        lines = [there.text("duty.line", **_facts(there, file, duty)) for file, duty, _ in found[:LINES]]
        context.tell(
            reader,
            "duty.many",
            count=len(found),
            late=sum(late.values()),
            lines="\n".join(lines),
            buttons=(("option.duties", "d"),),
        )
    name = desk.person(person).name if person else ""
    for unit in dict.fromkeys(file.item.unit for file, _, what in found if what == "late" or not reached):
        mine = sum(file.item.unit == unit for file, _, _ in found)
        for reader in routing.coordinators(unit, desk.rules.directory):
            if reader != person:
                context.tell(
                    reader,
                    "duty.many_staff",
                    name=name,
                    count=mine,
                    late=late.get(unit, 0),
                    unit=desk.items.unit_name(unit),
                )
    for _, duty, what in found:
        _told(context, duty, what)


def _facts(context: Context, file: ItemFile, duty: Duty) -> dict[str, Any]:
    return {
        "title": file.title,
        "what": cards.what(context, duty.kind, duty.words),
        "number": file.item.number,
        "due": cards.by(context, duty.kind, duty.due),
    }


def _for(context: Context, person: int | None) -> list[int]:
    """Whose duty it is, and before him who stands in while he is on leave."""
    leave = context.desk.staffing.leave_of(person) if person else None
    away = leave is not None and leave[0] <= context.desk.now
    return [reader for reader in (leave[2] if away and leave else None, person) if reader]


def _you(context: Context, file: ItemFile, duty: Duty, what: str) -> set[int]:
    """Who was told, of those whose duty it is. Empty: nobody could be."""
    desk, told = context.desk, set[int]()
    readers = _for(context, duty.person)
    for person in readers:
        if desk.chat_of(person) is not None:
            worn = parts(desk.person(person), file, desk.rules.directory)
            context.tell(
                person,
                f"duty.{what}_you",
                buttons=cards.told_buttons(file, worn),
                **_facts(context.reading(person), file, duty),
            )
            if person == readers[0]:  # on leave it is not he who counts
                told.add(person)
    return told


def _tell(context: Context, file: ItemFile, duty: Duty, what: str) -> None:
    desk, item = context.desk, file.item
    told = _you(context, file, duty, what)
    if what == "remind" and duty.kind == "court":  # it is theirs to ask for, together
        for member in file.parties:
            context.tell(
                member.person, "told.mediation.court_soon", **_facts(context.reading(member.person), file, duty)
            )
    if what != "late" and told:
        return
    name = desk.person(duty.person).name if duty.person else ""
    for person in routing.coordinators(item.unit, desk.rules.directory):
        if person not in told:
            there = context.reading(person)
            facts = _facts(there, file, duty)
            if item.kind is Kind.HOUSEHOLD and not _decides(there, item.unit):
                facts |= {"title": sight.hidden(file.title), "what": there.text(f"duty.{duty.kind}")}
            key = "duty.late_staff" if what == "late" else "duty.remind_staff"
            context.tell(person, key, name=name, buttons=(("option.look", f"i.show.{item.id}"),), **facts)
    if what == "late" and item.kind is Kind.WORK and item.case is not None:  # said to those it was promised to
        for person in desk.items.hearing(item.district, item.case):
            context.tell(person, "told.work.late", **_facts(context.reading(person), file, duty))


def _decides(context: Context, unit: str) -> bool:
    directory = context.desk.rules.directory
    return sight.decides(context.person, directory.line(unit), directory)


def patrol(context: Context, file: ItemFile) -> None:
    """However many grids were not gone through, the coordinators hear of it once."""
    desk = context.desk
    late = [duty for duty in file.open if duty.due <= desk.now and duty.told < 2]
    for duty in late:
        _you(context, file, duty, "late")
        desk.items.change_duty(replace(duty, told=2))
    for person in routing.coordinators(file.item.unit, desk.rules.directory):
        context.tell(
            person,
            "duty.late_patrol",
            title=file.title,
            count=len(late),
            buttons=(("option.look", f"i.show.{file.item.id}"),),
        )


def weekly(context: Context, file: ItemFile, duty: Duty) -> None:
    """以后每周二: said once, in the afternoon before, and the next one is set."""
    if duty.person:
        context.tell(duty.person, "visit.tonight", title=file.title, buttons=(("option.no_weekly", "w"),))
    context.desk.items.change_duty(replace(duty, due=duty.due + WEEK, made_at=context.desk.now, told=0))
