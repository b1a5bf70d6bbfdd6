"""What an import of units or people came to."""

from dataclasses import dataclass


@dataclass
class Taken:
    added: int = 0
    changed: int = 0
    moved: int = 0
    retired: int = 0
    same: int = 0

    def __str__(self) -> str:
        return (
            f"{self.added} added, {self.changed} changed, {self.moved} moved, {self.retired} retired, {self.same} same"
        )
