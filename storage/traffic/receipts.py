"""What became of a row of the outbox: arrived, refused for now, or never to arrive."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, null, update

from storage.content import media
from storage.database import leases
from storage.database.engine import db_now
from storage.database.statements import insert
from storage.tables import chats, messages, outbox
from storage.traffic import pacing
from storage.traffic.deliveries import Delivery, Live, lease

# built once: building a statement costs more than running it (measured)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(state=bindparam("as"), payload=null(), sent_at=db_now())
)


def arrived(connection: Connection, d: Delivery, files: Mapping[int, str], rest: float) -> None:
    """One of several messages is there; the next follows when the chat may be spoken to again."""
    leases.fence(connection, lease(d.chat), d.held)
    connection.execute(update(outbox).where(outbox.c.id == d.id).values(parts=outbox.c.parts + 1))
    for number, file in files.items():
        media.remember(connection, number, d.channel, file)
    if rest:
        leases.rest(connection, lease(d.chat), d.held, rest)


def made(connection: Connection, d: Delivery, payload: Mapping[str, Any] | None) -> None:
    """What was to be counted is a message now, and goes out like every other; None: it is nobody's to see any more."""
    leases.fence(connection, lease(d.chat), d.held)
    values = {"kind": "say", "payload": dict(payload)} if payload is not None else {"state": "merged", "payload": None}
    connection.execute(update(outbox).where(outbox.c.id == d.id).values(**values))


def sent(
    connection: Connection,
    d: Delivery,
    *,
    ref: str | None,
    digest: str,
    stripped: Sequence[Live],
    state: str = "sent",
    files: Mapping[int, str] | None = None,
    rest: float = 0.0,
) -> None:
    """The receipt; then the chat rests for `rest` seconds. Raises Transient when another copy has it by now."""
    leases.fence(connection, lease(d.chat), d.held)
    for number, file in (files or {}).items():
        media.remember(connection, number, d.channel, file)
    connection.execute(_SENT, {"number": d.id, "as": state})
    if stripped:
        connection.execute(update(messages).where(messages.c.id.in_([m.id for m in stripped])).values(live=False))
    if ref is not None and (d.case or d.conversation):
        district, case_ = d.case or (None, None)
        values = {
            "district": district,
            "case": case_,
            "person": d.person,
            "conversation": d.conversation,
            "digest": digest,
            "live": True,
        }
        put = insert(connection, messages).values(chat=d.chat, ref=ref, **values)
        connection.execute(put.on_conflict_do_update(index_elements=["chat", "ref"], set_=values))
    if rest:
        leases.rest(connection, lease(d.chat), d.held, rest)


def postponed(connection: Connection, d: Delivery, error: str, pause: float) -> None:
    """Not now: the whole chat waits, so that its order holds."""
    query = update(outbox).where(outbox.c.id == d.id)
    connection.execute(query.values(attempts=outbox.c.attempts + 1, error=error[:200]))
    leases.rest(connection, lease(d.chat), d.held, pause)


def refused_for_now(connection: Connection, d: Delivery, seconds: float) -> None:
    """429: no fault of the message, so it costs no try."""
    pacing.limited(connection, d.channel, d.chat, seconds)
    leases.rest(connection, lease(d.chat), d.held, seconds)


def closed(connection: Connection, d: Delivery, seconds: float) -> None:
    """The bot itself is refused: nobody is sent to, and nothing is lost."""
    pacing.pause(connection, d.channel, seconds)
    leases.rest(connection, lease(d.chat), d.held, seconds)


def undeliverable(connection: Connection, d: Delivery, error: str, now: datetime, *, unreachable: bool) -> None:
    """It does not arrive, and is kept as a dead letter.

    With `unreachable`, nobody counts on that chat until its person writes again."""
    connection.execute(update(outbox).where(outbox.c.id == d.id).values(state="failed", error=error[:200]))
    if unreachable:
        connection.execute(update(chats).where(chats.c.id == d.chat).values(unreachable_at=now))
