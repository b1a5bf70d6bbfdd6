"""Lists and counts of the ledger, each for one viewer or of one unit: what is asked of items without a lock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select

from cases.ledger.model import Kind, Part
from cases.ledger.views import DutyLine, Home, ItemLine
from cases.people import Person, Role
from cases.views import CaseKey
from storage.atdesk import AtDesk
from storage.database.scope import under
from storage.tables import cases, duties, items, members, parties, persons, texts, units

#: a list is read on a phone
LONGEST = 60


@dataclass(slots=True)
class Lists:
    desk: AtDesk

    @property
    def _connection(self) -> Connection:
        return self.desk.connection

    def duties_of(self, person: int) -> Sequence[DutyLine]:
        """Open, the nearest first."""
        return self._duty_lines(and_(duties.c.person == person, duties.c.state == "open"))

    def due_counts(self, unit: str) -> Mapping[str, tuple[int, int]]:
        """By kind of duty, of a unit and all below: how many are open, and how many of them late."""
        late = func.sum(case((duties.c.due <= self.desk.now, 1), else_=0))
        query = (
            select(duties.c.kind, func.count(), late)
            .join(items, items.c.id == duties.c.item)
            .where(under(items.c.path, self.desk.directory.path(unit)), duties.c.state == "open")
            .group_by(duties.c.kind)
        )
        return {kind: (int(count), int(over)) for kind, count, over in self._connection.execute(query)}

    def _duty_lines(self, where: Any) -> Sequence[DutyLine]:
        title = texts.alias()
        query = (
            select(
                duties,
                texts.c.body,
                title.c.body.label("title"),
                items.c.kind.label("of"),
                units.c.name.label("unit_name"),
                persons.c.name,
            )
            .join(items, items.c.id == duties.c.item)
            .join(title, title.c.id == items.c.title)
            .join(units, units.c.code == duties.c.unit)
            .outerjoin(texts, texts.c.id == duties.c.words)
            .outerjoin(persons, persons.c.id == duties.c.person)
            .where(where)
            .order_by(duties.c.due, duties.c.id)
            .limit(LONGEST)
        )
        return [
            DutyLine(r.id, r.item, Kind(r.of), r.kind, r.title, r.body or "", r.due, r.unit_name, r.name or "")
            for r in self._connection.execute(query)
        ]

    def lines(
        self, person: Person, kinds: Sequence[Kind], unit: str = "", states: Sequence[str] = ()
    ) -> Sequence[ItemLine]:
        """What is theirs: under their posts, kept by them, or about them; the newest first."""
        mine = select(members.c.item).where(members.c.person == person.id)
        theirs = [items.c.keeper == person.id, items.c.id.in_(mine)]
        if person.posts:
            theirs.append(items.c.by == person.id)
        over = person.serves(Role.COORDINATOR, Role.LEADER)
        theirs += [under(items.c.path, post.path) for post in over]
        theirs += [
            and_(items.c.kind == Kind.HOUSEHOLD, under(items.c.path, post.path)) for post in person.serves(Role.WORKER)
        ]
        where = [items.c.kind.in_(kinds), or_(*theirs)]
        if unit:
            where.append(under(items.c.path, self.desk.directory.path(unit)))
        if states:
            where.append(items.c.state.in_(states))
        query = (
            select(
                items.c.id,
                items.c.kind,
                items.c.number,
                items.c.state,
                items.c.unit,
                texts.c.body,
                units.c.name,
                persons.c.name.label("keeper"),
                items.c.keeper.label("keeper_id"),
                items.c.by,
            )
            .join(texts, texts.c.id == items.c.title)
            .join(units, units.c.code == items.c.unit)
            .outerjoin(persons, persons.c.id == items.c.keeper)
            .where(*where)
            .order_by(items.c.created_at.desc(), items.c.id.desc())
            .limit(LONGEST)
        )
        return [
            ItemLine(r.id, Kind(r.kind), r.number, r.body, r.state, r.name, r.keeper or "", r.unit, r.keeper_id, r.by)
            for r in self._connection.execute(query)
        ]

    def counts(self, kinds: Sequence[Kind], unit: str) -> Mapping[str, int]:
        """By state, of a unit and all below."""
        query = (
            select(items.c.state, func.count().label("many"))
            .where(items.c.kind.in_(kinds), under(items.c.path, self.desk.directory.path(unit)))
            .group_by(items.c.state)
        )
        return {row.state: row.many for row in self._connection.execute(query)}

    def made_within(self, kind: Kind, path: str, since: datetime, until: datetime) -> Sequence[ItemLine]:
        """Of a unit and all below, oldest first."""
        query = (
            select(items, texts.c.body, units.c.name)
            .join(texts, texts.c.id == items.c.title)
            .join(units, units.c.code == items.c.unit)
            .where(
                items.c.kind == kind, under(items.c.path, path), items.c.created_at >= since, items.c.created_at < until
            )
            .order_by(items.c.id)
        )
        return [
            ItemLine(r.id, Kind(r.kind), r.number, r.body, r.state, r.name, "", r.unit)
            for r in self._connection.execute(query)
        ]

    def household(self, person: int, unit: str) -> int | None:
        query = (
            select(items.c.id)
            .join(members, members.c.item == items.c.id)
            .where(
                items.c.kind == Kind.HOUSEHOLD,
                items.c.state == "living",
                items.c.unit == unit,
                members.c.person == person,
                members.c.part == Part.PARTY,
            )
            .order_by(items.c.id)
            .limit(1)
        )
        return self._connection.execute(query).scalar()

    def of_case(self, key: CaseKey, kind: Kind) -> int | None:
        query = select(items.c.id).where(items.c.district == key.district, items.c.case == key.id, items.c.kind == kind)
        return self._connection.execute(query.order_by(items.c.id.desc()).limit(1)).scalar()

    def hearing(self, district: str, case: int) -> Sequence[int]:
        query = (
            select(parties.c.person)
            .join(cases, and_(cases.c.district == parties.c.district, cases.c.id == parties.c.case))
            .where(
                parties.c.district == district,
                parties.c.case == case,
                parties.c.chat.is_not(None),
                cases.c.private.is_(False),
            )
            .distinct()
            .order_by(parties.c.person)
        )
        return list(self._connection.execute(query).scalars())

    def grids(self, unit: str) -> Sequence[tuple[str, int | None]]:
        """Every grid of a unit, and a worker of it; None: it has none who is present."""
        directory = self.desk.directory
        query = (
            select(units.c.code)
            .where(under(units.c.path, directory.path(unit)), units.c.level == "grid", units.c.retired_at.is_(None))
            .order_by(units.c.code)
        )
        found = list(self._connection.execute(query).scalars())
        present = directory.workers_of(found)
        return [(code, min(present.get(code, ()), default=None)) for code in found]

    def unit_name(self, unit: str) -> str:
        return self.desk.directory.names([unit]).get(unit, "")

    def homes(self, unit: str, *, after: int, limit: int) -> Sequence[Home]:
        query = select(persons.c.id, persons.c.chat, persons.c.language).where(
            self._told_in(unit), persons.c.id > after
        )
        rows = self._connection.execute(query.order_by(persons.c.id).limit(limit))
        return [Home(row.id, row.chat, row.language) for row in rows]

    def count_homes(self, unit: str) -> int:
        query = select(func.count()).select_from(persons).where(self._told_in(unit))
        return int(self._connection.execute(query).scalar_one())

    def _told_in(self, unit: str) -> Any:
        """Residents whose home is there, who have a chat and did not opt out."""
        below = select(units.c.code).where(under(units.c.path, self.desk.directory.path(unit)))
        return and_(persons.c.home.in_(below), persons.c.chat.is_not(None), persons.c.silent_at.is_(None))
