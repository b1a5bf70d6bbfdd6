"""A place as it is written on a case."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

#: characters; a longer answer tells a story, and only the place in it is kept
LONGEST = 40


def at_point(place: str, point: Sequence[float]) -> str:
    """With the coordinates behind it, so that whoever goes there finds it; five digits are a metre."""
    return f"{place.partition('(')[0].strip()} ({point[0]:.5f},{point[1]:.5f})".strip()


#: with no building before it
_DOOR = re.compile(r"\d{3,4}(?:室|户)?")
_BUILDING = re.compile(r"[\d一二三四五六七八九十]{1,3}(?:号楼|栋|幢|座|#)")
#: as understood (`cases.understanding.Understanding.facts`)
Places = Sequence[Mapping[str, Any]]


def words_of(places: Places) -> str:
    """As they stand on a case: 枫林小区3号楼 and 3号楼1单元 are one place."""
    said = ""
    for span in places:
        more = str(span["text"])
        if more not in said and not _somebody_s(said, more):
            same = next((n for n in range(min(len(said), len(more)), 0, -1) if said.endswith(more[:n])), 0)
            said += more[same if same > 1 else 0 :]
    return said[:LONGEST]


def _somebody_s(said: str, more: str) -> bool:
    """A door, or another building, with no name of its own: 402天天吵，我家在302; 9号楼电梯坏了，我是12号楼的."""
    building = bool(_BUILDING.search(said)) and _BUILDING.match(more) is not None
    return bool(said) and (building or _DOOR.fullmatch(more) is not None)


def one_unit(places: Places) -> str:
    """The one they name; "" where they name none or several."""
    units = {span["of"] for span in places if span["of"]}
    return str(units.pop()) if len(units) == 1 else ""
