"""What a text shows of each character: itself, its neighbours, and how common the pairs are that it makes with them.

Names are told from common speech by what stands around them, and since their characters seldom stand together in any
other sentence. All digits look alike, and all letters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import add

#: labels of a character: no place, the first of one, inside one, the last
OUTSIDE, FIRST, INSIDE, LAST = "O", "B", "I", "E"
#: where the characters and the beginnings of the pairs stand that are looked at, from the one that is labelled
CHARACTERS = range(-2, 3)
PAIRS = range(-2, 2)
#: marks no place holds
MARKS = "，。！？；：、,!?;:…“”\"'（）()《》"
#: characters around a text
EDGE = "\x02\x02", "\x03\x03\x03"
#: in so many of our sentences a pair of characters of each rank stands at least
RANKS = (1, 3, 10)

_ALIKE = {ord(digit): "0" for digit in "123456789０１２３４５６７８９"}
_ALIKE |= {ord(letter): "a" for letter in "bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"}
#: behind a blank a number may go on, "四楼养了一阳台鸽子" is another sentence
_PAUSE = re.compile(r"[ \u3000](?![0-9A-Za-z])|[\r\n\t]")
_OTHERWISE = re.compile(f"[{''.join(map(chr, _ALIKE))}]")


def edged(text: str) -> str:
    """With all digits and letters alike, a comma for a pause, and edges around it."""
    text = _PAUSE.sub("，", text)
    return (text.translate(_ALIKE) if _OTHERWISE.search(text) else text).join(EDGE)


def pairs(text: str) -> Iterator[str]:
    """Of an edged text: the one that begins with each of its characters but the last."""
    return map(add, text, text[1:])


def rank(times: int) -> int:
    return sum(times >= least for least in RANKS)


def signs(text: str, times: Mapping[str, int], own: int = 0) -> Iterable[list[str]]:
    """For each character. `times`: in how many sentences a pair stands; `own`: of them this one, which says nothing."""
    around, start = edged(text), len(EDGE[0])
    of_pairs = [(pair, rank(times.get(pair, 0) - own)) for pair in pairs(around)]
    for at in range(start, start + len(text)):
        said = [f"c{by}{around[at + by]}" for by in CHARACTERS]
        for by in PAIRS:
            pair, ranked = of_pairs[at + by]
            said += f"p{by}{pair}", f"r{by}{ranked}"
        yield said
