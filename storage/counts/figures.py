"""The cases of a unit in a period, as far as figures need them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select, tuple_

from cases.counts.figures import Row
from cases.reading.masking import without_doors, without_numbers
from cases.states import Hat, Held, State
from storage.counts.answers import ANSWERS, answer
from storage.database.scope import under
from storage.tables import assignments, cases, entries, parties, ratings, rounds

_KEY = tuple_(cases.c.district, cases.c.id)


def of_unit(connection: Connection, path: str, since: datetime, until: datetime) -> list[Row]:
    return _rows(connection, under(cases.c.path, path), since, until)


def held_by(connection: Connection, person: int, since: datetime, until: datetime) -> list[Row]:
    """What this person resolved, or has in hand."""
    theirs = select(assignments.c.district, assignments.c.case).where(
        assignments.c.person == person, assignments.c.lead, assignments.c.state.in_((Held.OPEN, Held.DONE))
    )
    return _rows(connection, _KEY.in_(theirs), since, until)


def reported_by(connection: Connection, person: int, since: datetime, until: datetime) -> list[Row]:
    theirs = select(parties.c.district, parties.c.case).where(
        parties.c.person == person, parties.c.part.in_((Hat.REPORTER, Hat.PROXY))
    )
    return _rows(connection, _KEY.in_(theirs), since, until)


def _rows(connection: Connection, where: Any, since: datetime, until: datetime) -> list[Row]:
    first, last = rounds.alias("first"), rounds.alias("last")
    wanted = and_(cases.c.reported_at >= since, cases.c.reported_at < until, cases.c.private.is_(False), where)
    query = (
        select(
            cases.c.id,
            cases.c.number,
            cases.c.matter,
            cases.c.unit,
            cases.c.place,
            cases.c.confidential,
            cases.c.state,
            cases.c.reported_at,
            cases.c.disputes,
            cases.c.tag["matter"].as_string().label("guess"),
            last.c.due,
            last.c.resolved_at,
            last.c.outcome,
            first.c.accepted_at,
            first.c.contacted_at,
            first.c.contact_due,
        )
        .join(first, _of(first, first.c.number == 1))
        .join(last, _of(last, last.c.number == cases.c.round))
        .where(wanted)
        .order_by(cases.c.id)
    )
    said, stars = _said(connection, wanted), _stars(connection, wanted)
    return [
        Row(
            r.matter,
            r.unit,
            _spot(r),
            State(r.state),
            r.reported_at,
            r.due,
            r.accepted_at,
            r.contacted_at,
            r.contact_due,
            r.resolved_at,
            r.disputes,
            said.get(r.id, ""),
            stars.get(r.id, ""),
            r.guess or "",
            r.outcome or "",
            r.number,
        )
        for r in connection.execute(query)
    ]


def _spot(row: Any) -> str:
    """Where it was, as everybody may know it."""
    return "" if row.confidential else without_doors(without_numbers(row.place))


def _of(table: Any, *more: Any) -> Any:
    return and_(table.c.district == cases.c.district, table.c.case == cases.c.id, *more)


def _said(connection: Connection, wanted: Any) -> dict[int, str]:
    """The last word of those it concerns; of a follower's it is not asked here."""
    query = (
        select(entries.c.case, entries.c.action, entries.c.given)
        .join(cases, _of(entries))
        .where(wanted, entries.c.action.in_(ANSWERS), entries.c.hat != Hat.FOLLOWER)
        .order_by(entries.c.case, entries.c.seq)
    )
    found: dict[int, str] = {}
    for row in connection.execute(query):
        if said := answer(row):
            found[row.case] = said
    return found


def _stars(connection: Connection, wanted: Any) -> dict[int, str]:
    """The last rating of each case."""
    query = select(ratings.c.case, ratings.c.stars).join(cases, _of(ratings)).where(wanted).order_by(ratings.c.at)
    return {row.case: row.stars for row in connection.execute(query)}
