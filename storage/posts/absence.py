"""Leave: from when to when, and who stands in meanwhile."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.tables import absences


def begin(connection: Connection, person: int, begins: datetime, ends: datetime, stand_in: int | None) -> None:
    """One leave at a time: a new one takes the place of what was still to come of the last."""
    end(connection, person, begins)
    connection.execute(absences.insert().values(person=person, begins=begins, ends=ends, stand_in=stand_in))


def coming(connection: Connection, person: int, now: datetime) -> tuple[datetime, datetime, int | None] | None:
    """The leave that is on, or the next one: from, until, who stands in."""
    query = select(absences).where(absences.c.person == person, absences.c.ends > now).order_by(absences.c.begins)
    row = connection.execute(query.limit(1)).first()
    return (row.begins, row.ends, row.stand_in) if row else None


def end(connection: Connection, person: int, now: datetime) -> None:
    """Back from now on; what was only planned is off."""
    mine = (absences.c.person == person, absences.c.ends > now)
    connection.execute(absences.delete().where(*mine, absences.c.begins >= now))
    connection.execute(update(absences).where(*mine).values(ends=now))


def beginning(connection: Connection, now: datetime, but: Collection[int] = ()) -> tuple[int, int, int | None] | None:
    """(leave, person, stand-in) of one that is on and whose cases were not handed over yet, none of `but`; locked."""
    query = (
        select(absences)
        .where(absences.c.handed.is_(False), absences.c.begins <= now, absences.c.ends > now, absences.c.id.not_in(but))
        .order_by(absences.c.begins)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(query).first()
    return (row.id, row.person, row.stand_in) if row else None


def handed(connection: Connection, leave: int) -> None:
    connection.execute(update(absences).where(absences.c.id == leave).values(handed=True))
