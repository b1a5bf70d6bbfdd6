"""Small statements both databases share."""

import secrets
import time
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    return insert_in(connection.dialect.name, table)


def insert_in(dialect: str, table: Table) -> Any:
    """The same, for a statement that is built once and kept."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def new_case_id() -> int:
    """Milliseconds and 20 random bits: grows with time, needs no round trip, fits 63 bits until the year 2248."""
    return (time.time_ns() // 1_000_000 << 20) | secrets.randbits(20)
