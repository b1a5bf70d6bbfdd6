"""What could be the name of a place: some characters before a word that ends places, with what follows them.

Which of them is one is learned from marked sentences: 前刘庄 is, 看过的庄 is not (`nlp.places.judge`).
"""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from nlp.places.tails import tails

#: characters a name has before the word that ends it
LONGEST = 8
#: so many of them are told apart
TOLD_APART = 5
#: what no name holds
NEVER = frozenset("的了着吗呢吧啊呀么哪谁啥咋我你您他她它俺恁，。！？；：、,.!?;:…“”\"'（）()《》\r\n\t　 ")

#: kind of sign -> what was seen: each kind has its own table of weights
Sign = tuple[str, str]


class Candidate(NamedTuple):
    start: int
    #: where the word that ends its name begins and ends
    ending: int
    named: int
    end: int
    #: as `tails` says
    tail: str

    def signs(self, text: str, words: Container[str]) -> Iterator[Sign]:
        """What may speak for it or against it; `words`: those everybody uses."""
        yield from before(text, self.start, self.ending)
        yield from named(text, self.start, self.ending, self.named, words)
        yield from after(text, self.end, self.tail, text[self.ending : self.named])
        for at in range(self.start, self.ending):
            yield from inside(text, at, self.ending)
        if self.start == self.ending and self.end == self.named:
            yield from bare(text[self.ending : self.named])


def before(text: str, start: int, ending: int) -> Iterator[Sign]:
    """Of where a name begins."""
    yield "b", text[max(0, start - 1) : start]
    yield "B", text[max(0, start - 2) : start]
    if start < ending:
        yield "F", text[start : start + 2]


def inside(text: str, at: int, ending: int) -> Iterator[Sign]:
    """Of one character of a name, and of it and the next."""
    yield "i", text[at]
    if at + 1 < ending:
        yield "I", text[at : at + 2]


def named(text: str, start: int, ending: int, end: int, words: Container[str]) -> Iterator[Sign]:
    """Of the name itself: its length, its last word, and whether it is a word like any other, with that or without."""
    long = min(ending - start, TOLD_APART)
    yield "w", f"{long}{text[ending:end]}"
    yield "k", f"{long}{'+' if text[start:ending] in words else '-'}"
    yield "h", f"{long}{'+' if text[start:end] in words else '-'}"
    yield "X", "+" if text[max(0, start - 1) : start + 1] in words else "-"


def after(text: str, end: int, tail: str, word: str) -> Iterator[Sign]:
    """Of where it ends, after this word."""
    yield "W", word
    yield "T", tail + word[-1:]
    yield "a", text[end : end + 1]
    yield "A", text[end : end + 2]


def bare(word: str) -> Iterator[Sign]:
    """Of a word with nothing before or after it: 村委会 is somebody, 火车站 a place."""
    yield "z", ""
    yield "z", word


def starts(text: str, ending: int) -> Iterator[int]:
    """Where a name may begin whose last word begins here, from the right."""
    yield ending
    for start in range(ending - 1, max(-1, ending - LONGEST - 1), -1):
        if text[start] in NEVER:
            return
        yield start


def candidates(text: str, ends: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """`ends`: where words stand that end places."""
    for ending, named_ in ends:
        for end, tail in tails(text, named_):
            for start in starts(text, ending):
                yield Candidate(start, ending, named_, end, tail)
