"""Units moved or ended: every case that goes on is decided by coordinators of its own line again."""

from datetime import datetime

from sqlalchemy import Connection, literal, select, update

from cases import routing
from cases.states import OPEN, State
from storage.tables import cases
from storage.units.directory import Directory

#: those that may still come back to somebody
GOING_ON = (*OPEN, State.RESOLVED)


def settle(connection: Connection, now: datetime) -> None:
    inside = ("/" + cases.c.path).like(literal("%/") + cases.c.desk + "/%")
    astray = select(cases.c.district, cases.c.id, cases.c.unit).where(cases.c.state.in_(GOING_ON), ~inside)
    directory = Directory(connection, now)
    for row in connection.execute(astray).all():
        desk = routing.desk(row.unit, directory) or row.unit
        where = (cases.c.district == row.district, cases.c.id == row.id)
        connection.execute(update(cases).where(*where).values(desk=desk))
