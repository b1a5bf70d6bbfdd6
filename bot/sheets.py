"""Ledgers and figures as Excel: headings people read, a filter, frozen headings, nothing that runs."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from cases.assessment import PARTS, Formula, Score
from cases.figures import Figures, Rate, Spread
from cases.ledger.model import Kind
from cases.ledger.sight import hidden
from cases.masking import without_doors, without_numbers
from config.mistakes import Mistakes
from config.taxonomy import Taxonomy
from config.texts import Texts
from storage.ledgers import DutyRow, ItemRow, Line

#: rows of a sheet, its headings among them
MOST = 1_048_576
#: (key of the heading, width of the column in characters)
CASES = (
    ("number", 22), ("matter", 18), ("category", 14), ("unit", 18), ("place", 26), ("words", 44), ("state", 12),
    ("reported", 17), ("due", 17), ("accepted", 17), ("contacted", 17), ("resolved", 17), ("outcome", 12),
    ("disputes", 10), ("holder", 12), ("source", 10),
)  # fmt: skip
FIGURES = (
    ("unit", 22), ("level", 10), ("taken", 8), ("closed", 8), ("confirmed", 10), ("promised", 10), ("silent", 8),
    ("asked", 8), ("open", 8), ("late", 8), ("disputed", 10), ("left_out", 10), ("response", 10), ("solved", 10),
    ("content", 10),
    ("accept_median", 14), ("accept_p90", 14), ("resolve_median", 14), ("resolve_p90", 14),
)  # fmt: skip
ITEMS = (
    ("number", 24), ("unit", 18), ("title", 34), ("state", 12), ("keeper", 12), ("by", 12), ("created", 17),
    ("entered", 17), ("open_duties", 10), ("late_duties", 10), ("done_duties", 10), ("next_due", 17),
)  # fmt: skip
#: what a kind has besides
EXTRA: dict[Kind, tuple[tuple[str, int], ...]] = {
    Kind.VISIT: (("settled", 10), ("listed", 10), ("pressed", 10), ("discipline", 10), ("old", 10)),
    Kind.MEDIATION: (("sessions", 10), ("settled", 10), ("performed", 10), ("court", 20)),
}
DUTIES = (
    ("number", 24), ("title", 24), ("duty", 14), ("words", 44), ("holder", 12), ("unit", 18), ("due", 17),
    ("state", 10), ("done_at", 17),
)  # fmt: skip
SCORES = (
    ("name", 20), ("points", 8), ("starred", 8), ("counted", 8), ("accepted_rate", 12), ("in_time_rate", 12),
    ("solved", 12), ("content", 12), ("once_rate", 12),
)  # fmt: skip
#: what the sheet of a kind is called
KINDS = {Kind.HOUSEHOLD: "ledger", Kind.VISIT: "visits", Kind.MEDIATION: "mediation", Kind.WORK: "works",
         Kind.PATROL: "patrols"}  # fmt: skip
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MATTERS = (("matter", 24), ("taken", 10))
WEEKS = (("week", 14), ("taken", 10), ("closed", 10))
OUTCOMES = (("outcome", 16), ("taken", 10))
SPOTS = (("matter", 24), ("place", 30), ("taken", 10))
CONFUSED = (("taken_for", 24), ("was", 24), ("taken", 10))


@dataclass(frozen=True, slots=True)
class Words:
    texts: Texts
    language: str
    taxonomy: Taxonomy
    zone: ZoneInfo
    #: names, numbers and doors in full (docs/privacy.md)
    full: bool = False

    def masked(self, words: str) -> str:
        return words if self.full else without_doors(without_numbers(words))

    def household(self, kind: Kind, words: str) -> str:
        """What is said of a household: of the rest, as everywhere."""
        return "" if kind is Kind.HOUSEHOLD and not self.full else self.masked(words)

    def titled(self, kind: Kind, title: str) -> str:
        return hidden(title) if kind is Kind.HOUSEHOLD and not self.full else self.masked(title)

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
        words.masked(line.place), words.masked(line.words), state,
        words.local(line.reported_at), words.local(line.due), words.local(line.accepted_at),
        words.local(line.contacted_at), words.local(line.resolved_at),
        words.say(known) if words.texts.has(known) else "", line.disputes, line.holder,
        words.say(f"source.{line.source}") if words.texts.has(f"source.{line.source}") else line.source,
    )  # fmt: skip


def items(file: Path, words: Words, kind: Kind, rows: Iterable[ItemRow], duties: Iterable[DutyRow]) -> int:
    """A ledger, and on a second sheet what is to be done of it. Of a household only the family name stands there."""
    extra = EXTRA.get(kind, ())
    with _book(file, words) as book:
        count = book.sheet(KINDS[kind], (*ITEMS, *extra), (_item(words, kind, row, extra) for row in rows))
        book.sheet("duties", DUTIES, (_duty(words, kind, row) for row in duties))
        return count


def _item(words: Words, kind: Kind, row: ItemRow, extra: Sequence[tuple[str, int]]) -> tuple[Any, ...]:
    more = (words.say(f"ledger.court.{row.facts['court']}") if name == "court" and "court" in row.facts
            else row.facts.get(name, "" if name == "court" else 0) for name, _ in extra)  # fmt: skip
    return (
        row.number, row.unit, words.titled(kind, row.title), words.say(f"ledger.state.{row.state}"), row.keeper,
        words.household(kind, row.by),
        words.local(row.created_at), words.local(row.entered_at), row.open, row.late, row.done,
        words.local(row.next_due), *(int(m) if isinstance(m, bool) else m for m in more),
    )  # fmt: skip


def _duty(words: Words, kind: Kind, row: DutyRow) -> tuple[Any, ...]:
    state = words.say(f"duty.state.{row.state}")
    return (
        row.number, words.titled(kind, row.title), words.say(f"duty.{row.kind}"), words.household(kind, row.words),
        row.person, row.unit,
        words.local(row.due), state, words.local(row.done_at),
    )  # fmt: skip


def assessment(file: Path, words: Words, ranked: Sequence[tuple[str, Sequence[tuple[str, Score]]]],
               formula: Formula) -> int:  # fmt: skip
    """One sheet each for workers, grids and officers, and one for the formula. How many rows they have."""
    with _book(file, words) as book:
        count = sum(book.sheet(what, SCORES, (_score(name, found) for name, found in named)) for what, named in ranked)
        lines = [(words.say(f"score.{part}"), formula.weights.get(part, 0)) for part in PARTS]
        book.sheet("formulas", (("formula", 60), ("weight", 10)), (
            *lines, (words.say("sheet.least"), formula.least), (words.say("sheet.star"), formula.star)))  # fmt: skip
        return count


def _score(name: str, found: Score) -> tuple[Any, ...]:
    return (name, found.points if found.points is not None else "", "★" if found.star else "", found.count,
            *(found.rates[part] for part in PARTS))  # fmt: skip


def in_memory(write: Callable[[Path], int]) -> bytes:
    """A sheet for a chat."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.xlsx"
        write(file)
        return file.read_bytes()


def figures(file: Path, words: Words, units: Sequence[tuple[str, str, Figures]], whole: Figures) -> int:
    """By unit, matter, week and outcome, with spots that come back and what was taken for what.

    `units`: name and level of each, highest first. How many units it has.
    """
    with _book(file, words) as book:
        count = book.sheet("units", FIGURES, (_unit(words, *unit) for unit in units))
        book.sheet("matters", MATTERS, ((words.matter(matter), times) for matter, times in whole.matters))
        book.sheet("weeks", WEEKS, ((week.date(), taken, closed) for week, taken, closed in whole.weeks))
        book.sheet("outcomes", OUTCOMES, ((words.say(f"outcome.{name}"), times) for name, times in whole.outcomes))
        book.sheet("spots", SPOTS, ((words.matter(matter), place, times) for matter, place, times in whole.spots))
        book.sheet("confused", CONFUSED, (
            (words.matter(guess), words.matter(matter), times) for guess, matter, times in whole.confused))  # fmt: skip
        book.sheet("formulas", (("formula", 90),), ((words.say(f"sheet.formula_{n}"),) for n in range(1, 5)))
        return count


def _unit(words: Words, name: str, level: str, f: Figures) -> tuple[Any, ...]:
    return (
        name, words.say(f"level.{level}"), f.taken, f.closed, f.confirmed, f.promised, f.silent, f.asked, f.open,
        f.late, f.disputed, f.left_out, f.response, f.solved, f.content, *_spread(f.accepting), *_spread(f.resolving),
    )  # fmt: skip


def _spread(spread: Spread | None) -> tuple[timedelta | str, timedelta | str]:
    return (spread.median, spread.p90) if spread else ("", "")
