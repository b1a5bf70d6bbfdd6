"""The outbox read: who may send to which chat now, what is next there, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, and_, bindparam, cast, exists, func, literal, null, or_, select, update

from cases.desk import CaseKey
from storage import leases, media, pacing
from storage.engine import db_now, relaxed
from storage.pacing import Pace
from storage.statements import insert
from storage.tables import chats, messages, outbox


@dataclass(frozen=True, slots=True)
class Delivery:
    id: int
    chat: int
    channel: str
    address: str
    private: bool
    kind: str
    klass: str
    person: int | None
    case: CaseKey | None
    seq: int | None
    audience: str
    conversation: int | None
    payload: dict[str, Any] | None
    attempts: int
    #: how many of its messages have arrived
    parts: int
    cause: str
    #: the claim under which its chat is sent to
    held: str
    #: its turn with the platform, by `time.monotonic()`; 0: at once
    turn: float = 0.0


class Chat(NamedTuple):
    """A chat that is ours to send to, under this claim."""

    id: int
    held: str


def lease(chat: int) -> str:
    return f"chat:{chat}"


def claim(connection: Connection, owner: str, channels: Collection[str]) -> Chat | None:
    """A chat of these channels with something to send that nobody sends to: the urgent first, then who waits longest.
    What is for a bot that this copy does not run waits for one that does."""
    relaxed(connection)
    for chat in connection.execute(_WAITING, {"channels": list(channels)}).scalars().all():
        if held := leases.take(connection, lease(chat), owner):
            return Chat(chat, held)
    return None


#: kinds for which the platform's turn is wanted; taking buttons away is no message
TURNS = ("say", "ring", "show", "card")


def _replaced() -> Any:
    """A later message about the same case waits for the same chat: it shows the newer state."""
    later = outbox.alias("later")
    return exists().where(
        later.c.chat == outbox.c.chat, later.c.case == outbox.c.case, later.c.id > outbox.c.id,
        later.c.state == "waiting", later.c.kind.in_(["card", "ring", "show"]),
    )  # fmt: skip


# Said for every message, so built once: building a statement costs more than running it (measured).
_WAITING = (
    select(outbox.c.chat)
    .join(chats, chats.c.id == outbox.c.chat)
    .where(outbox.c.state == "waiting", outbox.c.not_before <= db_now(),
           chats.c.channel.in_(bindparam("channels", expanding=True)),
           ~leases.held(literal("chat:") + cast(outbox.c.chat, String)))
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(8)
)  # fmt: skip
_FIRST = (
    select(outbox, chats.c.channel, chats.c.address, chats.c.private,
           (outbox.c.expires_at < db_now()).label("expired"),
           and_(outbox.c.kind == "card", _replaced()).label("replaced"))
    .join(chats, chats.c.id == outbox.c.chat)
    .where(outbox.c.chat == bindparam("of"), outbox.c.state == "waiting", outbox.c.not_before <= db_now())
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(1)
)  # fmt: skip
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("number"))
    .values(state=bindparam("as"), payload=null(), sent_at=db_now())
)


class Full:
    """The bot has so much to send that this must wait, at least so many seconds."""


FULL = 0.1


def first(connection: Connection, chat: Chat, paces: Mapping[str, Pace | None]) -> Delivery | Full | None:
    """What goes next into this chat; None: nothing now, and the chat is given back or rests.

    Prolongs the claim before anything is sent under it; raises Transient when it was lost. Expired answers and cards
    that a later message replaces are dropped on the way.
    """
    relaxed(connection)
    leases.fence(connection, lease(chat.id), chat.held)
    while (r := connection.execute(_FIRST, {"of": chat.id}).first()) is not None and (r.expired or r.replaced):
        state = "expired" if r.expired else "merged"
        connection.execute(update(outbox).where(outbox.c.id == r.id).values(state=state, payload=None))
    if r is None:
        leases.release(connection, lease(chat.id), chat.held)
        return None
    turn: float | None = 0.0
    if (pace := paces.get(r.channel)) and r.kind in TURNS:
        if rest := _group_rest(connection, r, pace):
            leases.rest(connection, lease(chat.id), chat.held, rest)
            return None
        turn = pacing.reserve(connection, r.channel, pace, urgent=r.urgent)
    if turn is None:
        leases.rest(connection, lease(chat.id), chat.held, max(FULL, pacing.queue(connection, r.channel)))
        return Full()
    key = CaseKey(r.district, r.case) if r.case is not None else None
    return Delivery(r.id, r.chat, r.channel, r.address, r.private, r.kind, r.klass, r.person, key, r.seq, r.audience,
                    r.conversation, r.payload, r.attempts, r.parts, r.cause, chat.held, turn)  # fmt: skip


def _group_rest(connection: Connection, r: Any, pace: Pace) -> float:
    """Seconds until the group takes another message."""
    if r.private or r.kind == "card":
        return 0.0
    group = r.address.partition("/")[0]  # the topics of a forum are one group to the platform
    return pacing.full(connection, r.channel, group, pace)


@dataclass(frozen=True, slots=True)
class Live:
    """A message of ours that can still be touched."""

    id: int
    ref: str
    digest: str


def live(connection: Connection, d: Delivery) -> Sequence[Live]:
    """Messages in this chat of the same case or conversation that still have buttons, oldest first."""
    about = [messages.c.conversation == d.conversation] if d.conversation else []
    if d.case and d.kind != "say":
        about.append(and_(messages.c.district == d.case.district, messages.c.case == d.case.id))
    if not about:
        return ()
    query = (
        select(messages)
        .where(messages.c.chat == d.chat, messages.c.live.is_(True), or_(*about))
        .order_by(messages.c.id)
    )
    return [Live(r.id, r.ref, r.digest) for r in connection.execute(query)]


def arrived(connection: Connection, d: Delivery, files: Mapping[int, str], rest: float) -> None:
    """One of several messages is there; the next follows when the chat may be spoken to again."""
    leases.fence(connection, lease(d.chat), d.held)
    connection.execute(update(outbox).where(outbox.c.id == d.id).values(parts=outbox.c.parts + 1))
    for number, file in files.items():
        media.remember(connection, number, d.channel, file)
    if rest:
        leases.rest(connection, lease(d.chat), d.held, rest)


def sent(connection: Connection, d: Delivery, *, ref: str | None, digest: str, stripped: Sequence[Live],
         state: str = "sent", files: Mapping[int, str] | None = None, rest: float = 0.0) -> None:  # fmt: skip
    """The receipt; then the chat rests for `rest` seconds. Raises Transient when another copy has it by now."""
    leases.fence(connection, lease(d.chat), d.held)
    for number, file in (files or {}).items():
        media.remember(connection, number, d.channel, file)
    connection.execute(_SENT, {"number": d.id, "as": state})
    if stripped:
        connection.execute(update(messages).where(messages.c.id.in_([m.id for m in stripped])).values(live=False))
    if ref is not None and (d.case or d.conversation):
        district, case_ = d.case or (None, None)
        values = {"district": district, "case": case_, "person": d.person, "conversation": d.conversation,
                  "digest": digest, "live": True}  # fmt: skip
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
    """It will never arrive. With `unreachable`, nobody counts on that chat until its person writes again."""
    connection.execute(
        update(outbox).where(outbox.c.id == d.id).values(state="failed", error=error[:200], payload=None)
    )
    if unreachable:
        connection.execute(update(chats).where(chats.c.id == d.chat).values(unreachable_at=now))


def counts(connection: Connection) -> dict[str, int]:
    query = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}
