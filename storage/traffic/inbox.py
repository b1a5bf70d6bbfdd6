"""Updates that came in: committed before they are acknowledged, worked in order, one worker a lane at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, null, select, update

from storage.database import leases
from storage.database.engine import relaxed
from storage.database.statements import insert_in
from storage.tables import inbox


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    channel: str
    key: str
    lane: str
    raw: Any
    attempts: int
    #: the claim under which its lane is worked
    held: str = ""

    @property
    def cause(self) -> str:
        """The one name of this update through entry, notice, delivery and every log line."""
        return f"u{self.id}"


def storable(raw: Any) -> Any:
    """Without what no database holds: NUL, and halves of characters; a sign stands where they were."""
    if isinstance(raw, str):
        return raw.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(raw, dict):
        return {storable(key): storable(value) for key, value in raw.items()}
    return [storable(item) for item in raw] if isinstance(raw, list | tuple) else raw


# Said for every message, so built once: building a statement costs more than running it (measured).
_WAITING = (
    select(inbox.c.lane)
    .where(
        inbox.c.state == "waiting",
        inbox.c.channel.in_(bindparam("channels", expanding=True)),
        ~leases.held(inbox.c.lane),
    )
    .order_by(inbox.c.priority, inbox.c.id)
    .limit(8)
)
_FIRST = select(inbox).where(inbox.c.lane == bindparam("of"), inbox.c.state == "waiting").order_by(inbox.c.id).limit(1)
_DONE = update(inbox).where(inbox.c.id == bindparam("number")).values(state="done", raw=null())


@cache
def _put(dialect: str) -> Any:
    return insert_in(dialect, inbox).on_conflict_do_nothing(index_elements=["channel", "key"]).returning(inbox.c.id)


def put(
    connection: Connection,
    channel: str,
    key: str,
    lane: str,
    raw: Any,
    now: datetime,
    state: str = "waiting",
    danger: bool = False,
) -> bool:
    """`danger`: its lane goes before those that wait longer. False: it was here before."""
    row = {
        "channel": channel,
        "key": key,
        "lane": lane,
        "raw": raw,
        "received_at": now,
        "state": state,
        "priority": 0 if danger else 1,
    }
    return connection.execute(_put(connection.dialect.name), row).scalar() is not None


def claim(connection: Connection, owner: str, channels: Collection[str]) -> Update | None:
    """The first update of the lane of these channels that waits longest and that nobody works; where there is danger,
    of that one."""
    relaxed(connection)
    for lane in connection.execute(_WAITING, {"channels": list(channels)}).scalars().all():
        if held := leases.take(connection, lane, owner):
            if found := first(connection, lane, held):
                return found
            leases.release(connection, lane, held)  # another copy emptied it meanwhile
    return None


def first(connection: Connection, lane: str, held: str) -> Update | None:
    r = connection.execute(_FIRST, {"of": lane}).first()
    return Update(r.id, r.channel, r.key, r.lane, r.raw, r.attempts, held) if r else None


def done(connection: Connection, update_: Update) -> Update | None:
    """In the commit of all that the update brought about: the next of its lane, or the lane is given back.

    Raises Transient when another copy has the lane by now.
    """
    leases.fence(connection, update_.lane, update_.held)
    connection.execute(_DONE, {"number": update_.id})
    return _next(connection, update_)


def _next(connection: Connection, update_: Update) -> Update | None:
    following = first(connection, update_.lane, update_.held)
    if following is None:
        leases.release(connection, update_.lane, update_.held)
    return following


def failed(connection: Connection, update_: Update, error: str, *, pause: float, dead: bool) -> Update | None:
    """Another try after `pause` seconds, or kept as a dead letter; the lane goes on either way."""
    state = "dead" if dead else "waiting"
    query = update(inbox).where(inbox.c.id == update_.id, inbox.c.state == "waiting")
    connection.execute(query.values(attempts=inbox.c.attempts + 1, error=error[:2000], state=state))
    if dead:
        return _next(connection, update_)
    leases.rest(connection, update_.lane, update_.held, pause)
    return None


def counts(connection: Connection) -> dict[str, int]:
    """By state, of what is not done."""
    query = select(inbox.c.state, func.count()).where(inbox.c.state.in_(("waiting", "dead"))).group_by(inbox.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}
