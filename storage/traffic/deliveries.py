"""The outbox read: who may send to which chat now, what is next there, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, and_, bindparam, cast, exists, func, literal, or_, select, update

from cases.views import CaseKey
from storage.database import leases
from storage.database.engine import db_now, relaxed
from storage.tables import chats, messages, outbox
from storage.traffic import pacing
from storage.traffic.pacing import Pace


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
    urgent: bool = False


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
    """A later message waits for the same chat that shows the newer state of the case, or the newer question."""
    later = outbox.alias("later")
    case = and_(outbox.c.kind == "card", later.c.case == outbox.c.case, later.c.kind.in_(["card", "ring", "show"]))
    question = and_(outbox.c.kind == "say", later.c.kind == "say", later.c.conversation == outbox.c.conversation)
    return exists().where(
        later.c.chat == outbox.c.chat, later.c.id > outbox.c.id, later.c.state == "waiting", or_(case, question)
    )


# Said for every message, so built once: building a statement costs more than running it (measured).
_WAITING = (
    select(outbox.c.chat)
    .join(chats, chats.c.id == outbox.c.chat)
    .where(
        outbox.c.state == "waiting",
        outbox.c.not_before <= db_now(),
        chats.c.channel.in_(bindparam("channels", expanding=True)),
        ~leases.held(literal("chat:") + cast(outbox.c.chat, String)),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(8)
)
_FIRST = (
    select(
        outbox,
        chats.c.channel,
        chats.c.address,
        chats.c.private,
        (outbox.c.expires_at < db_now()).label("expired"),
        _replaced().label("replaced"),
    )
    .join(chats, chats.c.id == outbox.c.chat)
    .where(outbox.c.chat == bindparam("of"), outbox.c.state == "waiting", outbox.c.not_before <= db_now())
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(1)
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
        group = _group(r)
        if group and (rest := pacing.full(connection, r.channel, group, pace)):
            leases.rest(connection, lease(chat.id), chat.held, rest)
            return None
        turn = pacing.reserve(connection, r.channel, pace, urgent=r.urgent)
        if group and turn is not None:  # what has to wait for the bot takes nothing from the group
            pacing.stamp(connection, r.channel, group, pace)
    if turn is None:
        leases.rest(connection, lease(chat.id), chat.held, max(FULL, pacing.queue(connection, r.channel)))
        return Full()
    key = CaseKey(r.district, r.case) if r.case is not None else None
    return Delivery(
        r.id,
        r.chat,
        r.channel,
        r.address,
        r.private,
        r.kind,
        r.klass,
        r.person,
        key,
        r.seq,
        r.audience,
        r.conversation,
        r.payload,
        r.attempts,
        r.parts,
        r.cause,
        chat.held,
        turn,
        r.urgent,
    )


def rest(connection: Connection, d: Delivery, seconds: float) -> None:
    """Nothing more of this chat for so long."""
    leases.rest(connection, lease(d.chat), d.held, seconds)


def _group(r: Any) -> str:
    """Whose allowance it counts for: the topics of a forum are one group to the platform. "": nobody's."""
    return "" if r.private or r.kind == "card" else str(r.address.partition("/")[0])


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


def counts(connection: Connection) -> dict[str, int]:
    """By state, of what did not simply arrive."""
    left = outbox.c.state.in_(("waiting", "kept", "failed", "expired"))
    query = select(outbox.c.state, func.count()).where(left).group_by(outbox.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}
