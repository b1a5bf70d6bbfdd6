"""Lists of cases, each for one viewer: what is theirs, what they hold, what their area waits for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from cases.desk import CaseKey, CaseLine
from cases.model import OPEN, State
from cases.people import Person, Role
from storage.tables import cases, parties, rounds, units

#: a coordinator sees what will be late within so long
SOON = timedelta(days=1)
#: a list is read on a phone; who has more works through it, or reads the page
LONGEST = 200


def _lines(connection: Connection, *where: Any, newest: bool = False) -> list[CaseLine]:
    order = cases.c.reported_at.desc() if newest else rounds.c.due.asc()
    query = (
        select(cases, rounds.c.due, rounds.c.ack_due, units.c.name.label("unit_name"))
        .join(rounds, and_(rounds.c.district == cases.c.district, rounds.c.case == cases.c.id,
                           rounds.c.number == cases.c.round))
        .join(units, units.c.code == cases.c.unit)
        .where(*where)
        .order_by(order, cases.c.id)
        .limit(LONGEST)
    )  # fmt: skip
    return [
        CaseLine(CaseKey(r.district, r.id), r.number, r.matter, r.private, r.state, r.place, r.unit_name,
                 r.ack_due if r.state == State.DISPATCHED else r.due)
        for r in connection.execute(query)
    ]  # fmt: skip


def mine(connection: Connection, person: int, *, only_open: bool) -> Sequence[CaseLine]:
    reported = (
        select(parties.c.case)
        .where(parties.c.person == person, parties.c.district == cases.c.district, parties.c.case == cases.c.id)
        .exists()
    )
    where: list[Any] = [reported]
    if only_open:
        where.append(cases.c.state.in_([*OPEN, State.RESOLVED]))
    return _lines(connection, *where, newest=True)


def tasks(connection: Connection, person: int) -> Sequence[CaseLine]:
    return _lines(connection, cases.c.holder == person, cases.c.state.in_([State.DISPATCHED, State.WORKING]))


def board(connection: Connection, person: Person, now: datetime) -> Mapping[str, Sequence[CaseLine]]:
    """Nobody holds · late · due soon · under way, in the area of a coordinator; a case stands in one of them."""
    posts = person.serves(Role.COORDINATOR)
    if not posts:
        return {}
    ordinary = and_(cases.c.private.is_(False), or_(*(cases.c.path.startswith(p.path, autoescape=True) for p in posts)))
    # what is about a person is seen from its desk upward: where the desk lies under a unit of theirs
    desks = select(units.c.code).where(or_(*(units.c.path.startswith(p.path, autoescape=True) for p in posts)))
    private = and_(cases.c.private.is_(True), cases.c.desk.in_(desks))
    lines = _lines(connection, cases.c.state.in_(OPEN), or_(ordinary, private))
    found: dict[str, list[CaseLine]] = {"nobody": [], "late": [], "soon": [], "open": []}
    for line in lines:
        found[_group(line, now)].append(line)
    return found


def _group(line: CaseLine, now: datetime) -> str:
    if line.state in (State.WAITING, State.ESCALATED):
        return "nobody"
    if line.due is None or line.due > now + SOON:
        return "open"
    return "late" if line.due <= now else "soon"
