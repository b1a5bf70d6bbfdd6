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
class NewCase:
    draft: int
    #: "whole", or the part of a message that was about two things: "concrete", "complaint"
    part: str
    person: int
    chat: int
    hat: Hat
    matter: str
    unit: str
    place: str
    words: str
    media: tuple[int, ...] = ()
    urgent: bool = False
    confidential: bool = False
    private: bool = False
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
    def grids(self) -> Sequence[Unit]: ...
    def holders(self, case: CaseKey, by: int) -> Sequence[Candidate]: ...
    def would_hold(self, unit: str, person: int) -> Candidate | None: ...
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
    def mine(self, person: int, *, only_open: bool = False) -> Sequence[CaseLine]: ...
    def tasks(self, person: int) -> Sequence[CaseLine]: ...
    def board(self, person: int) -> Mapping[str, Sequence[CaseLine]]: ...

    def invite(self, role: str, unit: str, by: int) -> str: ...
    def redeem(self, token: str, person: int, channel: str, user: str, district: str) -> tuple[str, str, bool] | None:
        """(role, unit, whether it was meant for somebody named) taken on; None: the invitation is used, past, unknown,
        or for another bot's district."""
        ...
