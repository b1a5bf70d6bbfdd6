"""Small statements both databases share."""

import secrets
import time
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def new_case_id() -> int:
    """Milliseconds and 20 random bits: grows with time, needs no round trip, fits 63 bits until the year 2248."""
    return (time.time_ns() // 1_000_000 << 20) | secrets.randbits(20)
