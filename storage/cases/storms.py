"""Many cases of one matter in one place within minutes: a person is asked whether they are one."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, func, select

from cases import routing
from cases.states import OPEN, State
from cases.views import CaseKey, Storm
from storage.atdesk import AtDesk
from storage.database.scope import community, under
from storage.tables import cases

#: so many cases of one matter in one community within this time are a storm
MANY, WITHIN = 10, timedelta(minutes=20)
#: so many may come together that none of them saw the number reached
PASSED = 5
#: fewer that are open cannot be made one
TOGETHER = 2


def of(desk: AtDesk, matter: str, unit: str) -> int | None:
    """The id of the first of the storm that another case of this matter would be part of; None: there is none. A storm
    that goes on stays the one it was."""
    query = select(func.count(), func.coalesce(func.min(cases.c.storm), func.min(cases.c.id))).where(
        under(cases.c.path, community(desk.directory.path(unit))),
        cases.c.matter == matter,
        cases.c.private.is_(False),
        cases.c.reported_at > desk.now - WITHIN,
        cases.c.source == "resident",
        cases.c.state != State.VOID,
    )
    count, first = desk.connection.execute(query).one()
    if not matter or count + 1 < MANY:
        return None
    return int(first)


def waiting(connection: Connection, first: CaseKey) -> Sequence[CaseKey]:
    """The first and all that came like it and are open, oldest first."""
    return [key for key, state in _all(connection, first) if state in OPEN]


def _all(connection: Connection, first: CaseKey) -> Sequence[tuple[CaseKey, State]]:
    row = connection.execute(select(cases).where(cases.c.district == first.district, cases.c.id == first.id)).first()
    if row is None:
        return []
    last = select(func.max(cases.c.reported_at)).where(cases.c.district == first.district, cases.c.storm == first.id)
    until = connection.execute(last).scalar() or row.reported_at
    query = (
        select(cases.c.district, cases.c.id, cases.c.state)
        .where(
            under(cases.c.path, community(row.path)),
            cases.c.matter == row.matter,
            cases.c.private.is_(False),
            cases.c.reported_at >= row.reported_at,
            cases.c.reported_at <= until,
        )
        .order_by(cases.c.id)
    )
    return [(CaseKey(r.district, r.id), State(r.state)) for r in connection.execute(query)]


def to_offer(desk: AtDesk, key: CaseKey, storm: int) -> Storm | None:
    """Whom to ask, when many came, and once more whenever twice as many did; None: nobody now. How many came only
    grows, whatever becomes of them, and two that come together are both counted by the next: so the question bears a
    mark, and is asked when the number was reached or passed."""
    first = CaseKey(key.district, storm)
    found = _all(desk.connection, first)
    still = sum(state in OPEN for _, state in found)
    if len(found) < MANY or still < TOGETHER:
        return None
    doubled = (len(found) // MANY).bit_length() - 1
    if len(found) - (MANY << doubled) > PASSED:
        return None
    row = desk.connection.execute(
        select(cases.c.desk, cases.c.number, cases.c.matter).where(
            cases.c.district == first.district, cases.c.id == first.id
        )
    ).one()
    asked = tuple(routing.coordinators(row.desk, desk.directory))
    return Storm(first, still, row.matter, asked, f"storm:{first}:{doubled}")
