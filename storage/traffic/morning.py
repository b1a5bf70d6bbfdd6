"""The day's list: whose turn it is, and what was kept for it through the night."""

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from cases.views import CaseKey
from storage.tables import outbox, persons

#: so many rings at once become one list
MANY = 4


def whose(connection: Connection, now: datetime) -> int | None:
    """One person whose list is due; locked, so that no other copy makes it too."""
    query = (
        select(persons.c.id)
        .where(persons.c.list_at <= now)
        .order_by(persons.c.list_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(query).scalar()


def next_list(connection: Connection, person: int, at: datetime | None) -> None:
    """None: nobody's list any more, he holds no post."""
    connection.execute(update(persons).where(persons.c.id == person).values(list_at=at))


def kept(connection: Connection, chat: int, now: datetime) -> set[CaseKey]:
    """The cases of which something was kept for this chat: from now on the list tells of it."""
    query = (
        update(outbox)
        .where(outbox.c.chat == chat, outbox.c.state == "kept", outbox.c.kind == "ring", outbox.c.release_at <= now)
        .values(state="listed", release_at=None)
        .returning(outbox.c.district, outbox.c.case)
    )
    return {CaseKey(row.district, row.case) for row in connection.execute(query)}


def crowded(connection: Connection, now: datetime) -> tuple[int, int] | None:
    """(person, chat) of somebody who would hear of so many cases at once; None: nobody would."""
    query = (
        select(outbox.c.person, outbox.c.chat)
        .join(persons, persons.c.chat == outbox.c.chat)
        .where(outbox.c.release_at <= now, outbox.c.state == "kept", outbox.c.kind == "ring")
        .group_by(outbox.c.person, outbox.c.chat)
        .having(func.count() >= MANY)
        .limit(1)
    )
    row = connection.execute(query).first()
    return (row.person, row.chat) if row else None


def release(connection: Connection, now: datetime) -> int:
    """What was kept and stands on nobody's list is sent now. How much it was."""
    listed = select(persons.c.chat).where(persons.c.list_at <= now, persons.c.chat.is_not(None))
    query = (
        update(outbox)
        .where(outbox.c.release_at <= now, outbox.c.state == "kept", outbox.c.chat.not_in(listed))
        .values(state="waiting", release_at=None, created_at=now)
    )
    return connection.execute(query).rowcount
