"""wangge db upgrade, wangge import units|people."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from config.settings import Settings, load

if TYPE_CHECKING:
    from storage.imports.sheet import Progress

db = typer.Typer(no_args_is_help=True, help="The database.")
import_ = typer.Typer(no_args_is_help=True, help="Units and people from CSV: all mistakes at once, all or nothing.")
File = Annotated[Path, typer.Argument(metavar="FILE")]


@db.command()
def upgrade() -> None:
    """Bring the tables up to date."""
    from bot.composition import open_database
    from storage import schema

    database = open_database(load())
    schema.upgrade(database)
    print(f"at revision {schema.head()}")
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
def units(file: File) -> None:
    """units.csv: code,name,level,parent,lat,lon,boundary,places."""
    from bot.composition import open_database
    from storage.imports import units as sheet

    database = open_database(load())
    with _bar("units") as progress, database.begin() as connection:
        count = sheet.take(connection, file, progress)
    print(", ".join(f"{number} {what}" for what, number in count.items()))
    database.close()


@import_.command("people")
def people(file: File) -> None:
    """people.csv: name,role,unit,phone,chat."""
    from bot.clock import SystemClock
    from bot.composition import open_database, standards
    from config import taxonomy
    from storage.imports import people as sheet
    from storage.people import People

    settings = load()
    seal = standards(settings, taxonomy.load(settings.taxonomy)).seal
    database = open_database(settings)
    with _bar("people") as progress, database.begin() as connection:
        known = People(connection, SystemClock().now(), seal)
        taken = sheet.take(known, file, progress, channel_of=settings.channel_of)
    print(f"{taken.added} added, {taken.changed} changed, {taken.same} same")
    links = _links(settings) if taken.invitations else {}
    for invitation in taken.invitations:
        link = links.get(settings.channel_of("telegram", invitation.unit) or "")
        way = f"{link}?start={invitation.token}" if link else f"/start {invitation.token}"
        print(f"{invitation.name} ({invitation.role} {invitation.unit}): {way}")
    if taken.invitations:
        print("Each line works once, for 7 days. They are shown only now.")
    database.close()


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
