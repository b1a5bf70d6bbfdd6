"""Ledgers and figures as Excel: headings people read, a filter, frozen headings, nothing that runs."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from cases.figures import Figures, Rate, Spread
from cases.masking import without_doors, without_numbers
from config.mistakes import Mistakes
from config.taxonomy import Taxonomy
from config.texts import Texts
from storage.ledgers import Line

#: rows of a sheet, its headings among them
MOST = 1_048_576
#: (key of the heading, width of the column in characters)
CASES = (
    ("number", 22), ("matter", 18), ("category", 14), ("unit", 18), ("place", 26), ("words", 44), ("state", 12),
    ("reported", 17), ("due", 17), ("accepted", 17), ("contacted", 17), ("resolved", 17), ("outcome", 12),
    ("disputes", 10), ("holder", 12), ("source", 10),
)  # fmt: skip
FIGURES = (
    ("unit", 22), ("level", 10), ("taken", 8), ("closed", 8), ("confirmed", 10), ("silent", 8), ("asked", 8),
    ("open", 8), ("late", 8), ("disputed", 10), ("left_out", 10), ("response", 10), ("solved", 10), ("content", 10),
    ("accept_median", 14), ("accept_p90", 14), ("resolve_median", 14), ("resolve_p90", 14),
)  # fmt: skip
MATTERS = (("matter", 24), ("taken", 10))
WEEKS = (("week", 14), ("taken", 10), ("closed", 10))


@dataclass(frozen=True, slots=True)
class Words:
    texts: Texts
    language: str
    taxonomy: Taxonomy
    zone: ZoneInfo

    def say(self, key: str) -> str:
        return self.texts.say(self.language, key)

    def matter(self, matter: str) -> str:
        known = self.taxonomy.matters.get(matter)
        return (known.names.get(self.language) or known.names["zh"]) if known else self.say("matter.none")

    def category(self, matter: str) -> str:
        known = self.taxonomy.matters.get(matter)
        names = self.taxonomy.categories[known.category] if known else {}
        return names.get(self.language) or names.get("zh", "")

    def local(self, moment: datetime | None) -> datetime | None:
        """As Excel knows it: without a zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment else None


@contextmanager
def _book(file: Path, words: Words) -> Iterator["_Book"]:
    """Rows go to the disk as they come; words are never a formula or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    half = file.with_name(f"{file.name}.part")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # residents' words: for its owner alone
    book = xlsxwriter.Workbook(str(half), options)
    try:
        try:
            yield _Book(book, words)
        finally:
            book.close()  # its own half-written files go, too
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


class _Book:
    def __init__(self, book: Any, words: Words) -> None:
        self._book, self._words = book, words
        self._head = book.add_format({"bold": True, "bg_color": "#DDE6EF", "border": 1, "valign": "vcenter"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._percent = book.add_format({"num_format": "0%"})
        self._hours = book.add_format({"num_format": "0.0"})

    def sheet(self, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]]) -> int:
        """How many rows it has."""
        sheet = self._book.add_worksheet(self._words.say(f"sheet.{name}")[:31])
        for number, (key, width) in enumerate(columns):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, self._words.say(f"sheet.{key}"), self._head)
        sheet.freeze_panes(1, 1)
        count = 0
        for count, row in enumerate(rows, 1):
            if count >= MOST:
                raise Mistakes([f"more than {MOST - 1} rows, which Excel cannot hold: fewer --days, or a --unit"])
            for number, value in enumerate(row):
                self._write(sheet, count, number, value)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        return count

    def _write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, datetime.min.time()), self._day)
        elif isinstance(value, timedelta):
            sheet.write_number(row, column, value.total_seconds() / 3600, self._hours)
        elif isinstance(value, Rate):
            if value.whole:
                sheet.write_number(row, column, value.part / value.whole, self._percent)
        elif isinstance(value, int):
            sheet.write_number(row, column, value)
        elif value:
            sheet.write_string(row, column, value[:32767])


def cases(file: Path, words: Words, lines: Iterable[Line]) -> int:
    """The ledger of cases; numbers, plates and doors are hidden. How many rows it has."""
    with _book(file, words) as book:
        return book.sheet("cases", CASES, (_case(words, line) for line in lines))


def _case(words: Words, line: Line) -> tuple[Any, ...]:
    state = words.say("state.refused" if line.refused else f"state.{line.state}")
    known = f"outcome.{line.outcome}"
    return (
        line.number, words.matter(line.matter), words.category(line.matter), line.unit,
        without_doors(without_numbers(line.place)), without_doors(without_numbers(line.words)), state,
        words.local(line.reported_at), words.local(line.due), words.local(line.accepted_at),
        words.local(line.contacted_at), words.local(line.resolved_at),
        words.say(known) if words.texts.has(known) else "", line.disputes, line.holder,
        words.say(f"source.{line.source}") if words.texts.has(f"source.{line.source}") else line.source,
    )  # fmt: skip


def figures(file: Path, words: Words, units: Sequence[tuple[str, str, Figures]], whole: Figures) -> int:
    """By unit, matter and week. `units`: name and level of each, highest first. How many units it has."""
    with _book(file, words) as book:
        count = book.sheet("units", FIGURES, (_unit(words, *unit) for unit in units))
        book.sheet("matters", MATTERS, ((words.matter(matter), times) for matter, times in whole.matters))
        book.sheet("weeks", WEEKS, ((week.date(), taken, closed) for week, taken, closed in whole.weeks))
        book.sheet("formulas", (("formula", 90),), ((words.say(f"sheet.formula_{n}"),) for n in range(1, 5)))
        return count


def _unit(words: Words, name: str, level: str, f: Figures) -> tuple[Any, ...]:
    return (
        name, words.say(f"level.{level}"), f.taken, f.closed, f.confirmed, f.silent, f.asked, f.open, f.late,
        f.disputed, f.left_out, f.response, f.solved, f.content, *_spread(f.accepting), *_spread(f.resolving),
    )  # fmt: skip


def _spread(spread: Spread | None) -> tuple[timedelta | str, timedelta | str]:
    return (spread.median, spread.p90) if spread else ("", "")
