"""Cases, and what else the ledger holds, for sheets: a province's need no more memory than a village's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, case, func, select

from cases.ledger.model import Kind
from cases.states import Held
from storage.database.scope import under
from storage.tables import assignments, cases, duties, items, persons, rounds, texts, units

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


def _last_lead() -> Any:
    """Who finished it: nobody holds what is over."""
    a = assignments.c
    theirs = select(a.person).where(a.district == cases.c.district, a.case == cases.c.id, a.lead, a.state == Held.DONE)
    return theirs.order_by(a.seq.desc()).limit(1).scalar_subquery()


def lines(connection: Connection, path: str, since: datetime, until: datetime) -> Iterator[Line]:
    """What is said about people is in none."""
    r = rounds.c
    query: Any = (
        select(
            cases.c.number,
            cases.c.matter,
            units.c.name.label("unit"),
            cases.c.place,
            texts.c.body,
            cases.c.state,
            cases.c.reported_at,
            r.due,
            r.accepted_at,
            r.contacted_at,
            r.resolved_at,
            r.outcome,
            cases.c.disputes,
            persons.c.name.label("holder"),
            cases.c.source,
        )
        .join(units, units.c.code == cases.c.unit)
        .join(texts, texts.c.id == cases.c.words)
        .join(rounds, and_(r.district == cases.c.district, r.case == cases.c.id, r.number == cases.c.round))
        .outerjoin(persons, persons.c.id == func.coalesce(cases.c.holder, _last_lead()))
        .where(
            under(cases.c.path, path),
            cases.c.private.is_(False),
            cases.c.reported_at >= since,
            cases.c.reported_at < until,
        )
        .order_by(cases.c.id)
    )
    for row in connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(query):
        yield Line(
            row.number,
            row.matter,
            row.unit,
            row.place,
            row.body,
            row.state,
            row.reported_at,
            row.due,
            row.accepted_at,
            row.contacted_at,
            row.resolved_at,
            row.outcome,
            row.disputes,
            row.holder or "",
            row.source,
            row.outcome == "refused",
        )


class ItemRow(NamedTuple):
    number: str
    unit: str
    title: str
    state: str
    keeper: str
    by: str
    created_at: datetime
    entered_at: datetime
    open: int
    late: int
    done: int
    next_due: datetime | None
    facts: dict[str, Any]


class DutyRow(NamedTuple):
    number: str
    title: str
    kind: str
    words: str
    person: str
    unit: str
    due: datetime
    state: str
    done_at: datetime | None


def item_rows(connection: Connection, kind: Kind, path: str, since: datetime, until: datetime) -> Iterator[ItemRow]:
    """Begun in the period, with how many of their duties are open, late and done."""
    state = duties.c.state
    counted = (
        select(
            duties.c.item,
            func.sum(case((state == "open", 1), else_=0)).label("open"),
            func.sum(case((and_(state == "open", duties.c.due < until), 1), else_=0)).label("late"),
            func.sum(case((state == "done", 1), else_=0)).label("done"),
            func.min(case((state == "open", duties.c.due))).label("next"),
        )
        .group_by(duties.c.item)
        .subquery()
    )
    keeper, by = persons.alias(), persons.alias()
    query: Any = (
        select(
            items,
            texts.c.body,
            units.c.name.label("unit_name"),
            keeper.c.name.label("keeper_name"),
            by.c.name.label("by_name"),
            counted.c.open,
            counted.c.late,
            counted.c.done,
            counted.c.next,
        )
        .join(texts, texts.c.id == items.c.title)
        .join(units, units.c.code == items.c.unit)
        .outerjoin(counted, counted.c.item == items.c.id)
        .outerjoin(keeper, keeper.c.id == items.c.keeper)
        .outerjoin(by, by.c.id == items.c.by)
        .where(items.c.kind == kind, under(items.c.path, path), items.c.created_at >= since, items.c.created_at < until)
        .order_by(items.c.id)
    )
    for r in connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(query):
        yield ItemRow(
            r.number,
            r.unit_name,
            r.body,
            r.state,
            r.keeper_name or "",
            r.by_name or "",
            r.created_at,
            r.entered_at,
            int(r.open or 0),
            int(r.late or 0),
            int(r.done or 0),
            r.next,
            dict(r.facts),
        )


def duty_rows(connection: Connection, kind: Kind, path: str, since: datetime, until: datetime) -> Iterator[DutyRow]:
    title = texts.alias()
    query: Any = (
        select(
            duties,
            items.c.number,
            title.c.body.label("title"),
            texts.c.body,
            persons.c.name,
            units.c.name.label("unit_name"),
        )
        .join(items, items.c.id == duties.c.item)
        .join(title, title.c.id == items.c.title)
        .join(units, units.c.code == duties.c.unit)
        .outerjoin(texts, texts.c.id == duties.c.words)
        .outerjoin(persons, persons.c.id == duties.c.person)
        .where(items.c.kind == kind, under(items.c.path, path), duties.c.made_at >= since, duties.c.made_at < until)
        .order_by(duties.c.id)
    )
    for r in connection.execution_options(stream_results=True, yield_per=AT_ONCE).execute(query):
        yield DutyRow(r.number, r.title, r.kind, r.body or "", r.name or "", r.unit_name, r.due, r.state, r.done_at)
