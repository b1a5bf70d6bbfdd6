"""Many phrases found in the raw text at once, with exact spans: Aho-Corasick; of two that overlap the longer wins."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

import ahocorasick_rs as ac


class Hit(NamedTuple):
    start: int
    end: int
    #: as it is listed
    word: str
    #: everything it speaks for
    of: tuple[str, ...]


class Matcher:
    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """`phrases`: phrase -> what it speaks for."""
        self._words = list(phrases)
        self._of = [tuple(of) for of in phrases.values()]
        # ContiguousNFA: at half a million names a DFA takes 1.9 GB (measured)
        self._automaton = ac.AhoCorasick(
            self._words, matchkind=ac.MatchKind.Standard, implementation=ac.Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[Hit]:
        """In the order of the text."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        return apart([Hit(start, end, self._words[index], self._of[index]) for index, start, end in found])


def apart(hits: list[Hit]) -> list[Hit]:
    """Without those that a longer one covers in part, else an earlier: 楼|下水道, not 楼下|水道."""
    if all(one.end <= other.start for one, other in pairwise(hits)):
        return hits
    taken: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in taken):
            taken.append(hit)
    return sorted(taken)
