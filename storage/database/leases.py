"""Who works what right now: a lane of updates, a chat that is sent to. By the database's own clock."""

import secrets
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from cases.errors import Transient
from storage.database.engine import db_now
from storage.database.statements import insert_in
from storage.tables import leases

#: seconds without a sign of life after which another copy takes over
LEASE = 10.0
#: a copy shows itself this often, in seconds
BEAT = 2.0

# Said several times for every message, so built once: building a statement costs more than running it (measured).
_KEY: Any = bindparam("of")
_OWNER: Any = bindparam("by")
_SECONDS: Any = bindparam("seconds")
_MINE = (leases.c.key == _KEY, leases.c.owner == _OWNER)
_FENCE = update(leases).where(*_MINE).values(until=db_now() + _SECONDS)
_RELEASE = delete(leases).where(*_MINE)
_REST = update(leases).where(*_MINE).values(owner="", until=db_now() + _SECONDS)


@cache
def _take(dialect: str) -> Any:
    values = {"owner": _OWNER, "until": db_now() + _SECONDS}
    query = insert_in(dialect, leases).values(key=_KEY, **values)
    query = query.on_conflict_do_update(index_elements=["key"], set_=values, where=leases.c.until < db_now())
    return query.returning(leases.c.key)


def take(connection: Connection, key: str, owner: str) -> str | None:
    """The name under which this claim is held, told apart from every other of the same owner; None: it is taken."""
    held = f"{owner[:40]}/{secrets.token_hex(8)}"
    given = {"of": key, "by": held, "seconds": LEASE}
    return held if connection.execute(_take(connection.dialect.name), given).scalar() is not None else None


def held(key: Any) -> Any:
    """Whether somebody works `key` (a column of the row that is looked at), or it rests."""
    return select(leases.c.key).where(leases.c.key == key, leases.c.until >= db_now()).exists()


def fence(connection: Connection, key: str, owner: str) -> None:
    """Prolongs the lease in the commit that uses it. Raises Transient when it was lost: that commit must not be."""
    if connection.execute(_FENCE, {"of": key, "by": owner, "seconds": LEASE}).rowcount != 1:
        raise Transient(f"the lease of {key} was lost")


def beat(connection: Connection, owner: str) -> None:
    """This copy lives: what it holds stays its own. What nobody holds and nothing rests under is swept away."""
    mine = leases.c.owner.startswith(f"{owner[:40]}/", autoescape=True)
    connection.execute(update(leases).where(mine, leases.c.until >= db_now()).values(until=db_now() + LEASE))
    connection.execute(delete(leases).where(leases.c.until < db_now() - LEASE))


def forget(connection: Connection) -> None:
    """All of them: whoever held them is dead for certain."""
    connection.execute(delete(leases))


def release(connection: Connection, key: str, owner: str) -> None:
    connection.execute(_RELEASE, {"of": key, "by": owner})


def rest(connection: Connection, key: str, owner: str, seconds: float) -> None:
    """Nobody works it for so long: a pause before another try."""
    connection.execute(_REST, {"of": key, "by": owner, "seconds": seconds})
