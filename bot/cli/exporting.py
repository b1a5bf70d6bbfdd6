"""wangge export cases|ledger|stats|visits|mediation|works|patrols|assessment."""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer

from config.mistakes import Mistakes
from config.settings import Settings, load

if TYPE_CHECKING:
    from bot.sheets.words import Words
    from cases.counts.figures import Figures
    from storage.database.engine import Connection
    from storage.units.directory import Directory


class What(StrEnum):
    CASES = "cases"
    LEDGER = "ledger"
    STATS = "stats"
    VISITS = "visits"
    MEDIATION = "mediation"
    WORKS = "works"
    PATROLS = "patrols"
    ASSESSMENT = "assessment"


def export(
    what: Annotated[What, typer.Argument()],
    out: Annotated[Path, typer.Option(metavar="F.xlsx")],
    unit: Annotated[str, typer.Option(help="this unit and all below it; without it, all")] = "",
    days: Annotated[int, typer.Option(min=1, help="reported within so many days")] = 365,
    full: Annotated[
        str, typer.Option(metavar="REASON", help="hide nothing, for this reason, which the log of this command keeps")
    ] = "",
) -> None:
    """Excel: a ledger, figures, or the assessment; nothing said about people, names, numbers and doors hidden."""
    from bot.cli.operating import database_of_this_version
    from bot.parts.clock import SystemClock
    from bot.sheets import figures
    from bot.sheets.named import SHEETS, Asked
    from storage.units.directory import Directory

    settings = load()
    if out.suffix != ".xlsx":
        raise Mistakes([f"{out}: write FILE.xlsx"])
    words, until = replace(_words(settings), full=bool(full)), SystemClock().now()
    if full:
        structlog.get_logger().info("a ledger in full", what=what.value, unit=unit, why=full)
    since = until - timedelta(days=days)
    with database_of_this_version() as database, database.look() as connection:
        path = _path(Directory(connection, until), unit)
        if what is What.STATS:
            count = figures.write(out, words, *_figures(connection, path, since, until, words))
        else:
            asked = Asked(connection, path, since, until, words, settings.assessment.formula())
            count = SHEETS[what](asked, out)
    print(f"{out}: {count} rows")


def _words(settings: Settings) -> "Words":
    from bot.sheets.words import Words
    from config import taxonomy, texts

    known = taxonomy.load(settings.taxonomy)
    return Words(texts.load(settings.texts), settings.language, known, settings.zone)


def _path(directory: "Directory", unit: str) -> str:
    """Raises Mistakes for a unit nobody knows."""
    if not unit:
        return ""
    if directory.unit(unit) is None:
        raise Mistakes([f"{unit}: no such unit"])
    return directory.path(unit)


def _figures(
    connection: "Connection", path: str, since: datetime, until: datetime, words: "Words"
) -> "tuple[list[tuple[str, str, Figures]], Figures]":
    """Of each unit that has cases, counted once for it and all above it; and of the whole."""
    from collections import defaultdict

    from cases.counts import figures as pure
    from storage.counts import figures
    from storage.units.directory import Directory

    rows = figures.of_unit(connection, path, since, until)
    directory, by_unit = Directory(connection, until), defaultdict(list)
    for row in rows:
        for code in directory.line(row.unit):
            if directory.path(code).startswith(path):
                by_unit[code].append(row)
    local = until.astimezone(words.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = local - timedelta(days=local.weekday())
    found = []
    for code in sorted(by_unit, key=lambda code: (len(directory.line(code)), code)):
        unit = directory.unit(code)
        assert unit is not None
        found.append((unit.name, unit.level, pure.of(by_unit[code], until, monday)))
    return found, pure.of(rows, until, monday)
