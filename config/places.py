"""Words of places: those that end their names, and names to put into sentences, from which places are learned."""

from dataclasses import dataclass
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
    #: between two roads: 与
    joins: tuple[str, ...]
    #: sentences with {} for what is said and [] for where
    frames: tuple[str, ...]


def load() -> PlaceWords:
    read: dict[str, list[Any]] = yaml.safe_load(OURS.read_text(encoding="utf-8"))
    return PlaceWords(
        ends=_each(read["ends"]), names=_each(read["names"]), tails=_each(read["tails"]),
        joins=tuple(read["joins"]), frames=tuple(read["frames"]),
    )  # fmt: skip


def _each(rows: list[list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for row in rows for word in row))
