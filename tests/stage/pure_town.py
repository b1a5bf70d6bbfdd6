"""A directory of three levels in plain dicts, for tests of the pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from cases.model import Case, Party
from cases.people import Candidate, Person, Post, Role
from cases.ports import Rules
from cases.states import Hat, State
from cases.timing.calendar import Calendar
from cases.timing.deadlines import Deadlines

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
GRID, COMMUNITY, STREET = "370481001001001", "370481001001", "370481001"
LINE = (GRID, COMMUNITY, STREET)
PATHS = {STREET: f"{STREET}/", COMMUNITY: f"{STREET}/{COMMUNITY}/", GRID: f"{STREET}/{COMMUNITY}/{GRID}/"}


@dataclass
class PlainDirectory:
    workers_of: dict[str, list[int]] = field(default_factory=lambda: {GRID: [11, 12]})
    coordinators_of: dict[str, list[int]] = field(default_factory=lambda: {COMMUNITY: [21], STREET: [31]})

    def line(self, unit: str) -> Sequence[str]:
        return LINE[LINE.index(unit) :]

    micro_of: dict[str, list[int]] = field(default_factory=dict)
    #: who stands in for whom
    instead_of: dict[int, int] = field(default_factory=dict)
    away: set[int] = field(default_factory=set)

    def mediators(self, units: Sequence[str]) -> Sequence[Candidate]:
        return []

    def team(self, unit: str) -> Sequence[Candidate]:
        return self.members(unit)

    def is_grid(self, unit: str) -> bool:
        return unit == GRID

    def workers(self, unit: str) -> Sequence[Candidate]:
        return [Candidate(person, unit) for person in self.workers_of.get(unit, ()) if person not in self.away]

    def micro_workers(self, unit: str) -> Sequence[Candidate]:
        return [Candidate(person, unit) for person in self.micro_of.get(unit, ())]

    def members(self, unit: str) -> Sequence[Candidate]:
        return self.workers(unit)

    def stand_ins(self, unit: str, persons: Sequence[int] | None) -> Sequence[Candidate]:
        asked = self.away if persons is None else set(persons)
        return [Candidate(self.instead_of[p], unit) for p in asked if p in self.instead_of]

    def units_of(self, person: int) -> frozenset[str]:
        return frozenset(post.unit for post in PEOPLE[person].posts)

    def coordinators(self, unit: str) -> Sequence[int]:
        return self.coordinators_of.get(unit, ())


def calendar(*, quiet: bool = False) -> Calendar:
    hours = (time(21, 30), time(7, 30)) if quiet else None
    return Calendar(lambda day: day.weekday() < 5, SHANGHAI, quiet=hours)


def rules(directory: PlainDirectory | None = None, *, quiet: bool = False) -> Rules:
    return Rules(Deadlines(), calendar(quiet=quiet), directory or PlainDirectory())


def new_case(**over: object) -> Case:
    values: dict[str, object] = {
        "district": "370481",
        "id": 1,
        "number": "370481-20261124-0001",
        "matter": "elevator",
        "unit": GRID,
        "desk": COMMUNITY,
        "state": State.WAITING,
        "reported_at": NOON,
        "entered_at": NOON,
    }
    return Case(**(values | over))  # type: ignore[arg-type]


REPORTER = Party(1, Hat.REPORTER)
PEOPLE = {
    1: Person(1),
    2: Person(2),
    11: Person(11, posts=(Post(Role.WORKER, GRID, PATHS[GRID]),)),
    12: Person(12, posts=(Post(Role.WORKER, GRID, PATHS[GRID]),)),
    21: Person(21, posts=(Post(Role.COORDINATOR, COMMUNITY, PATHS[COMMUNITY]),)),
    31: Person(31, posts=(Post(Role.COORDINATOR, STREET, PATHS[STREET]),)),
}
