"""Items of the ledger begin: what several of them share, and the shortest of them."""

from collections.abc import Sequence
from datetime import datetime

from cases import routing
from cases.errors import Refused
from cases.ledger.model import Duty, Kind
from cases.ledger.views import NewItem
from cases.views import CaseKey
from handlers import rights
from handlers.context import Context
from handlers.ledger import cards, commands
from handlers.naming import public


def opened(context: Context, item: int, key: str, **params: object) -> None:
    view = context.desk.items.view(item, context.person.id)
    context.send(cards.card(context, view, head=context.text(key, **params)))


def work(context: Context, command: commands.OpenWork) -> None:
    """The holder answers for it; every step is a duty of his."""
    desk, key = context.desk, CaseKey.parse(command.case)
    view = desk.view(key, context.person.id)
    case = view.file.case
    if desk.items.of_case(key, Kind.WORK) is not None and case.round == 1:
        return
    duties = tuple(
        duty(desk.now, "milestone", case.unit, datetime.fromisoformat(at), context.person.id, words)
        for at, words in command.steps
    )
    place = "" if case.confidential else public(desk.lists.lines([key])[0])
    title = " · ".join(filter(None, (context.matter(case.matter), place)))
    item = desk.items.open(
        NewItem(Kind.WORK, case.unit, title, context.person.id, context.person.id, key, duties=duties)
    )
    opened(context, item, "done.open.work")
    last = max(duty.due for duty in duties)
    for person in desk.items.hearing(case.district, case.id):
        if person != context.person.id:
            there = context.reading(person)
            context.tell(
                person,
                "told.work.open",
                number=case.number,
                title=title,
                day=there.day(last),
                words="\n".join(f"{there.day(d.due)} {d.words}" for d in duties),
            )


def duty(now: datetime, kind: str, unit: str, due: datetime, person: int | None, words: str = "") -> Duty:
    return Duty(0, kind, person, unit, due, now, words)


def staff(context: Context, unit: str) -> Sequence[int]:
    return routing.coordinators(unit, context.desk.rules.directory)


def patrol(context: Context, command: commands.OpenPatrol) -> None:
    """A duty for a worker of every grid; a grid without one is said."""
    rights.over(context, command.unit)
    desk = context.desk
    due = datetime.fromisoformat(command.day)
    grids = desk.items.grids(command.unit)
    duties = tuple(duty(desk.now, "patrol", unit, due, person) for unit, person in grids if person)
    if not duties:
        raise Refused("refused.no_workers")
    item = desk.items.open(NewItem(Kind.PATROL, command.unit, command.title, context.person.id, duties=duties))
    missing = len(grids) - len(duties)
    opened(context, item, "done.open.patrol_missing" if missing else "done.open.patrol", missing=missing)
    for person in dict.fromkeys(duty.person for duty in duties if duty.person):
        context.tell(
            person,
            "told.patrol.open",
            title=command.title,
            day=context.reading(person).day(due),
            buttons=(("do.patrol.done", f"i.done.{item}"),),
        )


def contest(context: Context, command: commands.Contest) -> None:
    """A coordinator decides; it is kept either way."""
    desk, person = context.desk, context.person
    unit = next((post.unit for post in person.posts), None)
    if unit is None:  # the question was asked while he served
        raise Refused("refused.staff_only")
    key = desk.case_by_number(command.number)
    if key is None or not any(a.person == person.id for a in desk.view(key, person.id).file.assignments):
        raise Refused("refused.no_case")
    title = f"{person.name} {command.number}"
    if any(line.title == title for line in desk.items.lines(person, (Kind.CONTEST,))):
        raise Refused("refused.contested")
    item = desk.items.open(
        NewItem(
            Kind.CONTEST,
            unit,
            title,
            person.id,
            media=command.media,
            words=command.words,
            facts={"number": command.number},
        )
    )
    context.say("done.open.contest")
    for coordinator in routing.coordinators(unit, desk.rules.directory, without=(person.id,)):
        context.tell(
            coordinator,
            "told.contest.open",
            title=title,
            words=command.words,
            media=command.media,
            buttons=(("do.contest.uphold", f"i.uphold.{item}"), ("do.contest.dismiss", f"i.dismiss.{item}")),
        )
