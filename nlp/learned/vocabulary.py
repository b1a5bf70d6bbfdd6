"""The features of a text: short runs of characters and words, each found in the raw text by one automaton.

jieba says what a word is, when the vocabulary is made. Reading does without it: a word is found where it stands, a
hundred times faster than by cutting the whole text (docs/understanding.md), and every feature has its span.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import ahocorasick_rs as ac
import numpy as np
import numpy.typing as npt

from nlp.words.plain import wordy

#: what only counts is no word that could explain anything
_COUNT = set("一二三四五六七八九十百千万两半几多个第")
Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

#: characters in a row
GRAMS = (1, 2, 3)
#: what a lone character counts for; less, and short messages are lost, more, and long letters are
SINGLE = 0.6
#: a run of characters that is a word says more (+0.01 on city letters)
WORD_WEIGHT = 1.4
#: characters; what people put first carries the matter: +0.01 on city letters, where it is the title
OPENING = 25
OPENING_WEIGHT = 0.5


class Reading(NamedTuple):
    """What stands in a text: every feature as often as it was found, with its value and its span."""

    ids: Ints
    values: Floats
    starts: Ints
    ends: Ints


class Vocabulary:
    """Immutable. `idf`: the weight of each feature by how rare it is; `words`: which of them are words."""

    def __init__(self, features: Sequence[str], idf: Floats, words: Flags) -> None:
        self.features, self.idf, self.words = list(features), idf, words

    @cached_property
    def _automaton(self) -> Any:
        return ac.AhoCorasick(self.features, implementation=ac.Implementation.ContiguousNFA)

    @classmethod
    def learned(cls, texts: Iterable[str], words_of: Callable[[str], Iterable[str]], *,
                rare: int = 1) -> "Vocabulary":  # fmt: skip
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

    def read(self, text: str) -> Reading | None:
        """None: nothing of it is known."""
        hits = self._automaton.find_matches_as_indexes(wordy(text), overlapping=True)
        if not hits:
            return None
        return self._weighed(*np.fromiter(chain.from_iterable(hits), np.int64, 3 * len(hits)).reshape(-1, 3).T)

    def part(self, reading: Reading, start: int, end: int) -> Reading | None:
        """What stands wholly inside this part, as if it had been read alone."""
        inside = (reading.starts >= start) & (reading.ends <= end)
        ids = reading.ids[inside]
        return self._weighed(ids, reading.starts[inside] - start, reading.ends[inside] - start) if len(ids) else None

    def _weighed(self, ids: Ints, starts: Ints, ends: Ints) -> Reading:
        idf = self.idf[ids]
        times = _times(ids)
        once = idf * (1 + np.log(times))  # what the feature counts for, however often it stands there
        values = once / times
        values *= np.float32((once @ values) ** -0.5)
        opening = idf * (starts < OPENING)
        if length := float(opening @ opening):
            values += opening * np.float32(OPENING_WEIGHT * length**-0.5)
            values *= np.float32((values * times @ values) ** -0.5)
        return Reading(ids, values, starts, ends)


def _times(ids: Ints) -> Floats:
    """How often each of them stands there. A short text says nothing twice, which is quickly seen."""
    if len(set(ids.tolist())) == len(ids):
        return np.ones(len(ids), dtype=np.float32)
    _, which, counts = np.unique(ids, return_inverse=True, return_counts=True)
    return counts[which].astype(np.float32)


def _grams(text: str) -> Iterable[str]:
    for size in GRAMS:
        for start in range(len(text) - size + 1):
            gram = text[start : start + size]
            if " " not in gram:
                yield gram
