"""What the rules ask of the outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cases.calendar import Calendar
from cases.deadlines import Deadlines
from cases.people import Candidate
from cases.understanding import Understanding


class Clock(Protocol):
    """Business time; the demo's can be pushed forward. Leases and pacing use the database's own time instead."""

    def now(self) -> datetime: ...


class Directory(Protocol):
    """Who answers for a unit. *Present*: in office, and reachable in some chat."""

    def line(self, unit: str) -> Sequence[str]:
        """The unit and everything above it, nearest first."""
        ...

    def workers(self, unit: str) -> Sequence[Candidate]:
        """Present workers of exactly this unit."""
        ...

    def coordinators(self, unit: str) -> Sequence[int]:
        """Present coordinators of exactly this unit."""
        ...


class Understands(Protocol):
    def understand(self, text: str) -> Understanding: ...


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
