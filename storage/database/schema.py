"""The database's schema: made, moved forward and back by Alembic, on our own connection."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database.engine import Database

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def head() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def current(connection: Connection) -> str | None:
    """The revision the database stands at; None: it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, to: str = "head") -> None:
    with database.begin() as connection:
        command.upgrade(_config(connection), to)


def downgrade(database: Database, to: str) -> None:
    with database.begin() as connection:
        command.downgrade(_config(connection), to)


def difference(database: Database) -> list[object]:
    """What the tables in code have and the database has not, or the other way round."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - only the test of the migrations asks

    from storage.tables import metadata  # noqa: PLC0415

    with database.begin() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))


def trouble(connection: Connection) -> str:
    """What is wrong with the tables and what to do about it; nothing when they are those of this version."""
    at, wanted = current(connection), head()
    return "" if at == wanted else f"the database is at revision {at or 'none'}, wanted {wanted}: wangge db upgrade"
