"""The linear layer: all questions answered from one reading of a text, each answer by the words that speak for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import exp

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

    def of(self, head: str) -> dict[str, float]:
        """Label -> probability; what the answers are without any text where nothing of it is known."""
        known = self.heads.get(head)
        if known is None:
            return {}
        own = self.likely[known.columns]
        whole = sum(own)
        return dict(zip(known.labels, [share / whole for share in own], strict=True))

    def why(self, head: str, label: str) -> list[Span]:
        """The words that speak most for this answer, in their order, of what was said first."""
        known = self.heads.get(head)
        if not self.ids or known is None or label not in known.labels:
            return []
        column = known.columns.start + known.labels.index(label)
        weights = dict(zip(self.ids, self.weighed[:, column].tolist(), strict=True))
        words = list(self._said(weights, self.is_word)) or list(self._said(weights, None))
        words.sort(reverse=True)
        found: list[tuple[int, int]] = []
        for weight, minus, end in words:
            if len(found) == SHOWN or weight <= 0 or weight < MATTERS * words[0][0]:
                break
            if all(end <= other or -minus >= stop for other, stop in found):
                found.append((-minus, end))
        return [Span(start, end, self.text[start:end], label) for start, end in sorted(found)]

    def _said(self, weights: Mapping[int, float], is_word: bytes | None) -> Iterator[tuple[float, int, int]]:
        """(weight, -start, end) of each word, or of each run of characters: all that speaks inside it."""
        said = self.reading[:EXPLAINED]
        spoken = {(start, end): weights[feature] for feature, start, end in said}
        for feature, start, end in said:
            if weights[feature] > 0 and (is_word is None or is_word[feature]):
                yield sum(spoken.get(part, 0.0) for part in combinations(range(start, end + 1), 2)), -start, end


class Linear:
    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        vocabulary, heads = weights.vocabulary, weights.heads.values()
        self._is_word = bytes(vocabulary.words)
        #: what each feature weighs, and last its square, by which a text's length is known
        self._table = np.hstack([weights.matrix * vocabulary.idf[:, None], vocabulary.idf[:, None] ** 2])
        self._bias = np.concatenate([head.bias for head in heads]).tolist()
        self._sharpness = [head.sharpness for head in heads for _ in head.labels]

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
        *sums, square = (_ONES[: len(ids)] @ rows).tolist()
        first = opened(reading, len(ids))
        if first == len(ids):
            scale = (1 + OPENING_WEIGHT) * unit(square)
            margins = [scale * each for each in sums]
        else:
            *opening, own = (_ONES[:first] @ rows[:first]).tolist()
            scale, more = unit(square), OPENING_WEIGHT * unit(own)
            margins = [scale * each + more * early for each, early in zip(sums, opening, strict=True)]
        likely = [exp((margin + bias) * sharpness)
                  for margin, bias, sharpness in zip(margins, self._bias, self._sharpness, strict=True)]  # fmt: skip
        return Answers(text, reading, ids, rows, likely, self.weights.heads, self._is_word)
