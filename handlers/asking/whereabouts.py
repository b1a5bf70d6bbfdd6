"""What a flow asks about a place: which unit it is, by which words it is known, how it was put right."""

import re
from collections.abc import Sequence

from handlers.context import Context
from handlers.places import LONGEST, words_of

#: names of a grid's places, which people know, as they do not know its number
KNOWN_BY = 2
#: characters; a place of which nothing is known says no more
SHORT = 10
#: what people say before a place
_THERE = re.compile("^(?:我|俺)?们?(?:就|现|还)?住?在")
#: and after it
_AFTER = "的呢啊呀哦吧。.！! "
#: where the building begins, behind the name of an estate
_BUILDING = re.compile(r"\d")
#: one thing and not another
_NOTHING_MORE = re.compile("(?:说错了|不对|不是)?[，, ]*(?:应该)?[是在]?")
_NOT_THIS = re.compile(r"(?:说错了[，, ]*)?不是(.{1,10}?)[，, ]*(?:而|应该)?是(.{1,12})")


def locate(context: Context, words: str, point: list[float] | None) -> list[list[str]]:
    """[(unit, label)]: one by a point; by words, every grid whose places they name (six at most), with the place
    of it that is most like them: nobody knows his grid by its number."""
    if point:
        unit = context.unit_at((point[0], point[1]))
        found = [unit] if unit else []
    else:
        found = context.units_named(words)[:6]
    if len(found) < 2:
        return [[code, name_of(context, code)] for code in found]
    return [
        [code, " · ".join(dict.fromkeys(filter(None, (name_of(context, code), _like(words, names)))))]
        for code, names in context.desk.places_of(found).items()
    ]


def _like(words: str, names: Sequence[str]) -> str:
    """The name that goes on furthest as the words do; where none begins in them, what the grid is known by."""
    begun = [name for name in names if name[:2] in words]
    known = "、".join(names[:KNOWN_BY])
    return max(begun, key=lambda name: sum(name[:end] in words for end in range(len(name) + 1)), default=known)


def name_of(context: Context, code: str) -> str:
    unit = context.desk.unit(code)
    return unit.name if unit else code


def corrected(context: Context, words: str, place: str) -> list[str]:
    """[place, unit] as these words put them right; empty where they do not, the unit also where it stays. "不是西门，
    是东门"; another place by its name alone; or the building, said after the estate."""
    said = _NOT_THIS.fullmatch(words.strip("。.!！ "))
    if said and said[1] in place:
        return [place.replace(said[1], said[2]), ""]
    understood = context.understood
    named = words_of(understood.facts()["places"])
    if not named or named in place or not _NOTHING_MORE.fullmatch(words.replace(named, "", 1).strip(_AFTER)):
        return ["", ""]
    return [named, understood.unit] if understood.unit else [f"{place}{named}"[:LONGEST], ""]


def other_building(context: Context, words: str, place: str) -> str:
    """The same estate with the building these words name, which name nothing else; "" where they name none."""
    named = words_of(context.understood.facts()["places"])
    bare = named and _NOTHING_MORE.fullmatch(words.replace(named, "", 1).strip(_AFTER))
    return f"{_BUILDING.split(place, maxsplit=1)[0]}{named}"[:LONGEST] if bare and _BUILDING.match(named) else ""


def names_a_place(context: Context, words: str) -> bool:
    """Whether they may be meant as one; "你吃了吗" and "养老金怎么领" are not."""
    said = context.understood
    return bool(said.places) or (len(words) <= SHORT and said.kind == "report" and not said.matter)


def place_words(context: Context, words: str) -> str:
    """Of an answer that tells more than a place, the place alone."""
    understood = context.understood
    named = "、".join(span.text for span in understood.places)[:LONGEST]
    more = len(words) > LONGEST or understood.private or (understood.matter and understood.places)
    return named if more or (named and _THERE.sub("", words).rstrip(_AFTER) == named) else words
