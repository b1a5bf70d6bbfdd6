"""A sheet, CSV or Excel, as rows with line numbers, and the one list its mistakes are collected in."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from config import csv_rows
from config.mistakes import Mistakes

#: told how far it is: (rows done, rows in all)
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody watches."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: an import makes millions of values and no cycles; looking through them again and
    again takes a fifth of its time (measured)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass
class Sheet:
    rows: list[tuple[int, dict[str, str]]]
    mistakes: list[str] = field(default_factory=list)

    def wrong(self, line: int, what: str) -> None:
        self.mistakes.append(f"line {line}: {what}")

    def longest(self, line: int, row: Mapping[str, str], **characters: int) -> None:
        """What is longer than its column, which a database would cut or refuse."""
        for name, most in characters.items():
            if len(row[name]) > most:
                self.wrong(line, f"{name}: longer than {most} characters")

    def check(self) -> None:
        """Raises Mistakes when anything was wrong: then nothing of the file is taken."""
        if self.mistakes:
            raise Mistakes(self.mistakes)


class Rows(Protocol):
    """As csv.DictReader has them."""

    line_num: int

    @property
    def fieldnames(self) -> Sequence[str] | None: ...
    def __iter__(self) -> Iterator[dict[Any, Any]]: ...


class Excel:
    """The first sheet of an Excel file; numbers and days as people write them."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self.fieldnames = [str(name).strip() for name in rows[0]] if rows else []
        self.line_num = 1
        self._rows = rows[1:]

    def __iter__(self) -> Iterator[dict[Any, Any]]:
        for number, row in enumerate(self._rows, 2):
            self.line_num = number
            yield dict(zip(self.fieldnames, map(_plain, row), strict=False))


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _excel(path: Path) -> Rows:
    import python_calamine  # noqa: PLC0415 - only whoever imports Excel pays for it

    try:
        return Excel(python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    except Exception as error:
        raise Mistakes([f"{path}: no Excel file that can be read ({error})"]) from error


def read(
    path: Path,
    columns: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    but: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    """Raises Mistakes when it is no CSV or Excel file with these columns. Reads UTF-8 and what Excel saves in China
    (GB18030). `optional` columns may be there; where they are not, their fields are empty. `but`: columns of another
    kind of file, and what that is."""
    reader = _excel(path) if path.suffix == ".xlsx" else csv_rows.rows(path)
    there = reader.fieldnames or ()
    if missing := [name for name in columns if name not in there]:
        apart = next((mark for mark in ";\t|" if len(there) == 1 and mark in there[0]), "")
        why = f"; the columns are parted by {apart!r}, write commas" if apart else ""
        raise Mistakes([f"line 1: missing columns {', '.join(missing)}; write {','.join(columns)}{why}"])
    if other := next((what for name, what in but.items() if name in there), ""):
        raise Mistakes([f"{path}: this looks like {other}"])
    sheet = Sheet([])
    names = (*columns, *(name for name in optional if name in (reader.fieldnames or ())))
    absent = dict.fromkeys(set(optional) - set(names), "")
    for row in reader:
        line = reader.line_num
        if None in row or None in row.values():
            sheet.wrong(
                line, f"{len(reader.fieldnames or ())} fields are wanted; put commas inside a field between quotes"
            )
            continue
        values = {name: (row[name] or "").strip() for name in names}
        if any(values.values()):
            sheet.rows.append((line, values | absent))
    if not sheet.rows and not sheet.mistakes:
        sheet.wrong(2, "the file has no rows")
    return sheet


def local(text: str, zone: ZoneInfo) -> datetime:
    """Without a zone it is the place's own time. Raises ValueError for what is no moment."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
