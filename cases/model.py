"""What a case is made of. Frozen: a change is a new value, and `cases.life.act` is the only place that makes one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.states import TAKING_PART, Hat, Held, Pending, State


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
    #: how it came in: resident, found (by a worker), desk, or the name of another system
    source: str = "resident"
    #: its number and its deadline there: the outside deadline wins
    outside: str = ""
    outside_due: datetime | None = None
    #: one of many like it within minutes: the id of the first of them
    storm: int | None = None
    version: int = 0
    round: int = 1
    returns: int = 0
    disputes: int = 0
    #: a level above decided who does it: no return, no second asking
    decided: bool = False
    #: the entry in which those who act together agreed on what is to be done; 0: there is none
    plan: int = 0
    pending: Pending = field(default_factory=Pending)
    #: the last moment of the clock that was acted on, see `cases.life.schedule`
    clocked_at: datetime | None = None
    next_at: datetime | None = None
    policy: str = ""
    taxonomy: str = ""
    #: the hash of its newest entry, see `cases.chain`
    head: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One stretch from dispatch to resolve. Nothing but a new round, the one granted extension and the month of a
    mediation moves `due`."""

    number: int
    started_at: datetime | None = None
    ack_due: datetime | None = None
    contact_due: datetime | None = None
    due: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    resolved_at: datetime | None = None
    #: who said so: of a case in somebody's hands, it may be a coordinator
    resolved_by: int | None = None
    outcome: str = ""
    #: when somebody comes to look; moves reminders, never a deadline
    appointed_at: datetime | None = None
    #: when it is about to be late
    yellow_at: datetime | None = None
    #: what `due` was before it was moved
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    seq: int
    round: int
    unit: str
    person: int
    given_at: datetime
    lead: bool = True
    state: Held = Held.OPEN
    #: the hours this person works in (`cases.timing.hours`); "" always
    hours: str = ""
    #: of a part: by when it is to be in, when it was taken, and when it was
    due: datetime | None = None
    accepted_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    person: int
    part: Hat
    #: where this person hears of the case; None: by phone only
    chat: int | None = None
    #: what a subject is to the proxy
    relation: str = ""


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
        return next((a for a in reversed(self.assignments) if a.lead and a.state is Held.OPEN), None)

    @property
    def offer(self) -> Assignment | None:
        """Somebody was asked to take it over, and has not answered."""
        return next((a for a in reversed(self.assignments) if a.state is Held.OFFERED), None)

    @property
    def parts(self) -> tuple[Assignment, ...]:
        """Those who act together with the lead, and are not done."""
        return tuple(a for a in self.assignments if not a.lead and a.state in TAKING_PART)

    @property
    def voices(self) -> tuple[Party, ...]:
        """Who may say whether it was solved: never a proxy. Where who reported withdrew it, those who follow it."""
        own = tuple(p for p in self.parties if p.part in (Hat.REPORTER, Hat.SUBJECT))
        return own or tuple(p for p in self.parties if p.part is Hat.FOLLOWER)

    @property
    def asked(self) -> tuple[Party, ...]:
        """Who is asked at the end: those who may say it, and whoever said that it is his trouble, too."""
        voices = self.voices
        return (*voices, *(p for p in self.parties if p.part is Hat.FOLLOWER and p not in voices))

    @property
    def holder(self) -> int | None:
        return self.lead.person if self.lead else None

    @property
    def worker(self) -> int | None:
        """The holder, or who finished it: he still sees it, though it is no longer his to act."""
        if self.holder is not None or self.case.state not in (State.RESOLVED, State.ARCHIVED):
            return self.holder
        return next((a.person for a in reversed(self.assignments) if a.lead and a.state is Held.DONE), None)


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
