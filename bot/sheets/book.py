"""One Excel file: written to disk row by row, or for a chat in memory."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from bot.sheets.words import Words
from cases.counts.figures import Rate
from config.mistakes import Mistakes

#: rows of a sheet, its headings among them
MOST = 1_048_576
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: (key of the heading, width in characters)
Columns = Sequence[tuple[str, int]]


@contextmanager
def book(file: Path, words: Words) -> Iterator["Book"]:
    """Rows go to the disk as they come; words are never a formula or a link."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    half = file.with_name(f"{file.name}.part")
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # residents' words: for its owner alone
    made = xlsxwriter.Workbook(str(half), options)
    try:
        try:
            yield Book(made, words)
        finally:
            made.close()  # its own half-written files go, too
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


class Book:
    def __init__(self, book: Any, words: Words) -> None:
        self._book, self._words = book, words
        self._head = book.add_format({"bold": True, "bg_color": "#DDE6EF", "border": 1, "valign": "vcenter"})
        self._moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._percent = book.add_format({"num_format": "0%"})
        self._hours = book.add_format({"num_format": "0.0"})

    def sheet(self, name: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> int:
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


def in_memory(write: Callable[[Path], int]) -> bytes:
    """A sheet for a chat."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.xlsx"
        write(file)
        return file.read_bytes()
