"""wangge db upgrade|downgrade|reseal."""

from typing import Annotated

import typer

from config.settings import load

db = typer.Typer(no_args_is_help=True, help="The database.")


@db.command()
def upgrade() -> None:
    """Bring the tables up to date."""
    from bot.composition import open_database
    from storage.database import schema

    database = open_database(load())
    schema.upgrade(database)
    print(f"at revision {schema.head()}")
    database.close()


@db.command()
def downgrade(revision: Annotated[str, typer.Argument(help="as `wangge check` of the older version names it")]) -> None:
    """Bring the tables back to an older version's, before going back to that version; stop the bot first."""
    from alembic.util import CommandError

    from bot.composition import open_database
    from config.mistakes import Mistakes
    from storage.database import schema

    database = open_database(load())
    try:
        schema.downgrade(database, revision)
    except CommandError as error:
        raise Mistakes([str(error)]) from error
    finally:
        database.close()
    print(f"at revision {revision}")


@db.command()
def reseal() -> None:
    """Seal every telephone number with the first of the keys in WANGGE_CONTACT_KEY; then the others can go."""
    from bot.composition import open_database, seal_key
    from storage.people.records import reseal as sealed_anew
    from storage.people.seal import Seal

    settings = load()
    database = open_database(settings)
    with database.begin() as connection:
        print(f"{sealed_anew(connection, Seal(seal_key(settings)))} numbers under the first key")
    database.close()


@db.callback()
def _database() -> None:
    """The database."""
