"""Short lessons from a file that a place can edit."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from config.mistakes import Mistakes

OURS = Path(__file__).with_name("lessons.yaml")


@dataclass(frozen=True, slots=True)
class Quiz:
    ask: str
    options: tuple[str, ...]
    #: which of them, counted from 1
    right: int
    why: str


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    text: str
    quiz: Quiz | None = None


def load(path: Path | None = None, *, quiz: bool = False) -> tuple[Lesson, ...]:
    """Without their quizzes where a place wants none. Raises Mistakes for what is no list of lessons."""
    path = path or OURS
    try:
        found = yaml.safe_load(path.read_text("utf-8"))
        return tuple(_lesson(entry, quiz=quiz) for entry in found)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise Mistakes([f"lessons {path}: {type(error).__name__}: {error}"]) from error


def _lesson(entry: dict[str, Any], *, quiz: bool) -> Lesson:
    asked = entry.get("quiz") if quiz else None
    return Lesson(str(entry["title"])[:30], str(entry["text"]).strip(), _quiz(asked) if asked else None)


def _quiz(entry: dict[str, Any]) -> Quiz:
    options = tuple(str(option)[:30] for option in entry["options"])
    if not 1 <= int(entry["right"]) <= len(options):
        raise ValueError(f"right: {entry['right']} is none of the options")
    return Quiz(str(entry["ask"]), options, int(entry["right"]), str(entry.get("why", "")))
