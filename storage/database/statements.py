"""Small statements both databases share."""

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
#: rows of one executemany
PLAIN = 10_000


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    return insert_in(connection.dialect.name, table)


def insert_in(dialect: str, table: Table) -> Any:
    """The same, for a statement that is built once and kept."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)


def new_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Numbers for `count` rows to be inserted in this very transaction: a keyed INSERT of many is far faster than one
    that returns what the database chose (measured: SQLite does that row by row)."""
    if connection.dialect.name == "postgresql":
        series = select(func.nextval(func.pg_get_serial_sequence(table.name, "id"))).select_from(
            func.generate_series(1, count)
        )
        return list(connection.execute(series).scalars())
    highest = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return list(range(highest + 1, highest + 1 + count))


def insert_plain(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Many rows of plain values (text, numbers, bytes: no type of ours) by the driver itself."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    marks = ", ".join([mark] * len(names))
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    for start in range(0, len(rows), PLAIN):
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({columns}) VALUES ({marks})",  # noqa: S608 - our own names
            [tuple(row) for row in rows[start : start + PLAIN]],
        )


def name_anew(connection: Connection, column: Column[Any], old: Any, new: Any) -> None:
    """What was one's is another's; where the other stands in the very same row already, the first one's row goes."""
    table = column.table
    if column.primary_key:
        twin = table.alias()
        keys = [key.name for key in table.primary_key if key.name != column.name]
        same = and_(twin.c[column.name] == new, *(twin.c[key] == table.c[key] for key in keys))
        connection.execute(delete(table).where(column == old, select(twin.c[column.name]).where(same).exists()))
    connection.execute(update(table).where(column == old).values({column.name: new}))


def new_id() -> int:
    """Milliseconds and 20 random bits: grows with time, needs no round trip, fits 63 bits until the year 2248. Never
    given twice, as SQLite does with the last id when its row is gone."""
    return (time.time_ns() // 1_000_000 << 20) | secrets.randbits(20)


#: values in one IN: SQLite takes 32,766
AT_ONCE = 5000


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """In order, so many at once that both databases take them."""
    ordered = list(values)
    for at in range(0, len(ordered), AT_ONCE):
        yield ordered[at : at + AT_ONCE]
