"""Units, people and the roles that bind them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    WORKER = "worker"
    MICRO = "micro"
    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    MEDIATOR = "mediator"
    LEADER = "leader"
    ADMIN = "admin"

    @property
    def zh(self) -> str:
        """As the design's glossary has it, and a clerk writes it in a sheet."""
        return _ZH[self]


_ZH = {
    Role.WORKER: "网格员",
    Role.MICRO: "微网格员",
    Role.VOLUNTEER: "志愿者",
    Role.COORDINATOR: "协调员",
    Role.MEDIATOR: "调解员",
    Role.LEADER: "领导",
    Role.ADMIN: "管理员",
}


#: a micro-worker handles first (先办), or is lent for his weight and called in by others (协调)
FIRST, CALLED = "first", "called"
#: those to whom cases can be handed
WORKING = (Role.WORKER, Role.MICRO)

LEVELS = ("province", "city", "county", "street", "community", "grid", "micro", "department")


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str
    level: str
    parent: str = ""
    #: codes from the root to this unit, each ended by '/': a prefix of it is an ancestor
    path: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One role of one person for one unit."""

    role: Role
    unit: str
    path: str
    #: declared hours (`cases.timing.hours`); "" always
    hours: str = ""
    #: of a micro-worker: FIRST or CALLED
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Not listened to: why, until when (None: without an end), and whether they heard of it."""

    reason: str
    until: datetime | None = None
    told: bool = False

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str = ""
    phone_masked: str = ""
    language: str = "zh"
    home: str = ""
    consented_at: datetime | None = None
    posts: tuple[Post, ...] = field(default=())
    block: Block | None = None
    #: the steps of a first case that somebody new was led through, see `handlers.people.training`
    taught: str = ""

    def serves(self, *roles: Role) -> tuple[Post, ...]:
        """The posts in these roles, those of the first one first."""
        return tuple(post for role in roles for post in self.posts if post.role == role)

    def answers_for(self, line: Sequence[str], *roles: Role) -> bool:
        """Whether one of these posts is for a unit of this line: the unit itself, or one above it."""
        return any(post.unit in line for post in self.serves(*roles))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could hold a case, with how many he holds already."""

    person: int
    unit: str
    open_cases: int = 0
    name: str = ""
    unit_name: str = ""
    phone_masked: str = ""
    hours: str = ""
    #: of a micro-worker: FIRST or CALLED
    mode: str = ""
