"""What an import of people came to."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Invitation(NamedTuple):
    name: str
    role: str
    unit: str
    token: str


@dataclass
class Taken:
    added: int = 0
    changed: int = 0
    moved: int = 0
    retired: int = 0
    same: int = 0
    invitations: list[Invitation] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.moved} moved, {self.retired} left, {self.same} same"
