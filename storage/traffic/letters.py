"""Dead letters: updates that could not be worked, and messages that could not be delivered. Kept until an operator
tries them again or lets them go, or until queues are cleared (`[keeping] queues`)."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, null, select, update

from storage.tables import chats, inbox, outbox


class Way(StrEnum):
    IN = "in"
    OUT = "out"


class Letter(NamedTuple):
    """Without its words: an operator mends, and reads nobody's post."""

    way: Way
    number: int
    channel: str
    at: datetime
    attempts: int
    error: str

    @property
    def name(self) -> str:
        return f"{self.way}-{self.number}"


def listed(connection: Connection) -> list[Letter]:
    came = select(inbox).where(inbox.c.state == "dead").order_by(inbox.c.id)
    went = (
        select(outbox, chats.c.channel)
        .join(chats, chats.c.id == outbox.c.chat)
        .where(outbox.c.state == "failed")
        .order_by(outbox.c.id)
    )
    return [
        *(Letter(Way.IN, r.id, r.channel, r.received_at, r.attempts, r.error) for r in connection.execute(came)),
        *(Letter(Way.OUT, r.id, r.channel, r.created_at, r.attempts, r.error) for r in connection.execute(went)),
    ]


def retry(connection: Connection, letter: Letter) -> None:
    """It waits again, as if it had just come; an answer that is too old for its question is not sent any more."""
    if letter.way is Way.IN:
        query = update(inbox).where(inbox.c.id == letter.number, inbox.c.state == "dead")
        connection.execute(query.values(state="waiting", attempts=0, error=""))
    else:
        query = update(outbox).where(outbox.c.id == letter.number, outbox.c.state == "failed")
        connection.execute(query.values(state="waiting", attempts=0, not_before=0.0, error=""))


def drop(connection: Connection, letter: Letter) -> None:
    """It is let go, and what was written in it is gone. What came keeps its key: it never comes again."""
    if letter.way is Way.IN:
        query = update(inbox).where(inbox.c.id == letter.number, inbox.c.state == "dead")
        connection.execute(query.values(state="done", raw=null()))
    else:
        query = update(outbox).where(outbox.c.id == letter.number, outbox.c.state == "failed")
        connection.execute(query.values(state="dropped", payload=null()))
