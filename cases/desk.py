"""The desk a conversation works at: all it may read or write, in one transaction. `storage` implements it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol, Self

from cases.model import CaseFile, Entry, Hat
from cases.people import Candidate, Person, Unit
from cases.ports import Rules


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
    #: what waits for a coordinator's word: "extension:5", "call"
    pending: str = ""
    #: void because it was not accepted, and not because it was withdrawn
    refused: bool = False


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


@dataclass(frozen=True, slots=True)
class Storm:
    """Many cases of one matter within minutes, and who is asked about them."""

    first: CaseKey
    count: int
    matter: str
    coordinators: tuple[int, ...]


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


@dataclass(frozen=True, slots=True)
class StaffMember:
    person: int
    name: str
    role: str
    unit: str
    open_cases: int = 0
    away_until: datetime | None = None
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
    source: str = "resident"
    outside: str = ""
    outside_due: datetime | None = None
    subject: Subject | None = None
    #: False: what happens in the same breath is told instead
    told: bool = True
    tag: Mapping[str, Any] = field(default_factory=dict)


class Talks(Protocol):
    """Conversations, drafts, and which message belongs to what."""

    def begin(self, chat: int, person: int, flow: str, version: int, args: dict[str, Any]) -> Conversation: ...
    def open(self, chat: int, person: int) -> Sequence[Conversation]:
        """Newest first."""
        ...

    def get(self, conversation: int) -> Conversation | None: ...
    def save(self, conversation: Conversation) -> None:
        """Its revision is one more than the stored one; raises Transient when somebody else was faster."""
        ...

    def end(self, conversation: Conversation) -> None:
        """Raises Transient when it went on meanwhile."""
        ...

    def draft(self, draft: int) -> Draft: ...
    def new_draft(self, person: int, chat: int, words: str, media: tuple[int, ...], facts: dict[str, Any],
                  remind_at: datetime) -> int: ...  # fmt: skip
    def recent_draft(self, person: int, since: datetime) -> Draft | None: ...
    def add_to_draft(self, draft: int, words: str, media: tuple[int, ...]) -> None: ...
    def close_draft(self, draft: int, state: str, *, erase: bool = False) -> None: ...

    def hear(self, chat: int, ref: str, draft: int) -> None: ...
    def heard(self, chat: int, ref: str) -> int | None:
        """The draft that a message of theirs became."""
        ...

    def album(self, person: int, album: str) -> Draft | None: ...
    def mark_album(self, draft: int, album: str) -> None: ...
    def note_album(self, chat: int, album: str, case: CaseKey, person: int) -> None:
        """The first picture of an album came to this case; the others follow in messages of their own."""
        ...

    def case_of_album(self, chat: int, album: str) -> CaseKey | None: ...
    def about(self, chat: int, ref: str) -> tuple[CaseKey | None, int | None]:
        """(case, conversation) that a message of ours speaks of."""
        ...

    def reminded(self, draft: int) -> None: ...


class Outbox(Protocol):
    def say(self, chat: int, message: Mapping[str, Any], *, conversation: int | None = None,
            person: int | None = None, fact: bool = False, urgent: bool = False) -> None: ...  # fmt: skip
    def show(self, chat: int, person: int, case: CaseKey) -> None:
        """The case's card, as a new message."""
        ...

    def strip(self, chat: int, conversation: int) -> None:
        """A conversation is over: its buttons go."""
        ...


class Groups(Protocol):
    """Group chats: which unit's they are, and what becomes of them."""

    def bind(self, chat: int, unit: str | None) -> None: ...
    def unit_of(self, chat: int) -> str | None: ...
    def leave(self, chat: int) -> None: ...
    def move(self, chat: int, to: str) -> None: ...


class Desk(Protocol):
    @property
    def now(self) -> datetime: ...
    @property
    def rules(self) -> Rules: ...
    @property
    def talks(self) -> Talks: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def groups(self) -> Groups: ...

    def person(self, person: int) -> Person: ...
    def consent(self, person: int) -> None: ...
    def settle(self, person: int, home: str) -> None: ...
    def speak(self, person: int, language: str) -> None: ...
    def rename(self, person: int, name: str) -> None: ...
    def set_phone(self, person: int, phone: str) -> None: ...
    def chat_of(self, person: int) -> int | None: ...

    def unit(self, code: str) -> Unit | None: ...
    def children(self, unit: str) -> Sequence[Unit]: ...
    def holders(self, case: CaseKey, by: int, unit: str = "") -> Sequence[Candidate]:
        """Whom a coordinator may give it to; with a unit, those of it."""
        ...

    def receivers(self, case: CaseKey) -> Sequence[Candidate]:
        """Whom its holder may ask to take it over."""
        ...

    def would_hold(self, unit: str, person: int, matter: str = "", *, urgent: bool = False) -> Candidate | None: ...
    def top(self, district: str = "") -> str | None:
        """The highest unit of the district with a present coordinator: who hears of what has no place yet."""
        ...

    def file(self, new: NewCase) -> CaseKey: ...
    def view(self, case: CaseKey, person: int) -> CaseView: ...
    def perform(self, case: CaseKey, action: str, person: int, chat: int, given: Mapping[str, Any], words: str,
                media: tuple[int, ...]) -> CaseFile: ...  # fmt: skip
    def own_phone(self, person: int) -> str:
        """The whole number, for who is called to help them at once; empty if none is known."""
        ...

    def reporter_phone(self, case: CaseKey, person: int) -> str:
        """The whole number, for somebody whose asking was just entered in the case's history."""
        ...

    def cases_of_draft(self, draft: int) -> Mapping[str, CaseKey]:
        """By part: "whole", or "concrete" and "complaint"."""
        ...

    def case_by_number(self, number: str) -> CaseKey | None: ...
    def lines(self, cases: Sequence[CaseKey]) -> Sequence[CaseLine]:
        """These cases as lines; who asks must have been told of them."""
        ...

    def mine(self, person: int, *, only_open: bool = False) -> Sequence[CaseLine]: ...
    def tasks(self, person: int) -> Sequence[CaseLine]: ...
    def board(self, person: int, unit: str = "", group: str = "", page: int = 1) -> Board:
        """Without a unit: the whole area of all posts. Raises Refused for a unit that is not under them."""
        ...

    def own_desk(self, person: int) -> tuple[Mapping[str, int], Sequence[CaseLine], int]:
        """Of a coordinator's own desks: counts by group, the heaviest lines; and how many are late at desks below."""
        ...

    def mergeable(self, case: CaseKey) -> Sequence[CaseLine]:
        """Open cases of the same matter near by that this one could be made one with."""
        ...

    def spot_checks(self, person: int) -> Sequence[CaseLine]:
        """Closed cases drawn for a phone call (抽查)."""
        ...

    def refused_below(self, person: int) -> Sequence[CaseLine]:
        """What was not accepted below in the last day."""
        ...

    def without_holder(self, person: int, limit: int) -> tuple[Sequence[str], int]:
        """Names of grids in the coordinator's area where nobody is present, and how many there are."""
        ...

    def storm_to_offer(self, case: CaseKey) -> Storm | None: ...
    def storm(self, first: CaseKey) -> Sequence[CaseKey]: ...

    def invite(self, role: str, unit: str, by: int) -> str: ...
    def redeem(self, token: str, person: int, channel: str, user: str, district: str) -> Taken | None:
        """None: the invitation is used, past, unknown, or for another bot's district."""
        ...

    def admit(self, mark: str, by: int, *, yes: bool) -> Taken:
        """A coordinator's word about whoever used an invitation. Raises Refused when it is not his to say."""
        ...

    def staff(self, unit: str) -> Sequence[StaffMember]: ...
    def set_stand_in(self, person: int, unit: str, stand_in: int | None) -> None: ...
    def dismiss(self, person: int, unit: str, by: int) -> Mapping[int, Sequence[str]]:
        """Ends their posts in a unit; their open cases go to others: numbers by who has them now."""
        ...

    def stand_in_choices(self, person: int) -> Sequence[Candidate]: ...
    def leave(self, person: int, begins: datetime, ends: datetime, stand_in: int | None) -> None: ...
    def leave_of(self, person: int) -> tuple[datetime, datetime, int | None] | None: ...
    def back(self, person: int) -> None: ...
