"""How right the answers are, on sentences they were not learned from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

#: of the answers that are given without asking, so many shall be right
WANTED = 0.95


class Judged(NamedTuple):
    """One text: what it is, and how likely each answer was found."""

    truth: str
    scores: Mapping[str, float]

    @property
    def ranked(self) -> list[str]:
        return sorted(self.scores, key=self.scores.__getitem__, reverse=True)


@dataclass(frozen=True, slots=True)
class Figures:
    rows: int
    accuracy: float
    macro_f1: float
    top2: float
    #: the share of texts that can be answered, surest first, with `WANTED` of the answers right
    coverage_at_95: float
    #: (truth, answer, how often), the worst first
    confusions: tuple[tuple[str, str, int], ...]

    def as_json(self) -> dict[str, float | int]:
        return {
            "rows": self.rows,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "top2": round(self.top2, 4),
            "coverage_at_95": round(self.coverage_at_95, 4),
        }


def figures(judged: Sequence[Judged]) -> Figures:
    """Raises ValueError for no rows at all."""
    if not judged:
        raise ValueError("nothing to judge by")
    ranked = [j.ranked for j in judged]
    answers = [r[0] if r else "" for r in ranked]
    right = np.array([answer == j.truth for answer, j in zip(answers, judged, strict=True)])
    scores = np.array([j.scores[answer] if answer else 0.0 for answer, j in zip(answers, judged, strict=True)])
    wrong = Counter((j.truth, a) for j, a, ok in zip(judged, answers, right, strict=True) if not ok)
    return Figures(
        rows=len(judged),
        accuracy=float(right.mean()),
        macro_f1=_macro_f1([j.truth for j in judged], answers),
        top2=float(np.mean([j.truth in r[:2] for j, r in zip(judged, ranked, strict=True)])),
        coverage_at_95=_coverage(scores, right),
        confusions=tuple((truth, answer, times) for (truth, answer), times in wrong.most_common()),
    )


def _macro_f1(truths: Sequence[str], answers: Sequence[str]) -> float:
    hit = Counter(truth for truth, answer in zip(truths, answers, strict=True) if truth == answer)
    said, there = Counter(answers), Counter(truths)
    return float(np.mean([2 * hit[label] / (said[label] + there[label]) for label in there]))


def _coverage(scores: "np.typing.NDArray[np.float64]", right: "np.typing.NDArray[np.bool_]") -> float:
    order = np.argsort(-scores, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= WANTED)
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0
