"""What the clock has to look at: claimed a case at a time, so that several copies share the work."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from cases.life import act, schedule
from cases.views import CaseKey
from storage.cases import casefiles
from storage.desk import Desk
from storage.tables import cases

#: a case the clock stumbled over is looked at again after this, and stops nobody else meanwhile
STUMBLED = timedelta(minutes=5)


_DUE = (
    select(cases.c.district, cases.c.id)
    .where(cases.c.next_at <= bindparam("now"))
    .order_by(cases.c.next_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)


def claim(connection: Connection, now: datetime) -> CaseKey | None:
    row = connection.execute(_DUE, {"now": now}).first()
    return CaseKey(row.district, row.id) if row else None


def work(desk: Desk, key: CaseKey) -> None:
    """What the clock has to do to one case, or when to look again."""
    file = casefiles.load(desk.connection, key, lock=True)
    change = act.tick(file, desk.now, desk.rules)
    if change is not None:
        desk.save(file, change)
        return
    seen = replace(file, case=replace(file.case, clocked_at=desk.now))
    _look_again(desk.connection, key, schedule.next_at(seen, desk.rules), clocked_at=desk.now)


def stumble(connection: Connection, key: CaseKey, now: datetime) -> None:
    _look_again(connection, key, now + STUMBLED)


def _look_again(connection: Connection, key: CaseKey, at: datetime | None, **more: datetime) -> None:
    where = (cases.c.district == key.district, cases.c.id == key.id)
    connection.execute(update(cases).where(*where).values(next_at=at, **more))
