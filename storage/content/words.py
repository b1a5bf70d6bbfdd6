"""Words of people: kept apart from what refers to them, so that they can be erased."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from cases import chain
from storage.tables import texts

_KEEP = texts.insert().returning(texts.c.id)


def keep(connection: Connection, body: str) -> tuple[int, str]:
    """The id of the kept words, and their salted digest."""
    salt = chain.new_salt()
    digest = chain.digest(salt, body)
    return connection.execute(_KEEP, {"body": body, "salt": salt, "digest": digest}).scalar_one(), digest


def bodies(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    wanted = set(ids)
    if not wanted:
        return {}
    rows = connection.execute(select(texts.c.id, texts.c.body).where(texts.c.id.in_(wanted)))
    return {row.id: row.body for row in rows}


def rewrite(connection: Connection, text: int, body: str) -> None:
    """New words for a draft: nothing refers to their digest yet."""
    salt = chain.new_salt()
    connection.execute(
        update(texts).where(texts.c.id == text).values(body=body, salt=salt, digest=chain.digest(salt, body))
    )


def erase(connection: Connection, text: int, now: datetime) -> None:
    """Words and salt go; the digest stays, so every hash chain over it stays whole."""
    connection.execute(update(texts).where(texts.c.id == text).values(body="", salt=b"", erased_at=now))
