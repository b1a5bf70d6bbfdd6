"""What a messenger's server would keep for the browser chat: every phone's messages, newest change last."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from storage.tables import identities, persons, phone_messages


class Kept(NamedTuple):
    id: int
    address: str
    mine: bool
    body: dict[str, Any]
    revision: int
    at: datetime


def _next(connection: Connection) -> int:
    newest = connection.execute(select(func.max(phone_messages.c.revision))).scalar() or 0
    return int(newest) + 1


def add(connection: Connection, address: str, body: dict[str, Any], now: datetime, *, mine: bool) -> int:
    query = phone_messages.insert().values(address=address, mine=mine, body=body, revision=_next(connection), at=now)
    return int(connection.execute(query.returning(phone_messages.c.id)).scalar_one())


def change(connection: Connection, address: str, message: int, body: dict[str, Any]) -> bool:
    """False: this phone has no such message."""
    query = update(phone_messages).where(phone_messages.c.id == message, phone_messages.c.address == address)
    return connection.execute(query.values(body=body, revision=_next(connection))).rowcount == 1


def get(connection: Connection, address: str, message: int) -> Kept | None:
    query = select(phone_messages).where(phone_messages.c.id == message, phone_messages.c.address == address)
    row = connection.execute(query).first()
    return Kept(*(getattr(row, name) for name in Kept._fields)) if row else None


def since(connection: Connection, revision: int, limit: int = 500) -> list[Kept]:
    query = (
        select(phone_messages)
        .where(phone_messages.c.revision > revision)
        .order_by(phone_messages.c.revision)
        .limit(limit)
    )
    return [Kept(*(getattr(row, name) for name in Kept._fields)) for row in connection.execute(query)]


def speak(connection: Connection, channel: str, language: str) -> None:
    """Everybody in this channel reads this language from now on."""
    people = select(identities.c.person).where(identities.c.channel == channel)
    connection.execute(update(persons).where(persons.c.id.in_(people)).values(language=language))
