"""Links that bind one person to a role and a unit: used once, and only for a while. Kept as digests."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from cases.errors import Refused
from cases.people import Role
from cases.views import Taken
from storage.atdesk import AtDesk
from storage.database import meta
from storage.database.statements import insert
from storage.people import merging
from storage.people.records import People
from storage.tables import invitations, persons, posts

VALID = timedelta(days=7)
#: an opening stays open so long
OPEN = timedelta(days=30)
#: characters of the digest by which a used invitation is named on a button
MARK = 24


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    connection: Connection, role: str, unit: str, now: datetime, *, by: int | None = None, person: int | None = None
) -> str:
    """The token, told once. `person`: somebody known by name already, whose chat it will bring."""
    token = new_token()
    connection.execute(invitations.insert().values(values(token, role, unit, now, by=by, person=person)))
    return token


def opening(connection: Connection, role: str, unit: str, now: datetime, by: int) -> str:
    """招募: a link that many may use, each to apply; the token."""
    token = new_token()
    row = values(token, role, unit, now, by=by) | {"many": True, "expires_at": now + OPEN}
    connection.execute(invitations.insert().values(row))
    return token


def new_token() -> str:
    return secrets.token_urlsafe(18)


def values(
    token: str, role: str, unit: str, now: datetime, *, by: int | None = None, person: int | None = None
) -> dict[str, Any]:
    """The row of an invitation that is told by this token."""
    return {
        "digest": _digest(token),
        "role": role,
        "unit": unit,
        "person": person,
        "created_by": by,
        "expires_at": now + VALID,
    }


def redeem(
    people: People, token: str, person: int, channel: str, user: str, district: str, now: datetime
) -> Taken | None:
    """Whoever was invited by name has the post at once; anybody else when a coordinator allows it."""
    connection = people.connection
    query = select(invitations).where(invitations.c.digest == _digest(token)).with_for_update()
    row = connection.execute(query).first()
    if row is None or (row.used_at is not None and not row.many) or row.expires_at < now:
        return None
    if not row.unit.startswith(district):  # a bot of another district is no door into this one
        return None
    if row.many:
        return _applies(connection, row, token, person, now)
    named = row.person is not None
    if named and row.person != person:
        people.identify(row.person, channel, user)
        merging.merge(people, person, row.person)
        person = row.person
    if named:
        take_on(people, person, row.role, row.unit)
    connection.execute(
        update(invitations).where(invitations.c.digest == row.digest).values(used_at=now, used_by=person)
    )
    return Taken(person, row.role, row.unit, named, "" if named else row.digest[:MARK])


def _applies(connection: Connection, row: Any, token: str, person: int, now: datetime) -> Taken | None:
    """One of many who answer an opening: an application of its own, waiting for a word. None: it was answered."""
    digest = _digest(f"{token}.{person}")
    made = insert(connection, invitations).values(
        digest=digest,
        role=row.role,
        unit=row.unit,
        created_by=row.created_by,
        expires_at=row.expires_at,
        used_at=now,
        used_by=person,
        many=False,
    )
    if connection.execute(made.on_conflict_do_nothing().returning(invitations.c.digest)).scalar() is None:
        answered = select(invitations.c.answered_at).where(invitations.c.digest == digest)
        if connection.execute(answered).scalar() is not None:
            return None
    return Taken(person, row.role, row.unit, named=False, mark=digest[:MARK], opening=True)


def admit(desk: AtDesk, mark: str, by: int, *, yes: bool) -> Taken:
    """Raises Refused when it was answered, or is not this coordinator's to answer."""
    connection = desk.connection
    query = select(invitations).where(invitations.c.digest.startswith(mark, autoescape=True)).with_for_update()
    row = connection.execute(query).first() if len(mark) == MARK else None
    if row is None or row.used_by is None or row.person is not None or row.answered_at is not None:
        raise Refused("refused.answered")
    line = desk.directory.line(row.unit)
    if not desk.person(by).answers_for(line, Role.COORDINATOR):
        raise Refused("refused.not_your_unit")
    if row.used_by == by:
        raise Refused("refused.own_application")
    if yes:
        take_on(desk.people, row.used_by, row.role, row.unit)
        desk.people.change(row.used_by, taught="")  # somebody new is led through the first case
    connection.execute(update(invitations).where(invitations.c.digest == row.digest).values(answered_at=desk.now))
    return Taken(row.used_by, row.role, row.unit, named=False)


def take_on(people: People, person: int, role: str, unit: str, *, hours: str = "", mode: str = "") -> None:
    """A post; from now on this person gets the day's list."""
    ways = {"hours": hours, "mode": mode}
    query = insert(people.connection, posts).values(person=person, role=role, unit=unit, since=people.now, **ways)
    people.connection.execute(query.on_conflict_do_update(index_elements=["person", "role", "unit"], set_=ways))
    people.connection.execute(
        update(persons).where(persons.c.id == person, persons.c.list_at.is_(None)).values(list_at=people.now)
    )
    meta.touch(people.connection, meta.STAFF)
    people.forget(person)
