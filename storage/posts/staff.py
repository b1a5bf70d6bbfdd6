"""Those who hold posts: who they are, who stands in for them, and what becomes of their cases when they go."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from cases import routing
from cases.life import act
from cases.model import CaseFile
from cases.people import WORKING, Candidate, Person, Role
from cases.states import OPEN, TAKING_PART, Hat, State
from cases.views import CaseKey, StaffMember
from storage.atdesk import AtDesk
from storage.cases import casefiles
from storage.database import meta
from storage.database.scope import under
from storage.people.presence import present
from storage.privacy import belongings
from storage.tables import absences, assignments, cases, persons, posts, units

#: posts that no coordinator ends
KEPT = (Role.LEADER, Role.ADMIN)
#: more names than this nobody reads on a phone
CHOICES = 12


def members(connection: Connection, unit: str) -> Sequence[StaffMember]:
    other = persons.alias("other")
    load = (
        select(func.count())
        .select_from(cases)
        .where(cases.c.holder == persons.c.id, cases.c.state.in_(OPEN))
        .scalar_subquery()
    )
    query = (
        select(posts, persons.c.name, load.label("load"), other.c.name.label("instead"))
        .join(persons, persons.c.id == posts.c.person)
        .outerjoin(other, other.c.id == posts.c.stand_in)
        .where(posts.c.unit == unit)
        .order_by(posts.c.role, posts.c.person)
    )
    return [StaffMember(r.person, r.name, r.role, r.unit, r.load, r.instead or "") for r in connection.execute(query)]


def set_stand_in(connection: Connection, person: int, unit: str, stand_in: int | None) -> None:
    mine = (posts.c.person == person, posts.c.unit == unit)
    connection.execute(update(posts).where(*mine).values(stand_in=stand_in))


def stand_in_choices(desk: AtDesk, person: Person) -> Sequence[Candidate]:
    """Colleagues of the same units, then of the units beside them, then the coordinators above."""
    found: dict[int, Candidate] = {}
    for post in person.posts:
        line = desk.directory.line(post.unit)
        beside = line[1] if post.role in WORKING and len(line) > 1 else post.unit
        for c in (
            *desk.directory.people_at(post.unit),
            *desk.directory.workers_under(beside),
            *desk.directory.coordinators_under(beside),
        ):
            if c.person != person.id:
                found.setdefault(c.person, c)
    return list(found.values())[:CHOICES]


def dismiss(desk: AtDesk, person: int, unit: str, by: int) -> Mapping[int, Sequence[str]]:
    """Their posts in the unit end; what they held for it goes on with others. Leaders and administrators are no
    coordinator's to dismiss."""
    ending = delete(posts).where(posts.c.person == person, posts.c.unit == unit)
    if by != person and not desk.person(by).answers_for(desk.directory.line(unit), Role.ADMIN):
        ending = ending.where(posts.c.role.not_in(KEPT))
    desk.connection.execute(ending)
    desk.connection.execute(update(posts).where(posts.c.stand_in == person).values(stand_in=None))
    meta.touch(desk.connection, meta.STAFF)
    desk.people.forget(person)
    # where no post is left, nothing may stay with them; nobody takes over his own
    left = desk.directory.units_of(person)
    belongings.hand_on(desk.connection, person, unit, by if by != person else None)
    _leave_parts(desk, person, unit if left else "")
    return relieve(desk, person, unit=unit if left else "", else_=by if by != person else None)


def end_post(desk: AtDesk, person: int, role: str, unit: str) -> Mapping[int, Sequence[str]]:
    """One post of several, by an import; what was held for the unit goes to whom the rules name."""
    desk.connection.execute(delete(posts).where(posts.c.person == person, posts.c.role == role, posts.c.unit == unit))
    meta.touch(desk.connection, meta.STAFF)
    desk.people.forget(person)
    if unit in desk.directory.units_of(person):
        return relieve(desk, person, unit=unit) if role in WORKING else {}
    others = routing.coordinators(unit, desk.directory, without=(person,))
    belongings.hand_on(desk.connection, person, unit, next(iter(others), None))
    _leave_parts(desk, person, unit)
    return relieve(desk, person, unit=unit) if role in WORKING else {}


def _leave_parts(desk: AtDesk, person: int, unit: str) -> None:
    """会办: nobody waits for the part of who is gone, and whoever leads the case hears of it."""
    part = (assignments.c.person == person, ~assignments.c.lead, assignments.c.state.in_(TAKING_PART))
    where = (assignments.c.unit == unit,) if unit else ()
    query = select(assignments.c.district, assignments.c.case).where(*part, *where).distinct()
    for row in desk.connection.execute(query.order_by(assignments.c.case)).all():
        file = casefiles.load(desk.connection, CaseKey(row.district, row.case), lock=True)
        if file.case.state in OPEN:
            desk.save(file, act.act(file, "part_left", act.CLOCK, desk.now, desk.rules, {"person": person}))


def relieve(
    desk: AtDesk, person: int, *, unit: str = "", to: int | None = None, else_: int | None = None
) -> Mapping[int, Sequence[str]]:
    """All that somebody holds (for a unit) goes to `to`, to whom the rules name, or to `else_`; nothing is orphaned.
    Numbers by who has them now; 0 stands for nobody."""
    given: dict[int, list[str]] = {}
    query = (
        select(cases.c.district, cases.c.id)
        .where(cases.c.holder == person, cases.c.state.in_([State.DISPATCHED, State.WORKING]))
        .order_by(cases.c.id)
    )
    for row in desk.connection.execute(query).all():
        key = CaseKey(row.district, row.id)
        file = casefiles.load(desk.connection, key, lock=True)
        if unit and file.lead and file.lead.unit != unit:
            continue
        new = _successor(desk, file, person, to, else_)
        desk.save(file, act.act(file, "relieve", act.CLOCK, desk.now, desk.rules, new))
        given.setdefault(int(new.get("holder", 0)), []).append(file.case.number)
    return given


def lost(desk: AtDesk, person: int) -> Sequence[str]:
    """He wants no messages of ours any more: what he holds goes to whom the clock finds; the numbers of it. Where the
    group of his unit is his chat, nothing changes."""
    query = (
        select(cases.c.district, cases.c.id)
        .where(cases.c.holder == person, cases.c.state.in_([State.DISPATCHED, State.WORKING]))
        .order_by(cases.c.id)
    )
    given = []
    for row in desk.connection.execute(query).all():
        file = casefiles.load(desk.connection, CaseKey(row.district, row.id), lock=True)
        if Hat.HOLDER not in desk.groups.near(file):
            desk.save(file, act.act(file, "unreached", act.CLOCK, desk.now, desk.rules))
            given.append(file.case.number)
    return given


def _successor(desk: AtDesk, file: CaseFile, person: int, to: int | None, else_: int | None) -> dict[str, Any]:
    """What the relief is given."""
    if file.case.private:  # never by itself to anybody: the coordinators of its desk are asked
        return {}
    unit = file.lead.unit if file.lead else file.case.unit
    rules = desk.rules.at(file.case.unit)
    without = routing.barred(file) | {person}
    named = [c for c in desk.directory.people([to], unit) if c.person not in without] if to is not None else []
    if named:  # present, and free to have it
        return act.chosen(routing.Choice(named[0], "stand_in"))
    choice = routing.choose(
        file.case.unit, file.case.matter, rules, desk.now, urgent=file.case.urgent, without=without, left=[person]
    )
    if choice is not None:
        return act.chosen(choice)
    if else_ is None or else_ in without:
        return {}
    return {"holder": else_, "unit": file.case.desk, "rule": "coordinator", "of": 1}


def without_holder(desk: AtDesk, person: Person, limit: int) -> tuple[Sequence[str], int]:
    """Names of grids in a coordinator's area where nobody is present, before a case falls in; and how many."""
    own = [post.path for post in person.serves(Role.COORDINATOR)]
    if not own:
        return [], 0
    there = (
        select(posts.c.unit)
        .join(persons, persons.c.id == posts.c.person)
        .where(posts.c.unit == units.c.code, posts.c.role == Role.WORKER, present(desk.now))
    )
    instead = (
        select(absences.c.id)
        .join(posts, posts.c.person == absences.c.person)
        .where(
            posts.c.unit == units.c.code,
            absences.c.begins <= desk.now,
            absences.c.ends > desk.now,
            absences.c.stand_in.is_not(None),
        )
    )
    area = or_(*(under(units.c.path, path) for path in own))
    nearer = (
        select(units.c.path)
        .join(posts, posts.c.unit == units.c.code)
        .where(area, posts.c.role == Role.COORDINATOR, func.length(units.c.path) > max(map(len, own)))
    )
    told = set(desk.connection.execute(nearer).scalars())  # a coordinator nearer to it is told instead
    empty = (units.c.level == "grid", units.c.retired_at.is_(None), area, ~there.exists(), ~instead.exists())
    rows = desk.connection.execute(select(units.c.name, units.c.path).where(*empty).order_by(units.c.code))
    names = [row.name for row in rows if told.isdisjoint(_above(row.path))]
    return names[:limit], len(names)


def _above(path: str) -> Iterator[str]:
    """The paths of a unit and of all above it."""
    return accumulate(f"{code}/" for code in path.split("/") if code)
