"""Place words no list knows, with the numbers and directions after them: 锦绣家园9号楼2单元, 和平路与育才街口.

Every word that ends places is asked for its likeliest beginning and its likeliest end; both are judged by weights over
small signs (what stands before, inside, after), learned from sentences in which the places are marked.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import ahocorasick_rs as ac

from cases.understanding import Span
from nlp.places import candidates as of
from nlp.places.tails import before_numbers, joined, numbers, tails

#: characters; where it is stands at the beginning, or the message is short; and of what is longer so many
HEARD, OF_LONGER = 150, 70
#: so bad an end is not worth looking for a beginning
HOPELESS = -4.7
#: from so far below the best a beginning farther left hardly ever comes back: twice in 1,788 places
LOST = -2.0
_NOTHING = [0.0] * (of.TOLD_APART + 1)
Tables = Mapping[str, Mapping[str, float]]


class Place(NamedTuple):
    score: float
    start: int
    end: int


class Judge:
    """Immutable. `ends`: words that end places; `words`: those everybody uses; `version`: of what it was
    learned from."""

    def __init__(self, ends: Sequence[str], tables: Tables, bias: float, words: frozenset[str],
                 version: str = "") -> None:  # fmt: skip
        self.ends, self.tables, self.bias, self.words, self.version = tuple(ends), tables, bias, words, version
        table = {kind: tables.get(kind, {}) for kind in "bBFiIwkhXWTaAz"}
        self._single, self._inside = table["b"].get, table["i"].get
        self._across = table["X"].get("-", 0.0), table["X"].get("+", 0.0)
        pairs = {*table["B"], *table["F"], *table["I"], *(word for word in words if len(word) == 2)}
        #: two characters -> what they say before a name, as its first, inside it, and half before it
        self._pairs = {
            pair: (
                table["B"].get(pair, 0.0) + self._single(pair[-1:], 0.0), table["F"].get(pair, 0.0),
                table["I"].get(pair, 0.0), self._across[pair in words],
            ) for pair in pairs
        }  # fmt: skip
        self._word, self._tail = table["W"].get, table["T"].get
        self._next, self._next_two = table["a"].get, table["A"].get
        lengths = range(of.TOLD_APART + 1)
        self._named = {word: [table["w"].get(f"{long}{word}", 0.0) for long in lengths] for word in ("", *ends)}
        self._usual, self._unusual, self._whole, self._part = (
            [table[kind].get(f"{long}{sign}", 0.0) for long in lengths] for kind in "kh" for sign in "+-"
        )
        self._any_alone = table["z"].get("", 0.0)
        self._alone = {word: self._any_alone + more for word, more in table["z"].items()}

    @cached_property
    def _automaton(self) -> Any:
        return ac.AhoCorasick(self.ends, implementation=ac.Implementation.ContiguousNFA)

    def ended(self, text: str) -> list[tuple[int, int]]:
        """Where words stand that end places, and where a building begins."""
        words = [(start, end) for _, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)]
        return words + [(at, at) for at in before_numbers(text)]

    def candidates(self, text: str) -> Iterator[of.Candidate]:
        return of.candidates(text, self.ended(text))

    def spans(self, text: str) -> list[Span]:
        """In the order of the text, none inside another; `of` is empty, since no unit is known by such a name."""
        text = text if len(text) <= HEARD else text[:OF_LONGER]
        likely = [place for ended in self.ended(text) if (place := self._likeliest(text, *ended)).score > 0]
        taken: list[tuple[int, int]] = []
        for start, end in [*((place.start, place.end) for place in sorted(likely, reverse=True)), *numbers(text)]:
            if all(end <= other or start >= stop for other, stop in taken):
                taken.append((start, end))
        return [Span(start, end, text[start:end], "") for start, end in joined(text, sorted(taken))]

    def _likeliest(self, text: str, ending: int, named: int) -> Place:
        """Of the places with this last word. Beginning and end are judged apart, since no sign but `bare` looks at
        both; both weigh `Candidate.signs` without a step in between, since this is where the time goes."""
        back, end = self._back(text, ending, named)
        if self.bias + back < HOPELESS:
            return Place(HOPELESS, ending, end)
        front, start = self._front(text, ending, named)
        alone = self._alone.get(text[ending:named], self._any_alone) if (start, end) == (ending, named) else 0.0
        return Place(self.bias + front + back + alone, start, end)

    def _front(self, text: str, ending: int, named: int) -> tuple[float, int]:
        """The likeliest beginning, by `before`, `inside` and `named` of the candidates."""
        words, length = self.words, self._named.get(text[ending:named], _NOTHING)
        best, found, inner, start, long = float("-inf"), ending, 0.0, ending, 0
        first = 0.0  # an empty name has none
        _, next_first, next_two, across = self._pair(text, ending - 1)
        while True:
            before, new_first, new_two, new_across = self._pair(text, start - 2)
            score = (
                inner + before + first + across + length[long]
                + (self._usual if text[start:ending] in words else self._unusual)[long]
                + (self._whole if text[start:named] in words else self._part)[long]
            )  # fmt: skip
            if score > best:
                best, found = score, start
            last = text[start - 1] if start else ""
            if not last or last in of.NEVER or ending - start == of.LONGEST:
                return best, found
            inner += self._inside(last, 0.0) + (next_two if start < ending else 0.0)
            if inner < best + LOST:
                return best, found
            start -= 1
            if long < of.TOLD_APART:
                long += 1
            first, across, next_first, next_two = next_first, new_across, new_first, new_two

    def _pair(self, text: str, at: int) -> tuple[float, float, float, float]:
        """Of the two characters from here; at the beginning of the text of the one that is there."""
        pair = text[at : at + 2] if at >= 0 else text[: at + 2]
        return self._pairs.get(pair) or (self._single(pair[-1:], 0.0), 0.0, 0.0, self._across[0])

    def _back(self, text: str, ending: int, named: int) -> tuple[float, int]:
        """The likeliest end, by `after` of the candidates."""
        best, found = float("-inf"), named
        for end, tail in tails(text, named):
            score = (
                self._tail(tail + (text[named - 1] if ending < named else ""), 0.0)
                + self._next(text[end : end + 1], 0.0) + self._next_two(text[end : end + 2], 0.0)
            )  # fmt: skip
            if score > best:
                best, found = score, end
        return best + self._word(text[ending:named], 0.0), found
