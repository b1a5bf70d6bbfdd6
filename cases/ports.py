"""What the rules ask of the outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from cases.people import Candidate
from cases.places import Place
from cases.routes import STANDARD_ROUTES, Route
from cases.timing.calendar import Calendar
from cases.timing.deadlines import Deadlines
from cases.understanding import Understanding


class Clock(Protocol):
    """Business time; the demo's can be pushed forward. Leases and pacing use the database's own time instead."""

    def now(self) -> datetime: ...


class Directory(Protocol):
    """Who answers for a unit. *Present*: in office, not on leave, and reachable in some chat."""

    def line(self, unit: str) -> Sequence[str]:
        """The unit and everything above it, nearest first."""
        ...

    def workers(self, unit: str) -> Sequence[Candidate]:
        """Present workers of exactly this unit, full-time or not."""
        ...

    def micro_workers(self, unit: str) -> Sequence[Candidate]:
        """Present micro-workers of this unit who handle first (先办)."""
        ...

    def coordinators(self, unit: str) -> Sequence[int]:
        """Present coordinators of exactly this unit. Nobody stands in for them by a name on a list, since what is about
        a person must never come down to somebody below: the other coordinators do, or the level above."""
        ...

    def members(self, unit: str) -> Sequence[Candidate]:
        """Whoever present can be handed a case in a department or a body: its workers, else its coordinators."""
        ...

    def stand_ins(self, unit: str, persons: Sequence[int] | None) -> Sequence[Candidate]:
        """Who stands in, present, for these workers of the unit; None: for those of it that are away."""
        ...

    def team(self, unit: str) -> Sequence[Candidate]:
        """Everybody present with a post in exactly this unit, whatever it is."""
        ...

    def mediators(self, units: Sequence[str]) -> Sequence[Candidate]:
        """Present mediators of these units."""
        ...

    def is_grid(self, unit: str) -> bool:
        """A grid, and no micro-grid."""
        ...

    def units_of(self, person: int) -> frozenset[str]:
        """Where this person holds a post."""
        ...


class Understands(Protocol):
    def understand(self, text: str) -> Understanding: ...
    def danger(self, text: str) -> bool:
        """Whether a word of danger is in it: a look that costs nothing, and says too much rather than too little."""
        ...


class Locates(Protocol):
    def at(self, lat: float, lon: float) -> str | None:
        """The unit whose boundary holds the point, if one does."""
        ...

    def named(self, text: str) -> Sequence[tuple[str, str]]:
        """(unit, place words) for the places a text names, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What a case is judged by; its versions are stamped on the case."""

    deadlines: Deadlines
    calendar: Calendar
    directory: Directory
    #: matters at whose resolving a photo is asked for
    photo: frozenset[str] = frozenset()
    policy: str = ""
    taxonomy: str = ""
    #: first hit wins
    routes: tuple[Route, ...] = STANDARD_ROUTES
    #: by unit
    places: Mapping[str, Place] = field(default_factory=dict)
    #: the matters handed to grid workers here; None: all
    matters: frozenset[str] | None = None
    supervision_phone: str = ""
    #: the category of each matter, for routes that name one
    categories: Mapping[str, str] = field(default_factory=dict)
    #: what a unit writes to its residents is read one level up before it goes out
    notices_approved: bool = False
    #: cases one resident reports in a day
    reports_a_day: int = 30

    def at(self, unit: str) -> "Rules":
        """With everything that the unit and those above it lay over the standard; the nearest word counts."""
        if not self.places:
            return self
        found = self
        for code in reversed(self.directory.line(unit)):
            if place := self.places.get(code):
                found = replace(
                    found,
                    deadlines=found.deadlines.under(place.deadlines),
                    calendar=place.calendar or found.calendar,
                    matters=found.matters if place.matters is None else place.matters,
                    supervision_phone=place.supervision_phone or found.supervision_phone,
                    reports_a_day=place.reports_a_day or found.reports_a_day,
                )
        return found

    def admits(self, matter: str) -> bool:
        """Whether this matter is one that grid workers here are handed; what nobody could name yet, is."""
        return self.matters is None or not matter or matter in self.matters
