"""A city's labelled history: a CSV file with one or more columns of text and one that says what it was."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from config import csv_rows
from config.mistakes import Mistakes
from nlp.learned.learning import Labelled


def read(file: Path, columns: Sequence[str], label: str) -> Iterator[tuple[str, str]]:
    """(text, label) of every row that has both. Raises Mistakes that name what is missing."""
    rows = csv_rows.rows(file)
    try:
        known = rows.fieldnames or []
        if missing := [name for name in (*columns, label) if name not in known]:
            raise Mistakes([f"{file}: no column {', '.join(missing)}; there are {', '.join(known)}"])
        for row in rows:
            text = "\n".join(part for name in columns if (part := (row[name] or "").strip()))
            if text and (row[label] or "").strip():
                yield text, row[label].strip()
    except csv.Error as error:
        raise Mistakes([f"{file}: {error}"]) from error


def labelled(rows: Iterable[tuple[str, str]]) -> list[Labelled]:
    """The same text twice is one row, told by its last label."""
    known = dict(rows)
    return [Labelled(text, {"matter": label}, origin) for origin, (text, label) in enumerate(known.items())]


def digest(text: str) -> str:
    """By which a text is known again without being kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
