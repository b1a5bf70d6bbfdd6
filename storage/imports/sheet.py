"""A CSV file as rows with line numbers, and the one list its mistakes are collected in."""

import csv
import gc
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

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

    def check(self) -> None:
        """Raises Mistakes when anything was wrong: then nothing of the file is taken."""
        if self.mistakes:
            raise Mistakes(self.mistakes)


def read(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> Sheet:
    """Raises Mistakes when it is no CSV with these columns. Reads UTF-8 and what Excel saves in China (GB18030).
    `optional` columns may be there; where they are not, their fields are empty."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Mistakes([f"{path}: {error.strerror}"]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Mistakes([f"{path}: neither UTF-8 nor GB18030 text; save it as CSV UTF-8"])
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise Mistakes([f"line 1: missing columns {', '.join(missing)}; write {','.join(columns)}"])
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
