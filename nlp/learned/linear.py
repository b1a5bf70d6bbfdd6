"""The linear layer: all questions answered from one reading of a text, each answer by the words that speak for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from cases.understanding import Span
from nlp.learned.vocabulary import OPENING_WEIGHT, Floats, Reading, opened, part, unit
from nlp.learned.weights import Head, Weights

#: a word is shown when it carries at least this share of what the weightiest one carries
MATTERS = 0.45
#: words, at most
SHOWN = 3
#: features that are looked at for them
EXPLAINED = 100
#: more features than any text that is heard has
_ONES = np.ones(4096, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one text."""

    text: str
    reading: Reading
    #: what is known of it, each feature once, and what each weighs for every answer
    ids: list[int]
    weighed: Floats
    #: of the answers of all heads side by side, before those of a head are made shares of one
    likely: list[float]
    heads: Mapping[str, Head] = field(repr=False)
    is_word: bytes = field(repr=False)
    _shares: dict[str, Mapping[str, float]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, head: str) -> Mapping[str, float]:
        """Label -> probability; what the answers are without any text where nothing of it is known."""
        if head not in self._shares:
            known = self.heads.get(head)
            own = self.likely[known.columns] if known else []
            whole = sum(own)
            labels = known.labels if known else ()
            self._shares[head] = dict(zip(labels, [share / whole for share in own], strict=True))
        return self._shares[head]

    def why(self, head: str, label: str) -> list[Span]:
        """The words that speak most for this answer, in their order, of what was said first."""
        known = self.heads.get(head)
        if not self.ids or known is None or label not in known.labels:
            return []
        column = known.columns.start + known.labels.index(label)
        weights = dict(zip(self.ids, self.weighed[:, column].tolist(), strict=True))
        said = [
            (weights[feature], -start, end, self.is_word[feature])
            for feature, start, end in self.reading[:EXPLAINED]
            if weights[feature] > 0
        ]
        words = sorted([each for each in said if each[-1]] or said, reverse=True)
        found: list[tuple[int, int]] = []
        for weight, minus, end, _ in words:
            if len(found) == SHOWN or weight < MATTERS * words[0][0]:
                break
            if all(end <= other or -minus >= stop for other, stop in found):
                found.append((-minus, end))
        return [Span(start, end, self.text[start:end], label) for start, end in sorted(found)]


class Linear:
    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        vocabulary, heads = weights.vocabulary, weights.heads.values()
        self._is_word = bytes(vocabulary.words)
        sharpness = np.concatenate([np.full(len(head.labels), head.sharpness) for head in heads]).astype(np.float32)
        idf = vocabulary.idf[:, None]
        #: what each feature weighs, and last its square, by which a text's length is known
        self._table = np.hstack([weights.matrix * idf * sharpness, idf**2])
        self._bias = np.concatenate([head.bias for head in heads]).astype(np.float32) * sharpness

    @property
    def size(self) -> int:
        return len(self.weights.vocabulary.features)

    def answer(self, text: str) -> Answers:
        return self._answers(text, self.weights.vocabulary.read(text))

    def part(self, whole: Answers, start: int, end: int) -> Answers:
        """As `answer` of this part of the text would be, without reading it again."""
        return self._answers(whole.text[start:end], part(whole.reading, start, end))

    def _answers(self, text: str, reading: Reading) -> Answers:
        """The weights times `Vocabulary.values`, in few steps: a short text is dear by their number."""
        ids = list(dict.fromkeys([feature for feature, _, _ in reading]))
        rows = self._table.take(ids, 0)
        sums = _ONES[: len(ids)] @ rows
        first = opened(reading, len(ids))
        if first == len(ids):
            margins = sums * ((1 + OPENING_WEIGHT) * unit(sums.item(-1)))
        else:
            opening = _ONES[:first] @ rows[:first]
            margins = sums * unit(sums.item(-1)) + opening * (OPENING_WEIGHT * unit(opening.item(-1)))
        likely = np.exp(margins[:-1] + self._bias).tolist()
        return Answers(text, reading, ids, rows, likely, self.weights.heads, self._is_word)
