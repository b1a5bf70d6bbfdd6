"""What a case is made of. Frozen: a change is a new value, and `cases.act` is the only place that makes one."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class State(StrEnum):
    WAITING = "waiting"
    DISPATCHED = "dispatched"
    WORKING = "working"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    ARCHIVED = "archived"
    VOID = "void"
    MERGED = "merged"


OPEN = frozenset({State.WAITING, State.DISPATCHED, State.WORKING, State.ESCALATED})
FINAL = frozenset({State.VOID, State.MERGED})


class Hat(StrEnum):
    """What a person is *to one case*; roles (`cases.people.Role`) are what they are to a unit."""

    REPORTER = "reporter"
    PROXY = "proxy"
    FOLLOWER = "follower"
    HOLDER = "holder"
    RECEIVER = "receiver"
    COORDINATOR = "coordinator"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Case:
    district: str
    id: int
    number: str
    matter: str
    #: the grid it belongs to
    unit: str
    #: the unit whose coordinators decide about it now; rises with every 报上级
    desk: str
    state: State
    reported_at: datetime
    entered_at: datetime
    urgent: bool = False
    confidential: bool = False
    #: about a cadre or a worker: never for the worker pool, seen only from `desk` upward
    private: bool = False
    place: str = ""
    version: int = 0
    round: int = 1
    returns: int = 0
    disputes: int = 0
    #: the last moment of the clock that was acted on, see `cases.schedule`
    clocked_at: datetime | None = None
    next_at: datetime | None = None
    policy: str = ""
    taxonomy: str = ""
    #: the hash of its newest entry, see `cases.chain`
    head: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One stretch from dispatch to resolve. Nothing but a new round moves `due`."""

    number: int
    started_at: datetime | None = None
    ack_due: datetime | None = None
    contact_due: datetime | None = None
    due: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    resolved_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    seq: int
    round: int
    unit: str
    person: int
    given_at: datetime
    lead: bool = True
    #: open, returned, unreached, replaced, escalated or done
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Party:
    person: int
    part: Hat
    #: where this person hears of the case
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a case's history; `words` are free text and live apart, so that they can be erased."""

    seq: int
    action: str
    at: datetime
    hat: Hat
    by: int | None
    before: State | None
    after: State
    given: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    case: Case
    round: Round
    assignments: tuple[Assignment, ...] = ()
    parties: tuple[Party, ...] = ()

    @property
    def lead(self) -> Assignment | None:
        """The open lead assignment: its person is the holder."""
        return next((a for a in reversed(self.assignments) if a.lead and a.state == "open"), None)

    @property
    def holder(self) -> int | None:
        return self.lead.person if self.lead else None

    @property
    def worker(self) -> int | None:
        """The holder, or who finished it: he still sees it, though it is no longer his to act."""
        if self.holder is not None or self.case.state not in (State.RESOLVED, State.ARCHIVED):
            return self.holder
        return next((a.person for a in reversed(self.assignments) if a.lead and a.state == "done"), None)


@dataclass(frozen=True, slots=True)
class Notice:
    """A fact that one person must be told. `ring`: as a new message; else their card is brought up to date."""

    person: int
    audience: str
    ring: bool
    chat: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What one action does to one case: saved whole or not at all."""

    file: CaseFile
    entry: Entry
    notices: tuple[Notice, ...]
