"""Figures: by unit, matter, week and outcome, with spots that come back and what was taken for what."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.sheets.book import book
from bot.sheets.words import Words
from cases.counts.figures import Figures, Spread

UNITS = (
    ("unit", 22),
    ("level", 10),
    ("taken", 8),
    ("closed", 8),
    ("confirmed", 10),
    ("promised", 10),
    ("silent", 8),
    ("asked", 8),
    ("open", 8),
    ("late", 8),
    ("disputed", 10),
    ("left_out", 10),
    ("response", 10),
    ("solved", 10),
    ("content", 10),
    ("accept_median", 14),
    ("accept_p90", 14),
    ("resolve_median", 14),
    ("resolve_p90", 14),
)
MATTERS = (("matter", 24), ("taken", 10))
WEEKS = (("week", 14), ("taken", 10), ("closed", 10))
OUTCOMES = (("outcome", 16), ("taken", 10))
SPOTS = (("matter", 24), ("place", 30), ("taken", 10))
CONFUSED = (("taken_for", 24), ("was", 24), ("taken", 10))


def write(file: Path, words: Words, units: Sequence[tuple[str, str, Figures]], whole: Figures) -> int:
    """`units`: name and level of each, highest first. How many units it has."""
    with book(file, words) as made:
        count = made.sheet("units", UNITS, (_unit(words, *unit) for unit in units))
        made.sheet("matters", MATTERS, ((words.matter(matter), times) for matter, times in whole.matters))
        made.sheet("weeks", WEEKS, ((week.date(), taken, closed) for week, taken, closed in whole.weeks))
        made.sheet("outcomes", OUTCOMES, ((words.say(f"outcome.{name}"), times) for name, times in whole.outcomes))
        made.sheet("spots", SPOTS, ((words.matter(matter), place, times) for matter, place, times in whole.spots))
        made.sheet(
            "confused",
            CONFUSED,
            ((words.matter(guess), words.matter(matter), times) for guess, matter, times in whole.confused),
        )
        made.sheet("formulas", (("formula", 90),), ((words.say(f"sheet.formula_{n}"),) for n in range(1, 5)))
        return count


def _unit(words: Words, name: str, level: str, f: Figures) -> tuple[Any, ...]:
    return (
        name,
        words.say(f"level.{level}"),
        f.taken,
        f.closed,
        f.confirmed,
        f.promised,
        f.silent,
        f.asked,
        f.open,
        f.late,
        f.disputed,
        f.left_out,
        f.response,
        f.solved,
        f.content,
        *_spread(f.accepting),
        *_spread(f.resolving),
    )


def _spread(spread: Spread | None) -> tuple[timedelta | str, timedelta | str]:
    return (spread.median, spread.p90) if spread else ("", "")
