"""wangge import units|people|cases|roster|needs."""

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.operating import database_of_this_version
from config.settings import Settings, load

if TYPE_CHECKING:
    from storage.database.engine import Connection, Database
    from storage.desk import Desk
    from storage.imports.sheet import Progress

import_ = typer.Typer(no_args_is_help=True, help="CSV and Excel files come in: all of it, or all mistakes at once.")
Whole = Annotated[bool, typer.Option(help="the file is the whole list of its districts: what it leaves out ends")]
File = Annotated[Path, typer.Argument(metavar="FILE")]


@contextmanager
def _bar(what: str) -> Iterator["Progress"]:
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(transient=True, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def opened(settings: Settings, what: str) -> Iterator[tuple["Database", "Connection", "Progress"]]:
    """One transaction for the whole file, and somebody to be told how far it is."""
    with database_of_this_version(settings) as database, _bar(what) as progress, database.begin() as connection:
        yield database, connection, progress


@import_.command("units")
def units(file: File, whole: Whole = False) -> None:
    """units.csv: code,name,level,parent,lat,lon,boundary,places and, where a unit ends, retired,successor."""
    from bot.parts.clock import SystemClock
    from storage.database import meta
    from storage.imports import units as sheet
    from storage.imports.sheet import uncollected

    with uncollected(), opened(load(), "units") as (_, connection, progress):
        taken = sheet.take(connection, file, SystemClock().now(), progress, whole=whole)
        meta.touch(connection, meta.UNITS)
    print(taken)


@import_.command("people")
def people(file: File, whole: Whole = False) -> None:
    """people.csv: name,role,unit,phone,chat and, where wanted, hours,mode,stand_in."""
    from config import texts
    from handlers.telling import taken_over
    from storage.database import meta
    from storage.imports import people as sheet
    from storage.imports.sheet import uncollected

    settings = load()
    with uncollected(), opened(settings, "people") as (_, connection, progress):
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


@import_.command("cases")
def cases(file: File) -> None:
    """Tickets of other systems: source,number,text and, where known, place,unit,matter,due,name,phone."""
    from bot.composition import tagger
    from bot.parts import reading
    from storage.imports import cases as sheet

    settings = load()
    understanding = reading.load(settings)
    known = understanding.taxonomy
    with opened(settings, "cases") as (database, connection, progress):
        understands = tagger(database, understanding)
        print(sheet.take(_desk(settings, connection), file, understands, frozenset(known.matters), progress))


@import_.command("roster")
def roster(file: File) -> None:
    """roster.csv: unit,phone,begins,ends: who sits at which desk, in local time (2026-12-01T08:30)."""
    from storage.imports import rosters as sheet

    settings = load()
    with opened(settings, "roster") as (_, connection, progress):
        print(f"{sheet.take(_desk(settings, connection), file, progress)} turns of duty")


@import_.command("needs")
def needs(file: File) -> None:
    """Households: unit,name and, where known, phone,keeper_phone,need,due,every; CSV or Excel."""
    from storage.imports import households as sheet

    settings = load()
    with opened(settings, "households") as (_, connection, progress):
        print(f"{sheet.take(_desk(settings, connection), file, progress)} households")


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
