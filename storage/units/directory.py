"""Who answers for a unit, as the rules ask it. Remembers its answers for the length of one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from cases.people import CALLED, Candidate, Role, Unit
from cases.states import OPEN
from storage.database.scope import under
from storage.database.statements import batches
from storage.people.presence import on_leave, within_reach
from storage.tables import absences, cases, contacts, persons, posts, rosters, units
from storage.tables.base import Time

_LOAD = (
    select(func.count())
    .select_from(cases)
    .where(cases.c.holder == persons.c.id, cases.c.state.in_(OPEN))
    .scalar_subquery()
)
# Said for every report, so built once: building a statement costs more than running it (measured).
_PRESENT = (
    select(
        posts.c.person,
        posts.c.unit,
        posts.c.hours,
        posts.c.mode,
        _LOAD.label("load"),
        persons.c.name,
        units.c.name.label("unit_name"),
        contacts.c.masked,
    )
    .join(persons, persons.c.id == posts.c.person)
    .join(units, units.c.code == posts.c.unit)
    .outerjoin(contacts, contacts.c.person == persons.c.id)
    .where(within_reach(), ~on_leave(bindparam("now", type_=Time())))
    .order_by(posts.c.unit, posts.c.person)
    .limit(bindparam("most"))
)
_OF_UNIT = _PRESENT.where(posts.c.unit == bindparam("unit"), posts.c.role == bindparam("role"))
_LINE = select(units.c.path, units.c.level, units.c.retired_at, units.c.successor).where(
    units.c.code == bindparam("of")
)


class Directory:
    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._lines: dict[str, tuple[str, ...]] = {}
        self._levels: dict[str, str] = {}
        #: of those that ended, who answers for what was theirs
        self._successors: dict[str, str] = {}
        self._coordinators: dict[str, tuple[int, ...]] = {}

    def line(self, unit: str) -> Sequence[str]:
        if unit not in self._lines:
            row = self._connection.execute(_LINE, {"of": unit}).first()
            self._lines[unit] = tuple(reversed(row.path.rstrip("/").split("/"))) if row else ()
            self._levels[unit] = row.level if row else ""
            if row is not None and row.retired_at is not None:
                self._successors[unit] = row.successor or next(iter(self._lines[unit][1:]), unit)
        return self._lines[unit]

    def living(self, unit: str) -> str:
        """The unit itself; of one that ended its successor, or who is above it."""
        ended = {unit}
        self.line(unit)
        while (after := self._successors.get(unit, unit)) not in ended:
            unit = after
            ended.add(unit)
            self.line(unit)
        return unit

    def is_grid(self, unit: str) -> bool:
        self.line(unit)
        return self._levels[unit] == "grid"

    def coordinators(self, unit: str) -> Sequence[int]:
        if unit not in self._coordinators:
            self._load_line(unit)
        return self._coordinators.get(unit, ())

    def _load_line(self, unit: str) -> None:
        """The coordinators of a whole line in one statement: whoever asks for one asks for the next above."""
        line = self.line(unit) or (unit,)
        found: dict[str, list[int]] = {code: [] for code in line}
        query = (
            select(posts.c.unit, posts.c.person)
            .join(persons, persons.c.id == posts.c.person)
            .join(units, units.c.code == posts.c.unit)
            .where(
                posts.c.unit.in_(line),
                posts.c.role == Role.COORDINATOR,
                units.c.retired_at.is_(None),
                within_reach(),
                ~on_leave(self._now),
            )
            .order_by(posts.c.person)
        )
        for row in self._connection.execute(query):
            found[row.unit].append(row.person)
        sitting = self._sitting(line)
        for code, people in found.items():  # who sits at the desk now; where nobody does, all who are there
            found[code] = [person for person in people if person in sitting.get(code, ())] or people
        self._coordinators |= {code: tuple(people) for code, people in found.items()}

    def _sitting(self, line: Sequence[str]) -> dict[str, list[int]]:
        """值班: by unit, who is on duty at this moment."""
        query = select(rosters.c.unit, rosters.c.person).where(
            rosters.c.unit.in_(line), rosters.c.begins <= self._now, rosters.c.ends > self._now
        )
        found: dict[str, list[int]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.unit, []).append(row.person)
        return found

    def team(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Everybody present with a post in exactly this unit, whatever it is."""
        found = self._candidates(posts.c.unit == unit, limit)
        return list({c.person: c for c in found}.values())

    def mediators(self, units_: Sequence[str]) -> Sequence[Candidate]:
        return self._present(list(units_), Role.MEDIATOR) if units_ else []

    def workers(self, unit: str) -> Sequence[Candidate]:
        return self._present(unit, Role.WORKER)

    def workers_of(self, codes: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Those present, by unit, of many units at once."""
        found: dict[str, list[int]] = {}
        for some in batches(codes):
            query = (
                select(posts.c.unit, posts.c.person)
                .join(persons, persons.c.id == posts.c.person)
                .where(posts.c.unit.in_(some), posts.c.role == Role.WORKER, within_reach(), ~on_leave(self._now))
            )
            for row in self._connection.execute(query):
                found.setdefault(row.unit, []).append(row.person)
        return found

    def micro_workers(self, unit: str) -> Sequence[Candidate]:
        return [c for c in self._present(unit, Role.MICRO) if c.mode != CALLED]

    def members(self, unit: str) -> Sequence[Candidate]:
        return self._present(unit, Role.WORKER) or self._present(unit, Role.COORDINATOR)

    def stand_ins(self, unit: str, persons_: Sequence[int] | None) -> Sequence[Candidate]:
        asked = or_(on_leave(self._now), ~within_reach()) if persons_ is None else posts.c.person.in_(persons_)
        query = (
            select(func.coalesce(self._substitute(), posts.c.stand_in))
            .join(persons, persons.c.id == posts.c.person)
            .where(posts.c.unit == unit, posts.c.role.in_([Role.WORKER, Role.MICRO]), asked)
        )
        found = [person for person in self._connection.execute(query).scalars() if person is not None]
        return self.people(found, unit)

    def _substitute(self) -> Any:
        """Whom somebody on leave named for the time of it."""
        leave = and_(absences.c.person == posts.c.person, absences.c.begins <= self._now, absences.c.ends > self._now)
        return select(absences.c.stand_in).where(leave).limit(1).scalar_subquery()

    def people(self, people: Sequence[int], unit: str) -> Sequence[Candidate]:
        """Present holders of any post among these, each once, working for `unit`."""
        if not people:
            return []
        found = self._candidates(posts.c.person.in_(people), 100)
        return list(
            {
                c.person: Candidate(c.person, unit, c.open_cases, c.name, c.unit_name, c.phone_masked, c.hours)
                for c in found
            }.values()
        )

    def units_of(self, person: int) -> frozenset[str]:
        return frozenset(self._connection.execute(select(posts.c.unit).where(posts.c.person == person)).scalars())

    def workers_under(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Present workers of a unit and of all below it, for a coordinator to choose from."""
        return self._present(self._below(unit), Role.WORKER, limit)

    def coordinators_under(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Present coordinators of a unit and of all below it."""
        return self._present(self._below(unit), Role.COORDINATOR, limit)

    def micro_under(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Micro-workers of a unit and its micro-grids, those who are called in among them."""
        return self._present(self._below(unit), Role.MICRO, limit)

    def people_at(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Everybody present of exactly this unit who can be handed a case."""
        found: dict[int, Candidate] = {}
        for role in (Role.WORKER, Role.MICRO, Role.COORDINATOR):
            for candidate in self._present(unit, role, limit):
                found.setdefault(candidate.person, candidate)
        return list(found.values())

    def children(self, unit: str) -> list[Unit]:
        query = select(units).where(units.c.parent == unit, units.c.retired_at.is_(None)).order_by(units.c.code)
        return [_unit(row) for row in self._connection.execute(query)]

    def _below(self, unit: str) -> Any:
        return select(units.c.code).where(under(units.c.path, self.path(unit)), units.c.retired_at.is_(None))

    def _present(self, codes: Any, role: Role, limit: int = 100) -> Sequence[Candidate]:
        if isinstance(codes, str):
            return self._read(_OF_UNIT, unit=codes, role=role, most=limit)
        return self._candidates(and_(posts.c.unit.in_(codes), posts.c.role == role), limit)

    def _candidates(self, where: Any, limit: int) -> Sequence[Candidate]:
        return self._read(_PRESENT.where(where), most=limit)

    def _read(self, query: Any, **given: Any) -> Sequence[Candidate]:
        rows = self._connection.execute(query, {"now": self._now, **given})
        return [Candidate(r.person, r.unit, r.load, r.name, r.unit_name, r.masked or "", r.hours, r.mode) for r in rows]

    def path(self, unit: str) -> str:
        return "/".join(reversed(self.line(unit))) + "/"

    def unit(self, code: str) -> Unit | None:
        row = self._connection.execute(select(units).where(units.c.code == code)).first()
        return _unit(row) if row else None

    def names(self, codes: Sequence[str]) -> dict[str, str]:
        return names_of(self._connection, set(codes))


def names_of(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in batches(codes):
        query = select(units.c.code, units.c.name).where(units.c.code.in_(some))
        found |= {row.code: row.name for row in connection.execute(query)}
    return found


def _unit(row: Any) -> Unit:
    return Unit(row.code, row.name, row.level, row.parent, row.path)
