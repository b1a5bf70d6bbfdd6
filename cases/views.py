"""What a conversation sees of cases, talks and staff, and what it hands in: plain values that a desk deals in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Self

from cases.model import CaseFile, Entry
from cases.people import Person
from cases.states import Hat


class CaseKey(NamedTuple):
    district: str
    id: int

    def __str__(self) -> str:
        return f"{self.district}-{self.id:x}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError on anything that is no key."""
        district, _, number = text.partition("-")
        id_ = int(number, 16)
        if not 0 < id_ < 2**63:
            raise ValueError(text)
        return cls(district, id_)


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as one person may see it."""

    key: CaseKey
    file: CaseFile
    hats: frozenset[Hat]
    words: str
    media: tuple[int, ...]
    #: entries that carry words, oldest first
    said: tuple[Entry, ...]
    unit_name: str
    holder: Person | None = None
    reporter: Person | None = None
    #: what was done, word or no word, oldest first
    steps: tuple[Entry, ...] = ()
    #: those whom steps and offers name
    people: Mapping[int, Person] = field(default_factory=dict)
    #: it was his own report, and he withdrew it
    left: bool = False

    def consented(self) -> dict[int, Hat]:
        """Those who agreed to the plan as it stands now, each as what."""
        found = (e for e in self.steps if e.action == "consent" and e.seq > self.file.case.plan)
        return {entry.by: entry.hat for entry in found if entry.by is not None}

    def last(self, action: str) -> Entry | None:
        return next((entry for entry in reversed(self.said) if entry.action == action), None)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    key: CaseKey
    number: str
    matter: str
    private: bool
    state: str
    place: str
    unit_name: str
    due: datetime | None
    #: what waits for a coordinator's word: "extension", "call"
    pending: str = ""
    #: void because it was not accepted, and not because it was withdrawn
    refused: bool = False
    #: whoever reads it reported nothing, and only follows: no door for them
    follows: bool = False


@dataclass(slots=True)
class Conversation:
    id: int
    chat: int
    person: int
    flow: str
    version: int
    args: dict[str, Any]
    steps: list[list[Any]] = field(default_factory=list)
    asking: str = ""
    revision: int = 0
    #: when something of it was asked or answered last
    touched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    id: int
    person: int
    chat: int
    words: str
    media: tuple[int, ...]
    facts: dict[str, Any]
    state: str


@dataclass(frozen=True, slots=True)
class Subject:
    """For whom somebody else reports (代报)."""

    name: str
    phone: str
    #: what they are to the proxy
    relation: str = ""


class Opened(NamedTuple):
    """Somebody had a person's number shown to him: when, who, of which case, and what for."""

    at: datetime
    by: str
    number: str
    why: str


class Own(NamedTuple):
    """What is kept of a person."""

    name: str
    phone_masked: str
    home: str
    consented_at: datetime | None
    cases: int
    drafts: int
    opened: tuple[Opened, ...]


#: what a coordinator's board counts, in its order: what waits for him, what nobody holds, late, nearly so, the rest
BOARD = ("mine", "nobody", "late", "soon", "open")


@dataclass(frozen=True, slots=True)
class Storm:
    """Many cases of one matter within minutes, and who is asked about them."""

    first: CaseKey
    #: those that are open; whether it is asked goes by all that came
    count: int
    matter: str
    coordinators: tuple[int, ...]
    #: of this question: nobody is asked it twice
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What an invitation brought: a post, or the wish for one that a coordinator must allow."""

    person: int
    role: str
    unit: str
    #: meant for somebody known by name
    named: bool
    #: "" or the mark under which a coordinator answers
    mark: str = ""
    coordinators: tuple[int, ...] = ()
    #: through a link for many: whoever uses it applies
    opening: bool = False


@dataclass(frozen=True, slots=True)
class StaffMember:
    person: int
    name: str
    role: str
    unit: str
    open_cases: int = 0
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """What a coordinator's area waits for: counts by group, one page of lines, and the units below with theirs."""

    unit: str
    counts: Mapping[str, int]
    lines: Sequence["CaseLine"]
    #: (unit, name, how many need somebody)
    below: Sequence[tuple[str, str, int]] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class NewCase:
    #: None: it came from another system, under `outside`
    draft: int | None
    #: "whole", or the part of a message that was about two things: "concrete", "complaint"
    part: str
    person: int
    chat: int | None
    hat: Hat
    matter: str
    unit: str
    place: str
    words: str
    media: tuple[int, ...] = ()
    urgent: bool = False
    confidential: bool = False
    private: bool = False
    #: they asked to be phoned
    call: bool = False
    source: str = "resident"
    outside: str = ""
    outside_due: datetime | None = None
    subject: Subject | None = None
    #: False: what happens in the same breath is told instead
    told: bool = True
    #: another case of the same message shows the same pictures
    shared: bool = False
    #: (latitude, longitude), where one was sent
    point: tuple[float, float] | None = None
    tag: Mapping[str, Any] = field(default_factory=dict)
