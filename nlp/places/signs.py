"""What a text shows of each character: itself, its neighbours, and how common the pairs are that it makes with them.

Names are told from common speech by what stands around them, and since their characters seldom stand together in any
other sentence. All digits look alike, and all letters.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import add

import ahocorasick_rs as ac

#: labels of a character: no place, the first of one, inside one, the last
OUTSIDE, FIRST, INSIDE, LAST = "O", "B", "I", "E"
#: where the characters and the beginnings of the pairs stand that are looked at, from the one that is labelled
CHARACTERS = range(-2, 3)
PAIRS = range(-2, 2)
#: marks no place holds
MARKS = "，。！？；：、,!?;:…“”\"'（）()《》"
#: characters no name holds
PARTICLES = "了着吗呢吧嘛么们俺咱恁额您你他她啥咋哪唔啲佢咩嘅瞅"
#: characters around a text
EDGE = "\x02\x02", "\x03\x03\x03"
#: in so many of our sentences a pair of characters of each rank stands at least
RANKS = (1, 3, 10)
#: words that end places are told apart by their length up to this
ENDED = 4

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


class Ends:
    """Words that end the names of places: 小区, 路, 庄."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._automaton = ac.AhoCorasick(self.words, implementation=ac.Implementation.ContiguousNFA)

    def signs(self, text: str) -> list[int]:
        """For each character: how long the longest such word is that ends with it, that ends before it, and that it
        stands in; each as a digit of a number to the base of ENDED."""
        size = len(text)
        ended, within = [0] * (size + 1), [0] * size
        for _, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            long = min(end - start, ENDED - 1)
            ended[end] = max(ended[end], long)
            for at in range(start, end):
                within[at] = max(within[at], long)
        return [(ended[at + 1] * ENDED + ended[at]) * ENDED + within[at] for at in range(size)]


def signs(text: str, times: Mapping[str, int], ends: Ends, own: int = 0) -> Iterable[list[str]]:
    """For each character. `times`: in how many sentences a pair stands; `own`: of them this one, which says nothing."""
    of_ends = ends.signs(text)
    around, start = edged(text), len(EDGE[0])
    of_pairs = [(pair, rank(times.get(pair, 0) - own)) for pair in pairs(around)]
    for at in range(start, start + len(text)):
        said = [f"c{by}{around[at + by]}" for by in CHARACTERS]
        for by in PAIRS:
            pair, ranked = of_pairs[at + by]
            said += f"p{by}{pair}", f"r{by}{ranked}"
        said.append(f"e{of_ends[at - start]}")
        yield said
