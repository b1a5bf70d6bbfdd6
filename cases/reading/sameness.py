"""Whether two reports are of one thing: near enough, not too old, and said alike. A person always decides."""

import re
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from unicodedata import normalize

from cases.reading.numerals import in_digits

#: mean radius of the earth, in metres
EARTH = 6_371_000
#: the share of two words' pairs of characters from which they say alike; retellings of one thing share that much
#: (docs/understanding.md), and a place that is told the same needs none of it
ALIKE = 0.2
#: so often within so many days at one spot, and a coordinator hears that it comes back
COMES_BACK, COMES_BACK_DAYS = 3, 30


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near and how recent another report must be to be the same thing."""

    metres: int = 300
    days: int = 7
    #: what the matter is told by: a lamp is no manhole, though both are of one matter at one place
    things: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says of where and what."""

    words: str
    place: str
    unit: str
    point: tuple[float, float] | None = None


#: what a number is, by the word behind it; without one it is a door
_PART = {
    **dict.fromkeys(("号楼", "栋", "幢", "座", "#", "#楼"), "building"),
    **dict.fromkeys(("单元", "门"), "unit"),
    **dict.fromkeys(("层", "楼"), "floor"),
    **dict.fromkeys(("室", "户", ""), "door"),
    "号": "number",
    "号院": "yard",
    "区": "area",
    "期": "phase",
}
_WORDS = "|".join(sorted(_PART, key=len, reverse=True)).replace("门", "门(?![口前外])")
#: digits of coordinates are none
_NUMBERED = re.compile(rf"(?<![\d.,(])([0-9a-z]{{1,4}})(?![0-9a-z.])({_WORDS})")
_SHORT = re.compile(r"\d{1,3}(?:-\d{1,2})?-\d{1,4}")


def alike(new: Told, old: Told, near: Nearness) -> float:
    """How much two reports of one matter seem one: 0 for those that are not near, else up to 1."""
    if new.point and old.point:
        if distance(new.point, old.point) > near.metres:
            return 0.0
    elif new.unit != old.unit:
        return 0.0
    one, other = _door(new.place), _door(old.place)
    if any(one[part] != other[part] for part in one.keys() & other.keys()):
        return 0.0  # two buildings, two lifts
    if _others(new.words, old.words, near.things):
        return 0.0
    said = shared_pairs(new.words, old.words)
    there = bool(new.place) and new.place == old.place
    return max(said, ALIKE + said / 2 if there else 0.0) if said >= ALIKE or there else 0.0


def _others(one: str, other: str, things: frozenset[str]) -> bool:
    """Both name a thing, and none that has a character in common with one of the other's: 路灯 is 灯, and no 井盖."""
    named = [{character for thing in things if thing in words for character in thing} for words in (one, other)]
    return all(named) and named[0].isdisjoint(named[1])


def _door(place: str) -> dict[str, str]:
    """The building and what is behind it, by what it is: 五号楼 is ５号楼 is 5栋; 3-2-501 is 3号楼2单元501."""
    plain = in_digits(normalize("NFKC", place), "号|栋|幢|座|单元|门|室|户|楼").lower()
    if short := _SHORT.search(plain):
        building, *unit, door = short[0].split("-")
        return {"building": building, "door": door} | ({"unit": unit[0]} if unit else {})
    return {_PART[found[2] or ""]: found[1] for found in _NUMBERED.finditer(plain)}


def shared_pairs(a: str, b: str) -> float:
    """Dice's coefficient over pairs of characters, 0 to 1."""
    one, other = _pairs(a), _pairs(b)
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _pairs(words: str) -> set[str]:
    plain = "".join(c for c in words if c.isalnum())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Metres between two points given as (latitude, longitude)."""
    (lat, lon), (other_lat, other_lon) = (tuple(map(radians, point)) for point in (a, b))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))
