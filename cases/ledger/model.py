"""What a ledger is made of. Frozen, like cases: a change is a new value, and `cases.ledger.act` alone makes one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    #: 列入计划: a promise of work that takes weeks
    WORK = "work"
    #: 调解: a dispute and those who try to settle it
    MEDIATION = "mediation"
    #: 帮扶: a household, what it needs and who looks after it
    HOUSEHOLD = "household"
    #: 排查: a round through every grid of a unit
    PATROL = "patrol"
    #: 围炉夜话: an evening of listening
    VISIT = "visit"
    #: 通知: from a unit to those who live there
    NOTICE = "notice"
    #: 申诉: a worker's word against an entry of his assessment
    CONTEST = "contest"
    #: 述职评议: a year, and what is to be mended after it
    REVIEW = "review"


class Part(StrEnum):
    """What a person is *to one item*."""

    #: who answers for it now, or has a duty of it
    KEEPER = "keeper"
    AUTHOR = "author"
    MEDIATOR = "mediator"
    #: one of those in dispute, or a household itself
    PARTY = "party"
    #: a worker of its unit
    WORKER = "worker"
    #: a leader of its unit or above: reads
    LEADER = "leader"
    #: coordinators of its unit and above
    STAFF = "staff"
    #: coordinators above its unit
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    district: str
    kind: Kind
    number: str
    unit: str
    state: str
    created_at: datetime
    entered_at: datetime
    by: int | None = None
    keeper: int | None = None
    #: the case it came from, of the same district
    case: int | None = None
    version: int = 0
    #: plain figures and dates by which it is judged; never people's words
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    person: int
    part: Part
    #: of a party: "", "agreed" or "refused"
    answer: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """待办: one thing somebody does by a day; settled by a photo or a tap."""

    #: 0: not stored yet
    id: int
    kind: str
    person: int | None
    unit: str
    due: datetime
    made_at: datetime
    words: str = ""
    #: open, done or dropped
    state: str = "open"
    done_at: datetime | None = None
    #: 0: nothing was said yet, 1: reminded, 2: said that it is late
    told: int = 0
    #: when it was before it was moved
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One line of an item's history, appended only; words live apart and can be erased."""

    seq: int
    action: str
    at: datetime
    by: int | None
    given: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemFile:
    item: Item
    title: str = ""
    members: tuple[Member, ...] = ()
    duties: tuple[Duty, ...] = ()

    @property
    def open(self) -> tuple[Duty, ...]:
        return tuple(sorted((d for d in self.duties if d.state == "open"), key=lambda d: (d.due, d.id)))

    @property
    def parties(self) -> tuple[Member, ...]:
        return tuple(m for m in self.members if m.part is Part.PARTY)

    def duty(self, number: int) -> Duty | None:
        return next((d for d in self.duties if d.id == number), None)


@dataclass(frozen=True, slots=True)
class ItemChange:
    file: ItemFile
    note: Note
    #: (audience, person) of everybody who is told by a new message
    told: tuple[tuple[str, int], ...] = ()
