"""What a conversation sees of the ledger, and what it hands in; and the port through which it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from cases.ledger.model import Duty, Item, ItemChange, ItemFile, Kind, Member, Note, Part
from cases.people import Person
from cases.views import CaseKey


class Home(NamedTuple):
    """Where a notice of the unit goes."""

    person: int
    chat: int
    language: str


@dataclass(frozen=True, slots=True)
class NewItem:
    kind: Kind
    unit: str
    title: str
    #: None: it came from a sheet
    by: int | None
    keeper: int | None = None
    case: CaseKey | None = None
    members: tuple[Member, ...] = ()
    duties: tuple[Duty, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    #: what was said when it began
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as one person may see it."""

    file: ItemFile
    parts: frozenset[Part]
    notes: tuple[Note, ...]
    people: Mapping[int, Person]
    unit_name: str


class ItemLine(NamedTuple):
    id: int
    kind: Kind
    number: str
    title: str
    state: str
    unit_name: str
    keeper: str
    unit: str
    keeper_id: int | None = None
    by: int | None = None


class DutyLine(NamedTuple):
    id: int
    item: int
    of: Kind
    kind: str
    title: str
    words: str
    due: datetime
    unit_name: str
    person: str


class Items(Protocol):
    def open(self, new: NewItem) -> int:
        """The item's id."""
        ...

    def perform(
        self, item: int, action: str, person: int, given: Mapping[str, Any], said: str = "", media: tuple[int, ...] = ()
    ) -> ItemChange: ...
    def view(self, item: int, person: int) -> ItemView:
        """Raises Refused for what does not exist and for what is not theirs, in the same words."""
        ...

    def lines(
        self, person: Person, kinds: Sequence[Kind], unit: str = "", states: Sequence[str] = ()
    ) -> Sequence[ItemLine]:
        """What is theirs: under their posts, kept by them, or about them; the newest first."""
        ...

    def duties_of(self, person: int) -> Sequence[DutyLine]:
        """Open, the nearest first."""
        ...

    def counts(self, kinds: Sequence[Kind], unit: str) -> Mapping[str, int]:
        """By state, of a unit and all below."""
        ...

    def due_counts(self, unit: str) -> Mapping[str, tuple[int, int]]:
        """By kind of duty, of a unit and all below: how many are open, and how many of them late."""
        ...

    def household(self, person: int, unit: str) -> int | None:
        """The living household of this person in a unit."""
        ...

    def add_duty(self, item: int, duty: Duty) -> None: ...
    def ask(self, item: int, duty: Duty, by: int, media: tuple[int, ...]) -> ItemChange:
        """A need of a household, said by somebody who is nothing to it."""
        ...

    def drop_weekly(self, person: int) -> None:
        """No more reminders of evenings that this person set before."""
        ...

    def of_case(self, key: CaseKey, kind: Kind) -> int | None: ...
    def hearing(self, district: str, case: int) -> Sequence[int]:
        """Who reported or follows a case, and has a chat; of one about a person, nobody."""
        ...

    def grids(self, unit: str) -> Sequence[tuple[str, int | None]]:
        """Every grid of a unit, and a worker of it; None: it has none who is present."""
        ...

    def change_duty(self, duty: Duty) -> None: ...
    def look_again(self, duty: Duty, at: datetime) -> None: ...
    def media(self, item: int) -> tuple[int, ...]:
        """What came with its beginning."""
        ...

    def unit_name(self, unit: str) -> str: ...
    def mailed(self, item: Item, last: int, count: int) -> None:
        """A notice reached so many more homes, the last of them this one."""
        ...

    def homes(self, unit: str, *, after: int, limit: int) -> Sequence[Home]:
        """Residents whose home is in the unit, who have a chat and did not opt out of its notices; by number."""
        ...

    def count_homes(self, unit: str) -> int: ...
