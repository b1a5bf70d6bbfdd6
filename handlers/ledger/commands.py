"""What a flow of the ledger can ask to be done. Plain values, like those of `handlers.commands`."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ItemAct:
    """An action on an item of the ledger."""

    item: int
    action: str
    given: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenWork:
    """列入计划: the steps of a case's work, ISO moment and words each."""

    case: str
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OpenHousehold:
    """A household in the ledger of needs; `who`: name, number, unit, and where as it was said; none: whoever asks."""

    who: tuple[str, str, str, str] | None
    words: str = ""
    media: tuple[int, ...] = ()
    #: days between two visits; 0: none are planned
    every: int = 0
    #: where it is, if that had to be asked
    unit: str = ""


@dataclass(frozen=True, slots=True)
class OpenVisit:
    unit: str
    who_came: str
    weekly: bool


@dataclass(frozen=True, slots=True)
class VisitLine:
    item: int
    mark: str
    words: str
    media: tuple[int, ...]
    #: what it was understood as: a matter and a unit, "" where nothing
    matter: str
    unit: str
    #: no further one is asked for
    last: bool = False


@dataclass(frozen=True, slots=True)
class OpenPatrol:
    unit: str
    title: str
    #: ISO
    day: str


@dataclass(frozen=True, slots=True)
class OpenNotice:
    unit: str
    words: str
    media: tuple[int, ...]
    #: it rings in the quiet hours, too
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """No more notices from the unit, or notices again."""

    silent: bool


@dataclass(frozen=True, slots=True)
class Review:
    """述职评议 of a unit; year: "this" or "last"."""

    unit: str
    year: str


@dataclass(frozen=True, slots=True)
class Contest:
    """A worker contests one case of his assessment."""

    number: str
    words: str
    media: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Export:
    what: str
    unit: str
    #: why nothing is to be hidden in it; "": everything is that should be
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recruit:
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Sit:
    """Somebody sits at a desk; ISO dates, the first and the last day of it."""

    unit: str
    person: int
    first: str
    last: str
