"""How a case stands, how an assignment stands, and what a person is to a case."""

from enum import StrEnum
from typing import NamedTuple, Self


class State(StrEnum):
    WAITING = "waiting"
    DISPATCHED = "dispatched"
    WORKING = "working"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    ARCHIVED = "archived"
    VOID = "void"
    MERGED = "merged"


class Held(StrEnum):
    """How one assignment stands, or how it ended."""

    OPEN = "open"
    #: somebody was asked to take it over, and has not answered
    OFFERED = "offered"
    DECLINED = "declined"
    LAPSED = "lapsed"
    RETURNED = "returned"
    RECUSED = "recused"
    UNREACHED = "unreached"
    STOOD_IN = "stood_in"
    REPLACED = "replaced"
    ESCALATED = "escalated"
    APPEALED = "appealed"
    DONE = "done"
    #: of those who act together with the lead (会办)
    INVITED = "invited"
    PART = "part"
    LEFT = "left"
    HELPED = "helped"
    CLOSED = "closed"


#: a part that is not in yet
TAKING_PART = (Held.INVITED, Held.PART)

OPEN = frozenset({State.WAITING, State.DISPATCHED, State.WORKING, State.ESCALATED})
FINAL = frozenset({State.VOID, State.MERGED})


class Hat(StrEnum):
    """What a person is *to one case*; roles (`cases.people.Role`) are what they are to a unit."""

    REPORTER = "reporter"
    PROXY = "proxy"
    SUBJECT = "subject"
    FOLLOWER = "follower"
    HOLDER = "holder"
    RECEIVER = "receiver"
    #: asked to take part (会办), takes part, and whose part is in
    INVITED = "invited"
    PART = "part"
    HELPER = "helper"
    COORDINATOR = "coordinator"
    CLOCK = "clock"


#: whose trouble it is, or who reported it for them; and those beside them who have the same
REPORTED = frozenset({Hat.REPORTER, Hat.PROXY, Hat.SUBJECT})
RESIDENTS = REPORTED | {Hat.FOLLOWER}


class Pending(NamedTuple):
    """What waits for a coordinator's word though the case is in somebody's hands: "extension", "call", or nothing."""

    kind: str = ""
    #: working days the extension is asked for
    days: int = 0

    def __str__(self) -> str:
        return f"{self.kind}:{self.days}" if self.days else self.kind

    @classmethod
    def parse(cls, text: str) -> Self:
        kind, _, days = text.partition(":")
        return cls(kind, int(days or 0))


#: somebody waits to be phoned
CALL = Pending("call")
