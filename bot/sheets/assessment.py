"""双星双优: who got which points, and the formula."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.sheets.book import book
from bot.sheets.words import Words
from cases.counts.assessment import PARTS, Formula, Score

COLUMNS = (
    ("name", 20),
    ("points", 8),
    ("starred", 8),
    ("counted", 8),
    ("accepted_rate", 12),
    ("in_time_rate", 12),
    ("solved", 12),
    ("content", 12),
    ("once_rate", 12),
)


def write(file: Path, words: Words, ranked: Sequence[tuple[str, Sequence[tuple[str, Score]]]], formula: Formula) -> int:
    """One sheet each for workers, grids and officers, and one for the formula. How many rows they have."""
    with book(file, words) as made:
        count = sum(made.sheet(what, COLUMNS, (_score(name, found) for name, found in named)) for what, named in ranked)
        lines = [(words.say(f"score.{part}"), formula.weights.get(part, 0)) for part in PARTS]
        made.sheet(
            "formulas",
            (("formula", 60), ("weight", 10)),
            (*lines, (words.say("sheet.least"), formula.least), (words.say("sheet.star"), formula.star)),
        )
        return count


def _score(name: str, found: Score) -> tuple[Any, ...]:
    return (
        name,
        found.points if found.points is not None else "",
        "★" if found.star else "",
        found.count,
        *(found.rates[part] for part in PARTS),
    )
