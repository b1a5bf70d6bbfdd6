"""值班: who sits at the desk of a unit, from when to when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from storage.database.statements import insert
from storage.tables import persons, rosters


def sit(connection: Connection, unit: str, person: int, begins: datetime, ends: datetime) -> None:
    query = insert(connection, rosters).values(unit=unit, person=person, begins=begins, ends=ends)
    connection.execute(query.on_conflict_do_update(index_elements=["unit", "begins", "person"], set_={"ends": ends}))


def of(connection: Connection, unit: str, now: datetime, until: datetime) -> Sequence[tuple[str, datetime, datetime]]:
    """(name, from, until) of everybody who sits there now or soon, in order."""
    query = (
        select(persons.c.name, rosters.c.begins, rosters.c.ends)
        .join(persons, persons.c.id == rosters.c.person)
        .where(rosters.c.unit == unit, rosters.c.ends > now, rosters.c.begins < until)
        .order_by(rosters.c.begins, persons.c.name)
    )
    return [(row.name, row.begins, row.ends) for row in connection.execute(query)]
