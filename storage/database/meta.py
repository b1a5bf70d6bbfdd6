"""Small facts about the deployment itself."""

import secrets
from typing import Any

from sqlalchemy import Connection, select

from storage.database.statements import insert
from storage.tables import meta


def get(connection: Connection, key: str, default: Any = None) -> Any:
    row = connection.execute(select(meta.c.value).where(meta.c.key == key)).first()
    return default if row is None else row.value


def put(connection: Connection, key: str, value: Any) -> None:
    query = insert(connection, meta).values(key=key, value=value)
    connection.execute(query.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def swap(connection: Connection, key: str, old: Any, new: Any) -> bool:
    """Whether it still was `old`, and this copy is the one that changed it."""
    if old is None:
        query = insert(connection, meta).values(key=key, value=new).on_conflict_do_nothing(index_elements=["key"])
        return bool(connection.execute(query).rowcount)
    held = select(meta.c.value).where(meta.c.key == key).with_for_update()
    if connection.execute(held).scalar() != old:
        return False
    put(connection, key, new)
    return True


#: another token with every change of units or posts, so that a running house reads its gazetteer and its names anew
UNITS, STAFF = "units_changed", "staff_changed"


def touch(connection: Connection, key: str) -> None:
    """A counter would be the same after two changes at once, and whoever looked between them missed the second."""
    put(connection, key, secrets.token_hex(8))
