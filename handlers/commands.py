"""What a flow can ask to be done. Plain values: `handlers.asking.doing` does them."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Act:
    """An action of the lifecycle on a case."""

    action: str
    case: str
    given: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Submit:
    """A draft becomes a case (or the named part of one)."""

    draft: int
    matter: str
    unit: str
    part: str = "whole"
    place: str = ""
    point: tuple[float, float] | None = None
    #: None: the draft's own
    words: str | None = None
    more: tuple[str, ...] = ()
    media: tuple[int, ...] = ()
    confidential: bool = False
    private: bool = False
    call: bool = False
    #: for whom somebody else reports: name, number, relation
    subject: tuple[str, str, str] | None = None
    #: a worker found it; what he did about it on the spot, if he did
    found: bool = False
    settled: str | None = None
    settled_media: tuple[int, ...] = ()
    #: of a message that becomes two cases, the one after which its draft is done with
    last: bool = True


@dataclass(frozen=True, slots=True)
class Follow:
    """我也是这事: a draft is no case of its own, and whoever wrote it hears of the other one."""

    draft: int
    case: str
    more: tuple[str, ...] = ()
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """The other trouble of a message becomes a report of its own."""

    matter: str
    words: str
    unit: str
    place: str
    point: tuple[float, float] | None = None
    confidential: bool = False
    subject: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    draft: int
    key: str = "report.dropped"
    #: the words too: of an accusation that is not ours to keep
    erase: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The message being worked is a report, at this unit, and at this point of it or at the place of this name."""

    unit: str
    media: tuple[int, ...] = ()
    point: tuple[float, float] | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """A kept draft goes on as a new report."""

    draft: int
    #: what was said until it was known
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplement:
    """A kept draft turns out to belong to a case."""

    draft: int
    case: str
    #: what was said until it was known
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    pass


@dataclass(frozen=True, slots=True)
class Phone:
    number: str


@dataclass(frozen=True, slots=True)
class Invite:
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class CallMe:
    """A coordinator on duty phones this person."""


@dataclass(frozen=True, slots=True)
class Rename:
    """By what name this person is known to residents."""

    name: str


@dataclass(frozen=True, slots=True)
class Tell:
    """The sentence of this key, and nothing is done."""

    key: str


@dataclass(frozen=True, slots=True)
class Bind:
    """The group that is spoken in becomes this unit's; "" nobody's."""

    unit: str


@dataclass(frozen=True, slots=True)
class Speak:
    language: str


@dataclass(frozen=True, slots=True)
class SeeOwn:
    """What is kept of this person."""


@dataclass(frozen=True, slots=True)
class CopyOwn:
    """All of it, as a file."""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The consent; what was reported under it goes on."""


@dataclass(frozen=True, slots=True)
class Forget:
    """This person wants to be forgotten."""


@dataclass(frozen=True, slots=True)
class Begin:
    """An action on a case that was picked from several."""

    action: str
    case: str
    #: what was written before it was asked which
    words: str = ""
    media: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Apply:
    """Whoever used an invitation is announced to those who allow it."""

    mark: str
    role: str
    unit: str
    coordinators: tuple[int, ...]
    name: str
    #: what somebody who answers an opening says of himself
    about: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """ISO dates, the first and the last day of it."""

    first: str
    last: str
    stand_in: int | None


@dataclass(frozen=True, slots=True)
class Back:
    """From leave, or from the thought of it."""


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Somebody leaves a unit; his open cases go on with others."""

    person: int
    unit: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who does it when this one cannot (B post); None: nobody."""

    person: int
    unit: str
    stand_in: int | None


@dataclass(frozen=True, slots=True)
class AnswerAlarm:
    """Whoever is on duty says something to who is in danger."""

    draft: int
    words: str
    media: tuple[int, ...] = ()
