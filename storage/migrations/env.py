"""Alembic's environment: runs on the connection `storage.database.schema` hands it."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from storage.tables import metadata
from storage.tables.base import BigInt, Json, Time


def render(kind: str, item: Any, autogen: Any) -> str | Literal[False]:
    """Our own column types by their names, in a generated revision."""
    if kind == "type":
        for name, type_ in (("BigInt", BigInt), ("Json", Json)):
            if item is type_:
                autogen.imports.add(f"from storage.tables.base import {name}")
                return name
        if isinstance(item, Time):
            autogen.imports.add("from storage.tables.base import Time")
            return "Time()"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_item=render,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    context.run_migrations()


run(context.config.attributes["connection"])
