"""Words of places: those that end their names, and names to put into sentences, from which places are learned."""

from collections.abc import Mapping
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
    #: made up: village, estate, road, shop -> names
    names: Mapping[str, tuple[str, ...]]
    #: of which names are made: what villages begin with and end in, what estates are called, trades and whose they are
    heads: tuple[str, ...]
    villages: tuple[str, ...]
    #: families after which some are called: 油坊李
    clans: tuple[str, ...]
    #: what a place without a name is called by: 红|房子
    looks: tuple[str, ...]
    things: tuple[str, ...]
    fine: tuple[str, ...]
    trades: tuple[str, ...]
    whose: tuple[str, ...]
    #: what people work for, and where it lodges them
    units: tuple[str, ...]
    homes: tuple[str, ...]
    #: what a street is called behind its word: 文化|西|路
    turns: tuple[str, ...]
    streets: tuple[str, ...]
    #: words that stand in names: 桃花, 红旗
    words: tuple[str, ...]
    #: kind of name -> regular expressions for words instead of which a name could be said: 俺们村里
    here: Mapping[str, tuple[str, ...]]
    #: what people say after a name: 东头, 3号楼
    tails: tuple[str, ...]
    #: sentences with {} for what is said and [] for where
    frames: tuple[str, ...]


def load() -> PlaceWords:
    return _load(OURS, OURS.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _load(path: Path, changed: int) -> PlaceWords:  # noqa: ARG001 - read once, until it is changed
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - the safe loader, in C
    return PlaceWords(**{name: _plain(words) for name, words in read.items()})


def _plain(words: Any) -> Any:
    """Lists of lists as one; what stands in them twice is drawn twice as often."""
    if isinstance(words, dict):
        return {name: _plain(own) for name, own in words.items()}
    rows = (word if isinstance(word, list) else [word] for word in words)
    return tuple(str(word) for row in rows for word in row)
