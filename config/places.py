"""Words of places: those that end their names, and names to put into sentences, from which places are learned."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

OURS = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    #: 家属院, 路, 庄
    ends: tuple[str, ...]
    names: tuple[str, ...]
    #: what people say after a name: 东头, 3号楼
    tails: tuple[str, ...]
    #: sentences with {} for what is said and [] for where
    frames: tuple[str, ...]


def load() -> PlaceWords:
    return _load(OURS, OURS.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, changed: int) -> PlaceWords:  # noqa: ARG001 - read once, until it is changed
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: dict[str, list[Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader, in C
    return PlaceWords(
        ends=_each(read["ends"]), names=_each(read["names"]), tails=_each(read["tails"]),
        frames=tuple(read["frames"]),
    )  # fmt: skip


def _each(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for row in rows for word in row))
