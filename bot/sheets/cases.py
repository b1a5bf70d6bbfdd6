"""The ledger of cases."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.sheets.book import book
from bot.sheets.words import Words
from storage.ledger.ledgers import Line

COLUMNS = (
    ("number", 22),
    ("matter", 18),
    ("category", 14),
    ("unit", 18),
    ("place", 26),
    ("words", 44),
    ("state", 12),
    ("reported", 17),
    ("due", 17),
    ("accepted", 17),
    ("contacted", 17),
    ("resolved", 17),
    ("outcome", 12),
    ("disputes", 10),
    ("holder", 12),
    ("source", 10),
)


def write(file: Path, words: Words, lines: Iterable[Line]) -> int:
    """Numbers, plates and doors are hidden. How many rows it has."""
    with book(file, words) as made:
        return made.sheet("cases", COLUMNS, (_case(words, line) for line in lines))


def _case(words: Words, line: Line) -> tuple[Any, ...]:
    state = words.say("state.refused" if line.refused else f"state.{line.state}")
    known = f"outcome.{line.outcome}"
    return (
        line.number,
        words.matter(line.matter),
        words.category(line.matter),
        line.unit,
        words.masked(line.place),
        words.masked(line.words),
        state,
        words.local(line.reported_at),
        words.local(line.due),
        words.local(line.accepted_at),
        words.local(line.contacted_at),
        words.local(line.resolved_at),
        words.say(known) if words.texts.has(known) else "",
        line.disputes,
        line.holder,
        words.say(f"source.{line.source}") if words.texts.has(f"source.{line.source}") else line.source,
    )
