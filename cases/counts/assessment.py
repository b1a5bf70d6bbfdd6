"""双星双优: how a worker, a grid, an officer and a centre did, by a formula that stands in the settings and is shown.

No scoring table of a province is published (docs/decisions/0022), so the weights are ours. Reports earn nothing,
returning what is not one's own costs nothing, emergencies and what is about people are left out, and few cases give no
star: whoever has three lucky ones is not better than whoever has thirty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cases.counts.figures import CONTENT, FEW, Rate

#: what is looked at, in the order it is shown
PARTS = ("accepted", "in_time", "solved", "content", "once")


@dataclass(frozen=True, slots=True)
class Formula:
    """Weights of the parts, of any sum; `least` cases before there is a star at all, and the points for one."""

    weights: Mapping[str, int] = field(
        default_factory=lambda: {"accepted": 15, "in_time": 30, "solved": 25, "content": 20, "once": 10}
    )
    least: int = 10
    star: int = 90


@dataclass(frozen=True, slots=True)
class Row:
    """One round somebody finished, or one part of a case that several acted on."""

    number: str
    person: int
    unit: str
    #: who dispatched it, if a person did
    officer: int | None
    ack_due: datetime | None
    accepted_at: datetime | None
    due: datetime | None
    resolved_at: datetime | None
    #: "solved", "unsolved" or nothing
    said: str = ""
    stars: str = ""
    #: which round of its case it was; 0: a part
    round: int = 1


@dataclass(frozen=True, slots=True)
class Score:
    rates: Mapping[str, Rate]
    #: of a hundred; None: too few to say
    points: int | None
    count: int
    star: bool
    #: numbers of the cases that cost something, so that each can be looked at and contested
    against: tuple[str, ...] = ()


def score(rows: Iterable[Row], formula: Formula) -> Score:
    counted = [row for row in rows if any(_met(part, row) is not None for part in PARTS)]
    rates = {part: _rate(part, counted) for part in PARTS}
    weighed = [(formula.weights.get(part, 0), rate) for part, rate in rates.items() if rate.whole]
    total = sum(weight for weight, _ in weighed)
    points = sum(weight * rate.part / rate.whole for weight, rate in weighed) / total * 100 if total else 0
    enough = len(counted) >= formula.least
    # what a resident rated is nobody's to find out: it costs points, and names no case
    against = tuple(
        dict.fromkeys(
            row.number for row in counted if any(_met(part, row) is False for part in PARTS if part != "content")
        )
    )
    return Score(rates, round(points) if enough else None, len(counted), enough and points >= formula.star, against)


def _rate(part: str, rows: Iterable[Row]) -> Rate:
    known = [met for row in rows if (met := _met(part, row)) is not None]
    if part == "content" and len(known) < FEW:
        return Rate(0, 0)
    return Rate(sum(known), len(known))


def _met(part: str, row: Row) -> bool | None:
    """Whether one case counts for it; None: it says nothing."""
    match part:
        case "accepted":
            return None if row.ack_due is None or row.accepted_at is None else row.accepted_at <= row.ack_due
        case "in_time":
            return None if row.due is None or row.resolved_at is None else row.resolved_at <= row.due
        case "solved":
            return row.said == "solved" if row.said else None
        case "content":
            return row.stars in CONTENT if row.stars else None
    return row.said == "solved" if row.said and row.round == 1 else None
