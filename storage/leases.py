"""Who works what right now: a lane of updates, a chat that is sent to. By the database's own clock."""

import secrets
from typing import Any

from sqlalchemy import Connection, delete, select, update

from cases.errors import Transient
from storage.engine import db_now
from storage.statements import insert
from storage.tables import leases

#: seconds without a sign of life after which another copy takes over
LEASE = 10.0
#: a copy shows itself this often, in seconds
BEAT = 2.0


def take(connection: Connection, key: str, owner: str) -> str | None:
    """The name under which this claim is held, told apart from every other of the same owner; None: it is taken."""
    held = f"{owner[:40]}/{secrets.token_hex(8)}"
    values = {"owner": held, "until": db_now() + LEASE}
    query = insert(connection, leases).values(key=key, **values)
    query = query.on_conflict_do_update(index_elements=["key"], set_=values, where=leases.c.until < db_now())
    return held if connection.execute(query.returning(leases.c.key)).scalar() is not None else None


def held(key: Any) -> Any:
    """Whether somebody works `key` (a column of the row that is looked at), or it rests."""
    return select(leases.c.key).where(leases.c.key == key, leases.c.until >= db_now()).exists()


def fence(connection: Connection, key: str, owner: str) -> None:
    """Prolongs the lease in the commit that uses it. Raises Transient when it was lost: that commit must not be."""
    query = update(leases).where(leases.c.key == key, leases.c.owner == owner).values(until=db_now() + LEASE)
    if connection.execute(query).rowcount != 1:
        raise Transient(f"the lease of {key} was lost")


def beat(connection: Connection, owner: str) -> None:
    """This copy lives: what it holds stays its own. What nobody holds and nothing rests under is swept away."""
    mine = leases.c.owner.startswith(f"{owner[:40]}/", autoescape=True)
    connection.execute(update(leases).where(mine, leases.c.until >= db_now()).values(until=db_now() + LEASE))
    connection.execute(delete(leases).where(leases.c.until < db_now() - LEASE))


def release(connection: Connection, key: str, owner: str) -> None:
    connection.execute(delete(leases).where(leases.c.key == key, leases.c.owner == owner))


def rest(connection: Connection, key: str, owner: str, seconds: float) -> None:
    """Nobody works it for so long: a pause before another try."""
    query = update(leases).where(leases.c.key == key, leases.c.owner == owner)
    connection.execute(query.values(owner="", until=db_now() + seconds))
