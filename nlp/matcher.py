"""Many phrases found in the raw text at once, with their exact spans: Aho-Corasick, the longest wins."""

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
            self._words, matchkind=ac.MatchKind.LeftmostLongest, implementation=ac.Implementation.ContiguousNFA
        )

    def find(self, text: str) -> list[Hit]:
        return [
            Hit(start, end, self._words[index], self._of[self._words[index]])
            for index, start, end in self._automaton.find_matches_as_indexes(text)
        ]

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        return self._of.items()

    def any(self, text: str) -> bool:
        return bool(self._automaton.find_matches_as_indexes(text))


def matcher(groups: Mapping[str, Iterable[str]]) -> Matcher:
    """From group -> phrases; a phrase of several groups speaks for all of them."""
    phrases: dict[str, list[str]] = {}
    for group, words in groups.items():
        for phrase in words:
            phrases.setdefault(phrase, []).append(group)
    return Matcher(phrases)
