"""Links that bind one person to a role and a unit: used once, and only for a while. Kept as digests."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from storage import merging
from storage.people import People
from storage.statements import insert
from storage.tables import invitations, posts

VALID = timedelta(days=7)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(connection: Connection, role: str, unit: str, now: datetime, *, by: int | None = None,
           person: int | None = None) -> str:  # fmt: skip
    """The token, told once. `person`: somebody known by name already, whose chat it will bring."""
    token = secrets.token_urlsafe(18)
    connection.execute(invitations.insert().values(
        digest=_digest(token), role=role, unit=unit, person=person, created_by=by, expires_at=now + VALID,
    ))  # fmt: skip
    return token


def redeem(people: People, token: str, person: int, channel: str, user: str, district: str,
           now: datetime) -> tuple[str, str, bool] | None:  # fmt: skip
    connection = people.connection
    query = select(invitations).where(invitations.c.digest == _digest(token)).with_for_update()
    row = connection.execute(query).first()
    if row is None or row.used_at is not None or row.expires_at < now:
        return None
    if not row.unit.startswith(district):  # a bot of another district is no door into this one
        return None
    if row.person is not None and row.person != person:
        people.identify(row.person, channel, user)
        merging.merge(people, person, row.person)
        person = row.person
    take_on(connection, person, row.role, row.unit, now)
    people.forget(person)
    connection.execute(
        update(invitations).where(invitations.c.digest == row.digest).values(used_at=now, used_by=person)
    )
    return row.role, row.unit, row.person is not None


def take_on(connection: Connection, person: int, role: str, unit: str, now: datetime) -> None:
    query = insert(connection, posts).values(person=person, role=role, unit=unit, since=now)
    connection.execute(query.on_conflict_do_nothing())
