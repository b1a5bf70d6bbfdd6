"""The sheets by their names: what `wangge export` writes into a file, and /export sends."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.sheets import assessment, cases, items
from bot.sheets.awards import ranked
from bot.sheets.words import Words
from cases.counts.assessment import Formula
from cases.ledger.model import Kind
from storage.counts import assessments
from storage.database.engine import Connection
from storage.ledger import ledgers


@dataclass(frozen=True, slots=True)
class Asked:
    """Of a unit and all below it, from when to when, in whose words."""

    connection: Connection
    path: str
    since: datetime
    until: datetime
    words: Words
    formula: Formula


def _cases(asked: Asked, file: Path) -> int:
    rows = ledgers.lines(asked.connection, asked.path, asked.since, asked.until)
    return cases.write(file, asked.words, rows)


def _items(kind: Kind, asked: Asked, file: Path) -> int:
    of = (asked.connection, kind, asked.path, asked.since, asked.until)
    return items.write(file, asked.words, kind, ledgers.item_rows(*of), ledgers.duty_rows(*of))


def _assessment(asked: Asked, file: Path) -> int:
    rows = assessments.rows(asked.connection, asked.path, asked.since, asked.until)
    return assessment.write(file, asked.words, ranked(asked.connection, rows, asked.formula), asked.formula)


#: name -> writer, which tells how many rows it wrote
SHEETS: dict[str, Callable[[Asked, Path], int]] = {
    "cases": _cases,
    **{name: partial(_items, kind) for kind, name in items.KINDS.items()},
    "assessment": _assessment,
}
