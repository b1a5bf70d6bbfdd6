"""Open cases that a new report could be one with, and spots that something keeps coming back to."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from cases.sameness import COMES_BACK_DAYS, Nearness, Told, alike
from cases.states import OPEN, State
from cases.views import CaseKey, CaseLine
from storage.atdesk import AtDesk
from storage.board import lines
from storage.scope import community, under
from storage.tables import cases, parties, texts

#: so many of a matter and a community are compared, the newest first
COMPARED = 200


def to_offer(desk: AtDesk, person: int, matter: str, told: Told, near: Nearness) -> CaseLine | None:
    """The open case most like it that this person has no part in; None: there is none like it."""
    own = select(parties.c.case).where(
        parties.c.district == cases.c.district, parties.c.case == cases.c.id, parties.c.person == person
    )
    where = (*_there(desk, matter, told.unit), cases.c.state.in_(OPEN), ~own.exists(),
             cases.c.reported_at > desk.now - timedelta(days=near.days))  # fmt: skip
    found = [(alike(told, old, near), key) for key, old in _told(desk, where)]
    likeness, key = max(found, default=(0.0, None), key=lambda pair: pair[0])
    return lines(desk.connection, [key])[0] if key is not None and likeness > 0 else None


def came_before(desk: AtDesk, key: CaseKey, near: Nearness) -> int:
    """How often a spot had the same trouble in `COMES_BACK_DAYS`: the times it was done, and this one."""
    row = desk.connection.execute(
        select(cases, texts.c.body).outerjoin(texts, texts.c.id == cases.c.words)
        .where(cases.c.district == key.district, cases.c.id == key.id)
    ).one()  # fmt: skip
    if row.private or not row.matter or not (row.place or row.lat):
        return 0
    where = (*_there(desk, row.matter, row.unit), cases.c.state.in_((State.RESOLVED, State.ARCHIVED)),
             cases.c.reported_at > desk.now - timedelta(days=COMES_BACK_DAYS), cases.c.id != key.id)  # fmt: skip
    return 1 + sum(alike(_of(row), old, near) > 0 for _, old in _told(desk, where))


def _there(desk: AtDesk, matter: str, unit: str) -> tuple[Any, ...]:
    area = community(desk.directory.path(unit))
    return (under(cases.c.path, area), cases.c.matter == matter, cases.c.private.is_(False),
            cases.c.confidential.is_(False))  # fmt: skip


def _told(desk: AtDesk, where: Sequence[Any]) -> list[tuple[CaseKey, Told]]:
    query = (
        select(cases, texts.c.body).outerjoin(texts, texts.c.id == cases.c.words)
        .where(*where).order_by(cases.c.id.desc()).limit(COMPARED)
    )  # fmt: skip
    return [(CaseKey(row.district, row.id), _of(row)) for row in desk.connection.execute(query)]


def _of(row: Any) -> Told:
    point = (float(row.lat), float(row.lon)) if row.lat and row.lon else None
    return Told(row.body or "", row.place, row.unit, point)
