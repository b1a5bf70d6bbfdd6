"""Who answers for a unit, as the rules ask it. Remembers its answers for the length of one transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from cases.model import OPEN
from cases.people import Candidate, Role, Unit
from storage.tables import cases, chats, contacts, persons, posts, unit_places, units


def within_reach() -> Any:
    """Whoever of `posts` and `persons` has a chat of his own that takes our messages, or a group of his unit's."""
    own = select(chats.c.id).where(chats.c.id == persons.c.chat, chats.c.unreachable_at.is_(None))
    shared = select(chats.c.id).where(chats.c.unit == posts.c.unit, chats.c.unreachable_at.is_(None))
    return or_(own.exists(), shared.exists())


class Directory:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lines: dict[str, tuple[str, ...]] = {}
        self._coordinators: dict[str, tuple[int, ...]] = {}

    def line(self, unit: str) -> Sequence[str]:
        if unit not in self._lines:
            path = self._connection.execute(select(units.c.path).where(units.c.code == unit)).scalar() or ""
            self._lines[unit] = tuple(reversed(path.rstrip("/").split("/"))) if path else ()
        return self._lines[unit]

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
            .where(posts.c.unit.in_(line), posts.c.role == Role.COORDINATOR, within_reach())
            .order_by(posts.c.person)
        )
        for row in self._connection.execute(query):
            found[row.unit].append(row.person)
        self._coordinators |= {code: tuple(people) for code, people in found.items()}

    def workers(self, unit: str) -> Sequence[Candidate]:
        return self._present([unit], Role.WORKER)

    def workers_under(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Present workers of a unit and of all below it, for a coordinator to choose from."""
        return self._present(self._below(unit), Role.WORKER, limit)

    def coordinators_under(self, unit: str, limit: int = 30) -> Sequence[Candidate]:
        """Present coordinators of a unit and of all below it."""
        return self._present(self._below(unit), Role.COORDINATOR, limit)

    def _below(self, unit: str) -> Any:
        return select(units.c.code).where(
            units.c.path.startswith(self.path(unit), autoescape=True), units.c.retired_at.is_(None)
        )

    def _present(self, codes: Any, role: Role, limit: int = 100) -> Sequence[Candidate]:
        load = (
            select(func.count())
            .select_from(cases)
            .where(cases.c.holder == persons.c.id, cases.c.state.in_(OPEN))
            .scalar_subquery()
        )
        query = (
            select(posts.c.person, posts.c.unit, load.label("load"), persons.c.name, units.c.name.label("unit_name"),
                   contacts.c.masked)
            .join(persons, persons.c.id == posts.c.person)
            .join(units, units.c.code == posts.c.unit)
            .outerjoin(contacts, contacts.c.person == persons.c.id)
            .where(posts.c.unit.in_(codes), posts.c.role == role, within_reach())
            .order_by(posts.c.unit, posts.c.person)
            .limit(limit)
        )  # fmt: skip
        rows = self._connection.execute(query)
        return [Candidate(r.person, r.unit, r.load, r.name, r.unit_name, r.masked or "") for r in rows]

    def path(self, unit: str) -> str:
        return "/".join(reversed(self.line(unit))) + "/"

    def unit(self, code: str) -> Unit | None:
        row = self._connection.execute(select(units).where(units.c.code == code)).first()
        return Unit(row.code, row.name, row.level, row.parent, row.path) if row else None

    def names(self, codes: Sequence[str]) -> dict[str, str]:
        query = select(units.c.code, units.c.name).where(units.c.code.in_(set(codes)))
        return {row.code: row.name for row in self._connection.execute(query)}

    def estates(self, unit: str) -> list[str]:
        """Place names of a unit, shortest first: what people call it."""
        query = select(unit_places.c.name).where(unit_places.c.unit == unit)
        return sorted(self._connection.execute(query).scalars(), key=len)

    def grids(self, limit: int = 200) -> list[Unit]:
        query = select(units).where(units.c.level == "grid", units.c.retired_at.is_(None)).order_by(units.c.code)
        rows = self._connection.execute(query.limit(limit))
        return [Unit(r.code, r.name, r.level, r.parent, r.path) for r in rows]
