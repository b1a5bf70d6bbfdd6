"""Open cases that a new report could be one with, and spots that something keeps coming back to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from cases.reading.sameness import COMES_BACK_DAYS, Nearness, Told, alike
from cases.states import OPEN, State
from cases.views import CaseKey, CaseLine
from storage.atdesk import AtDesk
from storage.cases.board import lines
from storage.database.scope import community, under
from storage.tables import cases, parties, texts

#: so many of a matter and a community are compared, the newest first
COMPARED = 200
#: how like it one's own case must be, to be offered to who says it again: somebody may have two troubles at one place
ONCE_MORE = 0.4


def to_offer(desk: AtDesk, person: int, matter: str, told: Told, near: Nearness) -> tuple[CaseLine, bool] | None:
    """The open case most like it, and whether this person has a part in it already; None: there is none like it."""
    where = (
        *_there(desk, matter, told.unit),
        cases.c.state.in_(OPEN),
        cases.c.reported_at > desk.now - timedelta(days=near.days),
    )
    found = {key: likeness for key, old in _told(desk, where) if (likeness := alike(told, old, near)) > 0}
    if not found:
        return None
    query = select(parties.c.district, parties.c.case).where(
        parties.c.person == person, parties.c.case.in_([key.id for key in found])
    )
    own = {CaseKey(row.district, row.case) for row in desk.connection.execute(query)}
    found = {key: likeness for key, likeness in found.items() if key not in own or likeness >= ONCE_MORE}
    if not found:
        return None
    best = max(found, key=lambda key: (key not in own, found[key]))  # what others reported is news to them
    return lines(desk.connection, [best])[0], best in own


def came_before(desk: AtDesk, key: CaseKey, near: Nearness) -> int:
    """How often a spot had the same trouble in `COMES_BACK_DAYS`: the times it was done, and this one."""
    row = desk.connection.execute(
        select(cases, texts.c.body)
        .outerjoin(texts, texts.c.id == cases.c.words)
        .where(cases.c.district == key.district, cases.c.id == key.id)
    ).one()
    if row.private or not row.matter or not (row.place or row.lat):
        return 0
    where = (
        *_there(desk, row.matter, row.unit),
        cases.c.state.in_((State.RESOLVED, State.ARCHIVED)),
        cases.c.reported_at > desk.now - timedelta(days=COMES_BACK_DAYS),
        cases.c.id != key.id,
    )
    return 1 + sum(alike(_of(row), old, near) > 0 for _, old in _told(desk, where))


def _there(desk: AtDesk, matter: str, unit: str) -> tuple[Any, ...]:
    area = community(desk.directory.path(unit))
    return (
        under(cases.c.path, area),
        cases.c.matter == matter,
        cases.c.private.is_(False),
        cases.c.confidential.is_(False),
    )


def _told(desk: AtDesk, where: Sequence[Any]) -> list[tuple[CaseKey, Told]]:
    query = (
        select(cases, texts.c.body)
        .outerjoin(texts, texts.c.id == cases.c.words)
        .where(*where)
        .order_by(cases.c.id.desc())
        .limit(COMPARED)
    )
    return [(CaseKey(row.district, row.id), _of(row)) for row in desk.connection.execute(query)]


def _of(row: Any) -> Told:
    point = (float(row.lat), float(row.lon)) if row.lat and row.lon else None
    return Told(row.body or "", row.place, row.unit, point)
