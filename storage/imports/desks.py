"""Units moved or ended: every case that goes on is decided by coordinators of its own line again."""

from datetime import datetime

from sqlalchemy import Connection, literal, select, update

from cases import routing
from cases.people import LEVELS
from cases.states import OPEN, State
from storage.tables import cases
from storage.units.directory import Directory

#: those that may still come back to somebody
GOING_ON = (*OPEN, State.RESOLVED)
#: levels that decide about what is below them
OF_A_LINE = LEVELS[: LEVELS.index("community") + 1]


def settle(connection: Connection, now: datetime) -> None:
    inside = ("/" + cases.c.path).like(literal("%/") + cases.c.desk + "/%")
    columns = (cases.c.district, cases.c.id, cases.c.unit, cases.c.desk, cases.c.private)
    astray = select(*columns).where(cases.c.state.in_(GOING_ON), ~inside)
    directory = Directory(connection, now)
    for row in connection.execute(astray).all():
        desk = _as_high(row.unit, row.desk, directory, private=row.private)
        where = (cases.c.district == row.district, cases.c.id == row.id)
        connection.execute(update(cases).where(*where).values(desk=desk))


def _as_high(unit: str, desk: str, directory: Directory, *, private: bool) -> str:
    """Where somebody decides at the level it lay at, or above; else as high as anybody decides. Words about a person
    never come down to the nearest coordinators, who may be meant: where nobody else sits yet, they wait at their
    level for who will."""
    before, present = directory.unit(desk), routing.desks(unit, directory)
    level = before.level if before and before.level in OF_A_LINE else "street"
    height = LEVELS.index(level)
    line = [code for code in directory.line(unit) if (at := directory.unit(code)) and LEVELS.index(at.level) <= height]
    if private:
        above_nearest = present[1:]
        return next((code for code in line if code in above_nearest), next(iter(line), desk))
    return next((code for code in line if code in present), next(reversed(present), unit))
