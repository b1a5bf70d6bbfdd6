"""What became of what was reported: the figures of a unit, each by a formula that stands here and is shown with it.

Sources of the formulas: 接诉即办 in Beijing judges by 响应率, 解决率 and 满意率 (条例 2021, 32); its exact formulas are
not published, so ours are named beside each. What was withdrawn, not accepted or merged is counted apart, and what is
said about a person is not counted at all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cases.states import OPEN, State

#: the same spot so often in one period comes back
AGAIN = 3
#: fewer ratings than this are not shown to those who were rated
FEW = 5
#: an outcome that promises
PLANNED = "planned"
#: ratings that count as content
CONTENT = ("satisfied", "fair")


@dataclass(frozen=True, slots=True)
class Row:
    """One case, as far as figures need it."""

    matter: str
    unit: str
    place: str
    state: State
    reported_at: datetime
    due: datetime | None = None
    #: of the first round
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    contact_due: datetime | None = None
    #: of the last round
    resolved_at: datetime | None = None
    disputes: int = 0
    #: the last word of whoever reported it: "solved", "unsolved" or nothing
    said: str = ""
    stars: str = ""
    #: what the bot took it for, where it was sure
    guess: str = ""
    #: of the last round: solved, explained, referred, planned, on_the_spot
    outcome: str = ""
    number: str = ""

    @property
    def promised(self) -> bool:
        """列入计划: that the plan will do is not that it is done."""
        return self.outcome == PLANNED


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Spread:
    """Half were done within `median`, nine of ten within `p90`."""

    count: int
    median: timedelta
    p90: timedelta


@dataclass(frozen=True, slots=True)
class Figures:
    taken: int
    confirmed: int
    #: archived with a plan that those who reported it agreed to
    promised: int
    #: archived without a word
    silent: int
    #: asked, and not answered yet
    asked: int
    open: int
    late: int
    #: said 没解决 at least once, whatever came of it
    disputed: int
    left_out: int
    #: contacted, or resolved, before the first contact was due, of those for which that is decided
    response: Rate
    #: confirmed, of those who said one or the other; of what was only promised nobody can say it
    solved: Rate
    #: 满意 and 基本满意, of those who rated
    content: Rate
    accepting: Spread | None
    resolving: Spread | None
    matters: Sequence[tuple[str, int]] = ()
    #: (matter, place, times)
    spots: Sequence[tuple[str, str, int]] = ()
    #: (taken for, what it was, times), the most frequent first
    confused: Sequence[tuple[str, str, int]] = ()
    #: (outcome, times), of what was answered
    outcomes: Sequence[tuple[str, int]] = ()
    #: Monday of the week -> (reported, closed since)
    weeks: Sequence[tuple[datetime, int, int]] = field(default=())

    @property
    def closed(self) -> int:
        return self.confirmed + self.promised + self.silent + self.asked


def of(rows: Iterable[Row], now: datetime, monday: datetime) -> Figures:
    """`monday`: the beginning of a week in local time, from which weeks are told."""
    every = list(rows)
    counted = [row for row in every if row.state not in (State.VOID, State.MERGED)]
    ended = [row for row in counted if row.state is State.ARCHIVED]
    agreed = [row for row in ended if row.said == "solved"]
    promised = sum(row.promised for row in agreed)
    still = [row for row in counted if row.state in OPEN]
    contacts = [row for row in counted if row.contact_due is not None and (_met(row) or row.contact_due <= now)]
    answered = [row.said for row in counted if row.said and not (row.promised and row.said == "solved")]
    rated = [row.stars for row in counted if row.stars]
    places = Counter((row.matter, row.place) for row in counted if row.place)
    return Figures(
        taken=len(counted),
        confirmed=len(agreed) - promised,
        promised=promised,
        silent=len(ended) - len(agreed),
        asked=sum(row.state is State.RESOLVED for row in counted),
        open=len(still),
        late=sum(row.due is not None and row.due <= now for row in still),
        disputed=sum(row.disputes > 0 for row in counted),
        left_out=len(every) - len(counted),
        response=Rate(sum(_met(row) for row in contacts), len(contacts)),
        solved=Rate(answered.count("solved"), len(answered)),
        content=Rate(sum(stars in CONTENT for stars in rated), len(rated)),
        accepting=_spread([row.accepted_at - row.reported_at for row in counted if row.accepted_at]),
        resolving=_spread([row.resolved_at - row.reported_at for row in counted if row.resolved_at]),
        matters=Counter(row.matter for row in counted).most_common(),
        spots=[(matter, place, times) for (matter, place), times in places.most_common() if times >= AGAIN],
        confused=[
            (guess, matter, times)
            for (guess, matter), times in Counter(
                (row.guess, row.matter) for row in counted if row.guess and row.matter and row.guess != row.matter
            ).most_common()
        ],
        outcomes=Counter(row.outcome for row in counted if row.outcome and row.state not in OPEN).most_common(),
        weeks=_weeks(counted, monday),
    )


def blurred(figures: Figures) -> Figures:
    """Without a rate of content that so few gave that they could be guessed."""
    return figures if figures.content.whole >= FEW else replace(figures, content=Rate(0, 0))


def _met(row: Row) -> bool:
    """Somebody spoke to them, or had it done, in time."""
    first = min(filter(None, (row.contacted_at, row.resolved_at)), default=None)
    return first is not None and row.contact_due is not None and first <= row.contact_due


def _spread(lengths: list[timedelta]) -> Spread | None:
    if not lengths:
        return None
    ordered = sorted(lengths)
    last = len(ordered) - 1
    return Spread(len(ordered), ordered[last // 2], ordered[-(-last * 9 // 10)])


def _weeks(rows: list[Row], monday: datetime) -> list[tuple[datetime, int, int]]:
    week = timedelta(days=7)
    reported = Counter((row.reported_at - monday) // week for row in rows)
    closed = Counter((row.reported_at - monday) // week for row in rows if row.state not in OPEN)
    if not reported:
        return []
    return [(monday + n * week, reported[n], closed[n]) for n in range(min(reported), max(reported) + 1)]
