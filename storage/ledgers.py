"""Cases for a sheet: read a few thousand at a time, so that a province's need no more memory than a village's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, select

from storage.scope import under
from storage.tables import cases, persons, rounds, texts, units

AT_ONCE = 2000


class Line(NamedTuple):
    number: str
    matter: str
    unit: str
    place: str
    words: str
    state: str
    reported_at: datetime
    due: datetime | None
    accepted_at: datetime | None
    contacted_at: datetime | None
    resolved_at: datetime | None
    outcome: str
    disputes: int
    holder: str
    source: str
    refused: bool


def lines(connection: Connection, path: str, since: datetime, until: datetime) -> Iterator[Line]:
    """What is said about people is in none."""
    r = rounds.c
    query: Any = (
        select(cases.c.number, cases.c.matter, units.c.name.label("unit"), cases.c.place, texts.c.body, cases.c.state,
               cases.c.reported_at, r.due, r.accepted_at, r.contacted_at, r.resolved_at, r.outcome, cases.c.disputes,
               persons.c.name.label("holder"), cases.c.source)
        .join(units, units.c.code == cases.c.unit)
        .join(texts, texts.c.id == cases.c.words)
        .join(rounds, and_(r.district == cases.c.district, r.case == cases.c.id, r.number == cases.c.round))
        .outerjoin(persons, persons.c.id == cases.c.holder)
        .where(under(cases.c.path, path), cases.c.private.is_(False), cases.c.reported_at >= since,
               cases.c.reported_at < until)
        .order_by(cases.c.id)
    )  # fmt: skip
    for row in connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(query):
        yield Line(
            row.number, row.matter, row.unit, row.place, row.body, row.state, row.reported_at, row.due,
            row.accepted_at, row.contacted_at, row.resolved_at, row.outcome, row.disputes, row.holder or "",
            row.source, row.outcome == "refused",
        )  # fmt: skip
