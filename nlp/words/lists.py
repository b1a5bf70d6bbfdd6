"""All word lists in one pass: what each finds in a text, with exact spans; stop phrases hide what they cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick_rs as ac

from nlp.words.matcher import Hit, apart
from nlp.words.plain import plain

#: the list whose phrases hide others
STOP = "stop"


@dataclass(frozen=True, slots=True)
class Found:
    """List -> its hits in the order of the text; of two that overlap the longer, else the first."""

    hits: Mapping[str, list[Hit]]

    def of(self, name: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Those that stand wholly inside this part of the text."""
        found = self.hits.get(name, [])
        if not found or (start == 0 and end is None):
            return found
        return [hit for hit in found if hit.start >= start and (end is None or hit.end <= end)]

    def said(self, name: str, start: int = 0, end: int | None = None) -> set[str]:
        """What the hits speak for."""
        return {of for hit in self.of(name, start, end) for of in hit.of}


class Lists:
    def __init__(self, lists: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
        """list -> what a phrase speaks for -> phrases."""
        speaks: dict[str, dict[str, dict[str, None]]] = {}
        for name, groups in lists.items():
            for of, phrases in groups.items():
                for phrase in phrases:
                    speaks.setdefault(plain(phrase).strip(), {}).setdefault(name, {})[of] = None
        speaks.pop("", None)
        self._words = list(speaks)
        self._speaks = [[(name, tuple(of)) for name, of in speaks[word].items()] for word in self._words]
        self._automaton = ac.AhoCorasick(self._words, implementation=ac.Implementation.ContiguousNFA)

    def find(self, text: str) -> Found:
        hits: dict[str, list[Hit]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(plain(text), overlapping=True):
            for name, of in self._speaks[index]:
                hits.setdefault(name, []).append(Hit(start, end, self._words[index], of))
        if hidden := hits.pop(STOP, None):
            for name, own in hits.items():
                hits[name] = [hit for hit in own if all(hit.end <= s.start or hit.start >= s.end for s in hidden)]
        return Found({name: apart(own) for name, own in hits.items() if own})
