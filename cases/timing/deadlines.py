"""How long each step may take: a standard, overridden by matter. Five working days limit an *answer*, not a repair."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from cases.timing.calendar import Calendar, Duration

#: source: data of the province's hotline rules and common local practice, see config/taxonomy.yaml `sla_policy`
STANDARD = {
    "dispatch": "30m",
    "ack": "2h",
    "contact": "24h",
    "due": "5wd",
    "remind_before": "1wd",
    "overdue_every": "1d",
    "rate_every": "1d",
    "archive_after": "5d",
    "take_within": "4h",
    "draft_after": "30m",
    "return_within": "2wd",
    "remind_visit": "1h",
    "dispute_within": "30d",
}
#: whatever the matter, an answer is given by then; source: the province's hotline rules of 2020 (5 working days)
ANSWER_LIMIT = Duration(workdays=5)
#: seconds; five working days of a week without holidays
A_WEEK = 7 * 86400
#: an extension is no longer than this, in working days; source: as above
LONGEST_EXTENSION = 10
#: 人民调解工作若干规定 33: normally one month; longer by agreement
MEDIATION = timedelta(days=30)
#: for urgent cases; source: the two-hour tier of paper.people.com.cn/zgcsb, 2020-11-16
URGENT = {"dispatch": "10m", "ack": "30m", "contact": "2h", "overdue_every": "2h"}


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`by_matter["*"]` is for all. The place's word goes before the taxonomy's, the taxonomy's before ours."""

    by_matter: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    taxonomy: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: what units lay over it, the nearest first
    nearer: tuple[Mapping[str, Mapping[str, str]], ...] = ()

    def under(self, own: Mapping[str, Mapping[str, str]]) -> "Deadlines":
        """With what a unit lays over them."""
        return replace(self, nearer=(own, *self.nearer)) if own else self

    def of(self, matter: str, what: str, *, urgent: bool = False) -> Duration:
        urgency = URGENT if urgent else {}
        places = (found.get(key, {}) for found in (*self.nearer, self.by_matter) for key in (matter, "*"))
        for source in (*places, urgency, self.taxonomy.get(matter, {}), STANDARD):
            if what in source:
                return Duration.parse(source[what])
        raise KeyError(what)


def yellow(start: datetime, due: datetime, before: Duration, calendar: Calendar) -> datetime:
    """When something is about to be late: `before` its end, yet never in the first half of the time."""
    return max(calendar.subtract(due, before), start + (due - start) / 2)


def mistakes(given: Mapping[str, Mapping[str, str]], matters: frozenset[str]) -> list[str]:
    """What is wrong with a place's [deadlines], in words; all of it at once."""
    found = []
    for matter, overrides in given.items():
        if matter != "*" and matter not in matters:
            found.append(f"[deadlines.{matter}]: no such matter in the taxonomy")
        for what, value in overrides.items():
            if what not in STANDARD:
                found.append(f"[deadlines] {what}: unknown; known are {', '.join(STANDARD)}")
                continue
            try:
                length = Duration.parse(value)
                if what.endswith("_every") and not any(length):
                    found.append(f"[deadlines] {what}: 0 would never end")
                if what == "due" and (length.workdays > ANSWER_LIMIT.workdays or length.seconds > A_WEEK):
                    found.append(f"[deadlines] due: {value} is more than the {ANSWER_LIMIT.workdays}wd the rules allow")
            except ValueError as error:
                found.append(f"[deadlines] {what}: {error}")
    return found
