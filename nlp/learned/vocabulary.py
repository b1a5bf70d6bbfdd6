"""The features of a text: short runs of characters and words, each found in the raw text by one automaton.

jieba says what a word is, when the vocabulary is made. Reading does without it: a word is found where it stands, a
hundred times faster than by cutting the whole text (docs/understanding.md), and every feature has its span.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, cast

import ahocorasick_rs as ac
import numpy as np
import numpy.typing as npt

from nlp.words.plain import plain, wordy

#: what only counts is no word that could explain anything
_COUNT = set("一二三四五六七八九十百千万两半几多个第")
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

#: characters in a row
GRAMS = (1, 2)
#: what a lone character counts for; less, and short messages are lost, more, and long letters are
SINGLE = 0.6
#: a run of characters that is a word says more (+0.01 on city letters)
WORD_WEIGHT = 1.4
#: characters; what people put first carries the matter: +0.01 on city letters, where it is the title; and of a text
#: that is no longer than a message all is said first
OPENING, SHORT = 25, 40
OPENING_WEIGHT = 0.5


#: what stands in a text, in the order in which it ends: (feature, start, end), as often as it was found
Reading = list[tuple[int, int, int]]


class Vocabulary:
    """Immutable. `idf`: the weight of each feature by how rare it is; `words`: which of them are words."""

    def __init__(self, features: Sequence[str], idf: Floats, words: Flags) -> None:
        self.features, self.idf, self.words = list(features), idf, words

    @cached_property
    def _automaton(self) -> Any:
        return ac.AhoCorasick(self.features, implementation=ac.Implementation.ContiguousNFA)

    @classmethod
    def learned(cls, texts: Iterable[str], words_of: Callable[[str], Iterable[str]], *, rare: int = 1) -> "Vocabulary":
        """`rare`: in how many texts a feature must stand at least."""
        seen: Counter[str] = Counter()
        words: set[str] = set()
        count = 0
        for text in map(wordy, texts):
            own = {word for word in words_of(text) if len(word) > 1 and " " not in word and not set(word) <= _COUNT}
            words |= own
            seen.update(own | set(_grams(text)))
            count += 1
        kept = [feature for feature, times in seen.items() if times >= rare]
        idf = np.array([np.log((1 + count) / (1 + seen[feature])) + 1 for feature in kept], dtype=np.float32)
        flags = np.array([feature in words for feature in kept])
        idf *= np.where(flags, np.float32(WORD_WEIGHT), np.float32(1.0))
        idf *= np.array([SINGLE if len(feature) == 1 else 1.0 for feature in kept], dtype=np.float32)
        return cls(kept, idf, flags)

    def read(self, text: str) -> Reading:
        """No feature holds a mark or a digit."""
        return cast("Reading", self._automaton.find_matches_as_indexes(plain(text), overlapping=True))

    def values(self, reading: Reading) -> tuple[list[int], Floats]:
        """(features, each once, what it counts for): all share one length, and the opening has its own beside it."""
        ids = list(dict.fromkeys([feature for feature, _, _ in reading]))
        idf = self.idf.take(ids)
        values = idf * np.float32(unit(float(idf @ idf)))
        opening = idf[: opened(reading, len(ids))]
        values[: len(opening)] += opening * np.float32(OPENING_WEIGHT * unit(float(opening @ opening)))
        return ids, values


def opened(reading: Reading, all_: int) -> int:
    """How many of so many different features stand in the opening."""
    return all_ if not reading or reading[-1][2] <= SHORT else until(reading, OPENING)


def until(reading: Reading, end: int) -> int:
    """How many different features end here or before: the first ones."""
    return len({feature for feature, _, _ in reading[: bisect_right(reading, end, key=itemgetter(2))]})


def unit(square: float) -> float:
    """What brings a length of this square to one."""
    return square**-0.5 if square else 0.0


def part(reading: Reading, start: int, end: int) -> Reading:
    """What stands wholly inside this part, as if it had been read alone."""
    return [(feature, at - start, to - start) for feature, at, to in reading if at >= start and to <= end]


def _grams(text: str) -> Iterable[str]:
    for size in GRAMS:
        for start in range(len(text) - size + 1):
            gram = text[start : start + size]
            if " " not in gram:
                yield gram
