"""What people finished in a period, as far as assessment needs it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select

from cases.counts.assessment import Row
from cases.counts.figures import PLANNED
from cases.ledger.model import Kind
from cases.states import Hat, Held
from storage.counts.answers import ANSWERS, UNSOLVED, answer
from storage.database.scope import under
from storage.database.statements import batches
from storage.tables import assignments, cases, entries, items, ratings, rounds


def rows(
    connection: Connection, path: str, since: datetime, until: datetime, *, person: int | None = None
) -> list[Row]:
    """Every round that was finished under a unit, by one person or by all; a dispute is what was said of its round.
    Without what is urgent, about people, or was contested with success."""
    a, r = assignments.c, rounds.c
    upheld = exists().where(
        items.c.kind == Kind.CONTEST,
        items.c.state == "upheld",
        items.c.by == a.person,
        items.c.facts["number"].as_string() == cases.c.number,
    )
    wanted: list[Any] = [
        under(cases.c.path, path),
        cases.c.private.is_(False),
        cases.c.urgent.is_(False),
        ~upheld,
        r.outcome != "on_the_spot",
    ]
    if person is not None:
        wanted.append(a.person == person)
    done = or_(
        and_(a.lead, a.state == Held.DONE, r.resolved_at >= since, r.resolved_at < until),
        and_(~a.lead, a.state == Held.HELPED, a.ended_at >= since, a.ended_at < until),
    )
    query = (
        select(
            cases.c.district,
            cases.c.id,
            cases.c.number,
            a.round,
            a.person,
            a.unit,
            a.lead,
            a.due.label("part_due"),
            a.ended_at,
            r.ack_due,
            r.accepted_at,
            r.due,
            r.resolved_at,
            r.outcome,
        )
        .join(cases, and_(cases.c.district == a.district, cases.c.id == a.case))
        .join(rounds, and_(r.district == a.district, r.case == a.case, r.number == a.round))
        .where(done, *wanted)
        .order_by(cases.c.id, a.seq)
    )
    found = connection.execute(query).all()
    said: dict[tuple[int, int], str] = {}
    stars: dict[tuple[int, int], str] = {}
    officers: dict[int, int] = {}
    for some in batches(sorted({(row.district, row.id) for row in found})):
        said |= _said(connection, some)
        stars |= _stars(connection, some)
        officers |= _officers(connection, some)
    return [_row(row, said, stars, officers) for row in found]


def _row(
    row: Any, said: dict[tuple[int, int], str], stars: dict[tuple[int, int], str], officers: dict[int, int]
) -> Row:
    """Of a part, only whether it was in in time: what residents say is said of the whole."""
    if not row.lead:
        return Row(row.number, row.person, row.unit, None, None, None, row.part_due, row.ended_at, round=0)
    key = (row.id, row.round)
    word = said.get(key, "")
    if row.outcome == PLANNED and word == "solved":  # that the plan will do
        word = ""
    return Row(
        row.number,
        row.person,
        row.unit,
        officers.get(row.id),
        row.ack_due,
        row.accepted_at,
        row.due,
        row.resolved_at,
        word,
        stars.get(key, ""),
        row.round,
    )


def _of(table: Any, keys: list[tuple[str, int]]) -> tuple[Any, Any]:
    """The rows of these cases: by both columns of their key, so that its index serves."""
    return table.c.district.in_({district for district, _ in keys}), table.c.case.in_([case for _, case in keys])


def _said(connection: Connection, keys: list[tuple[str, int]]) -> dict[tuple[int, int], str]:
    """By case and round: each 没解决 ends a round, the last word is of the last one."""
    query = (
        select(entries.c.case, entries.c.action, entries.c.given, entries.c.hat)
        .where(*_of(entries, keys), entries.c.action.in_(ANSWERS))
        .order_by(entries.c.case, entries.c.seq)
    )
    said: dict[tuple[int, int], str] = {}
    at: dict[int, int] = {}
    for row in connection.execute(query):
        word = answer(row)
        if not word:
            continue
        number = at.setdefault(row.case, 1)
        if row.hat != Hat.FOLLOWER:  # what a follower says ends a round, and is not the word of whose trouble it is
            said[row.case, number] = word
        at[row.case] = number + (word == UNSOLVED)
    return said


def _officers(connection: Connection, keys: list[tuple[str, int]]) -> dict[int, int]:
    """Who dispatched each case last, where a person did."""
    query = (
        select(entries.c.case, func.max(entries.c.seq).label("seq"))
        .where(*_of(entries, keys), entries.c.action.in_(("dispatch", "reassign")), entries.c.by.is_not(None))
        .group_by(entries.c.case)
        .subquery()
    )
    last = select(entries.c.case, entries.c.by).join(
        query, and_(query.c.case == entries.c.case, query.c.seq == entries.c.seq)
    )
    return {row.case: row.by for row in connection.execute(last)}


def _stars(connection: Connection, keys: list[tuple[str, int]]) -> dict[tuple[int, int], str]:
    query = select(ratings.c.case, ratings.c.round, ratings.c.stars).where(*_of(ratings, keys))
    return {(row.case, row.round): row.stars for row in connection.execute(query)}
