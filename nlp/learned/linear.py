"""The linear layer: all questions answered from one reading of a text, each answer by the words that speak for it."""

from dataclasses import dataclass, field
from math import exp

import numpy as np

from cases.understanding import Span
from nlp.learned.vocabulary import Floats, Reading
from nlp.learned.weights import Weights

#: a word is shown when it carries at least this share of what the weightiest one carries
MATTERS = 0.45
#: words, at most
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Answers:
    """Of one text. `reading` is None where no feature of it is known."""

    text: str
    reading: Reading | None
    #: of all heads side by side
    margins: Floats
    weights: Weights = field(repr=False)

    def of(self, head: str) -> dict[str, float]:
        """Label -> probability; what the answers are without any text where nothing of it is known."""
        known = self.weights.heads.get(head)
        if known is None:
            return {}
        margins = self.margins[known.columns].tolist()
        best = max(margins)
        shares = [exp((margin - best) * known.sharpness) for margin in margins]
        whole = sum(shares)
        return {label: share / whole for label, share in zip(known.labels, shares, strict=True)}

    def why(self, head: str, label: str) -> list[Span]:
        """The words that speak most for this answer, in their order."""
        known = self.weights.heads.get(head)
        if self.reading is None or known is None or label not in known.labels:
            return []
        column = known.columns.start + known.labels.index(label)
        ids, values, starts, ends = self.reading
        shares = self.weights.matrix[ids, column] * values / (ends - starts)
        size = len(self.text) + 1
        weight = np.cumsum(np.bincount(starts, shares, size) - np.bincount(ends, shares, size))
        upto = np.concatenate(([0.0], np.cumsum(weight)))
        words = np.flatnonzero(self.weights.vocabulary.words[ids])
        said = upto[ends[words]] - upto[starts[words]]
        order = words[np.argsort(-said)][: 4 * SHOWN]
        found: list[tuple[int, int]] = []
        least = MATTERS * float(said.max(initial=0.0))
        for start, end in zip(starts[order].tolist(), ends[order].tolist(), strict=True):
            if len(found) == SHOWN or upto[end] - upto[start] < least or least <= 0:
                break
            if all(end <= other or start >= stop for other, stop in found):
                found.append((start, end))
        return [Span(start, end, self.text[start:end], label) for start, end in sorted(found)]


class Linear:
    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._bias = np.concatenate([head.bias for head in weights.heads.values()])

    @property
    def size(self) -> int:
        return len(self.weights.vocabulary.features)

    def answer(self, text: str) -> Answers:
        return self._answers(text, self.weights.vocabulary.read(text))

    def part(self, whole: Answers, start: int, end: int) -> Answers:
        """As `answer` of this part of the text would be, without reading it again."""
        reading = self.weights.vocabulary.part(whole.reading, start, end) if whole.reading else None
        return self._answers(whole.text[start:end], reading)

    def _answers(self, text: str, reading: Reading | None) -> Answers:
        margins = self._bias
        if reading is not None:
            margins = reading.values @ self.weights.matrix[reading.ids] + self._bias
        return Answers(text, reading, margins, self.weights)
