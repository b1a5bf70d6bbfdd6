"""The linear layer: all questions answered from one reading of a text, each answer by the words that speak for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from cases.understanding import Span
from nlp.learned.vocabulary import OPENING_WEIGHT, Flags, Floats, Reading, opened, part, unit, until
from nlp.learned.weights import Head, Weights

#: a word is shown when it carries at least this share of what the weightiest one carries
MATTERS = 0.45
#: words, at most
SHOWN = 3
#: features that are looked at for them
EXPLAINED = 100
#: what weighs less says nothing
LEAST = 1e-6
#: how much the title of a letter says beside all of it; found on letters, of .15 to .7 (+0.04; docs/understanding.md)
TITLE = 0.3
#: more features than any text that is heard has
_ONES = np.ones(4096, dtype=np.float32)


@dataclass(slots=True)
class Answers:
    """Of one text."""

    text: str
    reading: Reading
    #: what is known of it, each feature once, and what each weighs for every answer
    ids: list[int]
    weighed: Floats
    #: of the answers of all heads side by side; those of a head are shares of one
    shares: list[float]
    heads: Mapping[str, Head] = field(repr=False)
    is_word: Flags = field(repr=False)
    _asked: dict[str, Mapping[str, float]] = field(default_factory=dict, repr=False)

    def of(self, head: str) -> Mapping[str, float]:
        """Label -> probability; what the answers are without any text where nothing of it is known."""
        if head not in self._asked:
            known = self.heads.get(head)
            self._asked[head] = dict(zip(known.labels, self.shares[known.columns], strict=True)) if known else {}
        return self._asked[head]

    def why(self, head: str, label: str) -> list[Span]:
        """The words that speak most for this answer, in their order, of what was said first."""
        known = self.heads.get(head)
        if not self.ids or known is None or label not in known.labels:
            return []
        ids = np.array(self.ids[:EXPLAINED])
        weights = self.weighed[:EXPLAINED, known.columns.start + known.labels.index(label)]
        words = weights * self.is_word.take(ids)
        if words.max() <= 0:  # no word speaks for it, some characters may
            words = weights
        strongest = (words >= max(MATTERS * float(words.max()), LEAST)).nonzero()[0]
        weighty = dict(zip(ids[strongest].tolist(), words[strongest].tolist(), strict=True))
        said = sorted((weighty[of], -start, end) for of, start, end in self.reading if of in weighty)
        found: list[tuple[int, int]] = []
        for _, minus, end in reversed(said):
            if all(end <= other or -minus >= stop for other, stop in found):
                found.append((-minus, end))
                if len(found) == SHOWN:
                    break
        return [Span(start, end, self.text[start:end], label) for start, end in sorted(found)]


class Linear:
    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        vocabulary, heads = weights.vocabulary, weights.heads.values()
        self._is_word = vocabulary.words
        sharpness = np.concatenate([np.full(len(head.labels), head.sharpness) for head in heads]).astype(np.float32)
        idf = vocabulary.idf[:, None]
        #: what each feature weighs, and last its square, by which a text's length is known
        self._table = np.hstack([weights.matrix * idf * sharpness, idf**2])
        self._bias = np.concatenate([head.bias for head in heads]).astype(np.float32) * sharpness
        sizes = [len(head.labels) for head in heads]
        self._starts, self._head = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(sizes)), sizes)

    @property
    def size(self) -> int:
        return len(self.weights.vocabulary.features)

    def answer(self, text: str) -> Answers:
        return self._answers(text, self.weights.vocabulary.read(text))

    def part(self, whole: Answers, start: int, end: int) -> Answers:
        """As `answer` of this part of the text would be, without reading it again."""
        return self._answers(whole.text[start:end], part(whole.reading, start, end))

    def titled(self, whole: Answers, end: int) -> Answers:
        """What a text and its title, which ends here, say together, as far as each is sure; the words that show why
        are those of the whole."""
        title = self._shares(whole.weighed, until(whole.reading, end))
        both = np.array(whole.shares, dtype=np.float32) ** (1 - TITLE) * title**TITLE
        return replace(whole, shares=self._shared(both).tolist(), _asked={})

    def _shared(self, likely: Floats) -> Floats:
        """Shares of one, head by head."""
        return np.divide(likely, np.add.reduceat(likely, self._starts).take(self._head), dtype=np.float32)

    def _answers(self, text: str, reading: Reading) -> Answers:
        ids = list(dict.fromkeys([feature for feature, _, _ in reading]))[: len(_ONES)]
        rows = self._table.take(ids, 0)
        shares = self._shares(rows, len(ids), opened(reading, len(ids)))
        return Answers(text, reading, ids, rows, shares.tolist(), self.weights.heads, self._is_word)

    def _shares(self, rows: Floats, of: int, opening: int | None = None) -> Floats:
        """Of so many first features: the weights times `Vocabulary.values`, in few steps, since a short text is dear
        by their number. `opening`: so many of them were said first; all, where it is none."""
        sums = _ONES[:of] @ rows[:of]
        if opening is None or opening == of:
            margins = sums * ((1 + OPENING_WEIGHT) * unit(sums.item(-1)))
        else:
            first = _ONES[:opening] @ rows[:opening]
            margins = sums * unit(sums.item(-1)) + first * (OPENING_WEIGHT * unit(first.item(-1)))
        return self._shared(np.exp(margins[:-1] + self._bias))
