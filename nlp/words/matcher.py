"""Many phrases found in the raw text at once, with exact spans: Aho-Corasick; of two that overlap the longer wins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs as ac


@dataclass(frozen=True, slots=True)
class Hit:
    start: int
    end: int
    text: str
    #: everything this phrase speaks for
    of: tuple[str, ...]


class Matcher:
    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """`phrases`: phrase -> what it speaks for."""
        self._of = {phrase: tuple(of) for phrase, of in phrases.items()}
        self._words = list(self._of)
        # ContiguousNFA: at half a million names a DFA takes 1.9 GB (measured)
        self._automaton = ac.AhoCorasick(
            self._words, matchkind=ac.MatchKind.Standard, implementation=ac.Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[Hit]:
        """In the order of the text. 楼|下水道, not 楼下|水道: the longer of two that overlap, else the first."""
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        taken: list[tuple[int, int, int]] = []
        for index, start, end in sorted(found, key=lambda hit: (hit[1] - hit[2], hit[1])):
            if all(end <= other or start >= stop for _, other, stop in taken):
                taken.append((index, start, end))
        taken.sort(key=lambda hit: hit[1])
        return [Hit(start, end, self._words[i], self._of[self._words[i]]) for i, start, end in taken]

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return self._of.items()

    def any(self, text: str) -> bool:
        return bool(self._automaton.find_matches_as_indexes(text, overlapping=True))


def matcher(groups: Mapping[str, Iterable[str]]) -> Matcher:
    """From group -> phrases; a phrase of several groups speaks for all of them."""
    phrases: dict[str, list[str]] = {}
    for group, words in groups.items():
        for phrase in words:
            phrases.setdefault(phrase, []).append(group)
    return Matcher(phrases)
