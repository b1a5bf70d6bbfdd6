"""wangge db …, wangge import units|people|cases|roster|needs."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.settings import Settings, load

if TYPE_CHECKING:
    from storage.database.engine import Connection, Database
    from storage.desk import Desk
    from storage.imports.sheet import Progress

db = typer.Typer(no_args_is_help=True, help="The database.")
import_ = typer.Typer(no_args_is_help=True, help="Units and people from CSV: all mistakes at once, all or nothing.")
Whole = Annotated[bool, typer.Option(help="the file is the whole list of its districts: what it leaves out ends")]
File = Annotated[Path, typer.Argument(metavar="FILE")]


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


@contextmanager
def _bar(what: str) -> Iterator["Progress"]:
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(transient=True, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@import_.command("units")
def units(file: File, whole: Whole = False) -> None:
    """units.csv: code,name,level,parent,lat,lon,boundary,places and, where a unit ends, retired,successor."""
    from bot.parts.clock import SystemClock
    from storage.database import meta
    from storage.imports import units as sheet
    from storage.imports.sheet import uncollected

    database = _database_of(load())
    with uncollected(), _bar("units") as progress, database.begin() as connection:
        taken = sheet.take(connection, file, SystemClock().now(), progress, whole=whole)
        meta.touch(connection, meta.UNITS)
    print(taken)
    database.close()


@import_.command("people")
def people(file: File, whole: Whole = False) -> None:
    """people.csv: name,role,unit,phone,chat and, where wanted, hours,mode,stand_in."""
    from config import texts
    from handlers.telling import taken_over
    from storage.database import meta
    from storage.imports import people as sheet
    from storage.imports.sheet import uncollected

    settings = load()
    database = _database_of(settings)
    with uncollected(), _bar("people") as progress, database.begin() as connection:
        desk = _desk(settings, connection)
        taken = sheet.take(desk, file, progress, whole=whole, channel_of=settings.channel_of)
        meta.touch(connection, meta.UNITS)
        for name, given in taken.handed_over:
            taken_over(texts.load(settings.texts), desk, name, given)
    print(taken)
    links = _links(settings) if taken.invitations else {}
    for invitation in taken.invitations:
        link = links.get(settings.channel_of("telegram", invitation.unit) or "")
        way = f"{link}?start={invitation.token}" if link else f"/start {invitation.token}"
        print(f"{invitation.name} ({invitation.role} {invitation.unit}): {way}")
    if taken.invitations:
        print("Each line works once, for 7 days. They are shown only now.")
    database.close()


@import_.command("cases")
def cases(file: File) -> None:
    """Tickets of other systems: source,number,text and, where known, place,unit,matter,due,name,phone."""
    from bot.composition import tagger
    from bot.parts import reading
    from storage.imports import cases as sheet

    settings = load()
    database = _database_of(settings)
    understanding = reading.load(settings)
    known, understands = understanding.taxonomy, tagger(database, understanding)
    with _bar("cases") as progress, database.begin() as connection:
        print(sheet.take(_desk(settings, connection), file, understands, frozenset(known.matters), progress))
    database.close()


@import_.command("roster")
def roster(file: File) -> None:
    """roster.csv: unit,phone,begins,ends: who sits at which desk, in local time (2026-12-01T08:30)."""
    from storage.imports import rosters as sheet

    settings = load()
    database = _database_of(settings)
    with _bar("roster") as progress, database.begin() as connection:
        print(f"{sheet.take(_desk(settings, connection), file, progress)} turns of duty")
    database.close()


@import_.command("needs")
def needs(file: File) -> None:
    """Households: unit,name and, where known, phone,keeper_phone,need,due,every; CSV or Excel."""
    from storage.imports import households as sheet

    settings = load()
    database = _database_of(settings)
    with _bar("households") as progress, database.begin() as connection:
        print(f"{sheet.take(_desk(settings, connection), file, progress)} households")
    database.close()


def _database_of(settings: Settings) -> "Database":
    """Raises Mistakes when its tables are not those of this version."""
    from bot.composition import open_database
    from config.mistakes import Mistakes
    from storage.database import schema

    database = open_database(settings)
    with database.look() as connection:
        trouble = schema.trouble(connection)
    if trouble:
        database.close()
        raise Mistakes([trouble])
    return database


def _desk(settings: Settings, connection: "Connection") -> "Desk":
    from bot.composition import standards
    from bot.parts.clock import SystemClock
    from config import taxonomy
    from storage.desk import Desk

    return Desk(connection, SystemClock().now(), standards(settings, taxonomy.load(settings.taxonomy)), "import")


def _links(settings: Settings) -> dict[str, str]:
    """Where each bot is spoken to; none for one that cannot be asked now."""
    import asyncio

    import aiohttp

    from bot.gateways.telegram import bare
    from cases.errors import Transient

    async def names() -> dict[str, str]:
        found = {}
        async with aiohttp.ClientSession() as session:
            for bot in settings.all_bots():
                with contextlib.suppress(Transient):
                    me = await bare.call(session, settings.telegram_api_base, bot.token.get_secret_value(), "getMe")
                    found[bot.channel] = f"https://t.me/{me['username']}"
        return found

    return asyncio.run(names())
