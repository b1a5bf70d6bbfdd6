"""How fast a platform is spoken to, shared by all copies: kept in the database, by the database's clock."""

import time
from dataclasses import dataclass

from sqlalchemy import Connection, case, select, update

from storage.database.engine import db_now
from storage.database.statements import insert
from storage.tables import paces

#: seconds; who would have to wait longer for a turn takes none, so that the urgent find the queue short
PATIENCE = 0.35
#: seconds; a turn that was missed by more is given up: several at once would be too many for the platform
LATE = 0.045


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the platform may be spoken to, in seconds between two messages."""

    #: of one bot, over all chats
    overall: float
    chat: float
    #: so many in so many seconds, in a group
    group: tuple[int, float]


def reserve(connection: Connection, channel: str, pace: Pace, *, urgent: bool) -> float | None:
    """The bot's next turn, now ours, by `time.monotonic()`; None: the queue is long, and this can wait."""
    query = insert(connection, paces).values(key=channel, at=db_now() + pace.overall)
    from_ = case((paces.c.at > db_now(), paces.c.at), else_=db_now())
    query = query.on_conflict_do_update(
        index_elements=["key"],
        set_={"at": from_ + pace.overall},
        where=None if urgent else paces.c.at < db_now() + PATIENCE,
    )
    wait = connection.execute(query.returning(paces.c.at - pace.overall - db_now())).scalar()
    return time.monotonic() + float(wait) if wait is not None else None


def queue(connection: Connection, channel: str) -> float:
    """Seconds after which somebody patient would get a turn."""
    ahead = connection.execute(select(paces.c.at - db_now()).where(paces.c.key == channel)).scalar_one()
    return max(0.0, float(ahead) - PATIENCE)


def full(connection: Connection, channel: str, group: str, pace: Pace) -> float:
    """Seconds until the group takes another message, 0 if it does now."""
    stamps, now = _stamps(connection, f"{channel}:{group}", pace)
    count, seconds = pace.group
    return stamps[-count] + seconds - now if len(stamps) >= count else 0.0


def stamp(connection: Connection, channel: str, group: str, pace: Pace) -> None:
    """A message goes to the group now, and counts."""
    key = f"{channel}:{group}"
    stamps, now = _stamps(connection, key, pace)
    connection.execute(update(paces).where(paces.c.key == key).values(stamps=[*stamps, now]))


def _stamps(connection: Connection, key: str, pace: Pace) -> tuple[list[float], float]:
    """When the messages that count were sent, and the moment it is; until the end of the transaction ours alone."""
    connection.execute(insert(connection, paces).values(key=key, at=0.0, stamps=[]).on_conflict_do_nothing())
    query = select(paces.c.stamps, db_now().label("now")).where(paces.c.key == key).with_for_update()
    row = connection.execute(query).one()
    return [float(at) for at in row.stamps or () if at > row.now - pace.group[1]], float(row.now)


def limited(connection: Connection, channel: str, chat: int, seconds: float) -> None:
    """The platform said 429. It does not say for whom: when a second chat hears it in the same while, it is meant for
    the bot, and then nobody is sent to."""
    row = connection.execute(
        select(paces.c.limited_chat, (paces.c.limited_until > db_now()).label("lately")).where(paces.c.key == channel)
    ).first()
    for_all = row is not None and row.lately and row.limited_chat != chat
    values = {"limited_chat": chat, "limited_until": db_now() + seconds}
    connection.execute(update(paces).where(paces.c.key == channel).values(values))
    if for_all:
        pause(connection, channel, seconds)


def pause(connection: Connection, channel: str, seconds: float) -> None:
    """Nothing is sent by this bot for so long."""
    connection.execute(update(paces).where(paces.c.key == channel).values(at=db_now() + seconds))
