"""Learning: from labelled sentences to weights. scikit-learn and jieba are needed here, and only here."""

import logging
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from nlp.learned.vocabulary import Floats, Vocabulary
from nlp.learned.weights import Weights, joined

#: characters in all; in more, what stands in one text alone teaches nothing
MUCH = 500_000
FOLDS = 4
WEIGHTING = "balanced"
#: inverse strength of the regulariser for sentences and for letters, found on our own and on a city's: +0.01 each
OF_SENTENCES, OF_LETTERS = 0.25, 1.0
#: liblinear's tolerance; its own, a hundredth of this, takes half as long again and answers the same
ENOUGH = 0.01
#: characters that letters have on average, and more
LETTERS = 60


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text and what is known of it: head -> label."""

    text: str
    labels: Mapping[str, str]
    #: texts of one origin are never on both sides of a split
    origin: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """A head before it is joined: how sharp it is on sentences it was not learned from."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    sharpness: float
    #: right answers of those not learned from
    accuracy: float = field(default=0.0)


def framed(texts: Sequence[Labelled], frames: Sequence[str], times: int, seed: int = 20261124) -> list[Labelled]:
    """Each text again inside `times` sentences that fit anything, so that these teach nothing. Whole sentences only."""
    draw = random.Random(seed)  # noqa: S311 - the same frames every time
    return [
        Labelled(frame.replace("{}", text.text), text.labels, text.origin)
        for text in texts
        for frame in draw.sample(frames, min(times, len(frames)))
    ]


def learn(
    texts: Sequence[Labelled],
    version: str,
    *,
    told: Callable[[str, Fit], None] | None = None,
    seen: frozenset[str] = frozenset(),
) -> Weights:
    """All heads that the texts have labels of. `told` hears of each head when it is learned; `seen` is kept with the
    weights."""
    size = sum(len(t.text) for t in texts)
    rare = 2 if size > MUCH else 1
    strength = OF_LETTERS if size >= LETTERS * len(texts) else OF_SENTENCES
    vocabulary = Vocabulary.learned((t.text for t in texts), words(), rare=rare)
    table = _table(vocabulary, [t.text for t in texts])
    heads: dict[str, Any] = {}
    for head in dict.fromkeys(head for t in texts for head in t.labels):
        rows = [i for i, t in enumerate(texts) if head in t.labels]
        if len({texts[i].labels[head] for i in rows}) < 2:  # a question with one answer is none
            continue
        fit = _fit(table[rows], [texts[i].labels[head] for i in rows], [texts[i].origin for i in rows], strength)
        if told:
            told(head, fit)
        heads[head] = (fit.labels, fit.weights, fit.bias, fit.sharpness)
    return joined(vocabulary, heads, version, seen)


def words() -> Callable[[str], Iterable[str]]:
    import jieba  # noqa: PLC0415 - its dictionary takes a second and 70 MB: who only reads does without

    jieba.setLogLevel(logging.WARNING)
    cut = lru_cache(maxsize=None)(jieba.Tokenizer().lcut)  # what stands between two marks comes again in every frame
    return lambda text: [word for part in text.split() for word in cut(part)]


def _table(vocabulary: Vocabulary, texts: Sequence[str]) -> Any:
    from scipy import sparse  # noqa: PLC0415 - as above

    rows = [vocabulary.values(vocabulary.read(text)) for text in texts]
    ends = np.cumsum([0, *(len(ids) for ids, _ in rows)])
    parts = (np.concatenate([values for _, values in rows]), np.concatenate([ids for ids, _ in rows]), ends)
    return sparse.csr_matrix(parts, shape=(len(texts), len(vocabulary.features)))


def _fit(table: Any, labels: Sequence[str], origins: Sequence[int], strength: float) -> Fit:
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415 - as above

    answers, known = np.array(labels), tuple(sorted(set(labels)))
    truth = np.array([known.index(label) for label in labels])
    folds = GroupKFold(min(FOLDS, len(set(origins))), shuffle=True, random_state=0)
    margins = np.zeros((len(answers), len(known)), dtype=np.float32)
    for rows, others in folds.split(table, groups=np.array(origins)):
        margins[others] = _unseen(table, answers, known, strength, rows, others)
    sharpness = _sharpness(margins, truth)
    right = margins.argmax(axis=1) == truth
    model = _model(table, answers, strength)
    weights, bias = model.coef_.T, model.intercept_
    if len(known) == 2:  # scikit-learn keeps one column for two labels
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return Fit(known, weights.astype(np.float32), bias.astype(np.float32), sharpness, float(right.mean()))


def _model(table: Any, answers: Any, strength: float) -> Any:
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - as above

    return LinearSVC(C=strength, tol=ENOUGH, class_weight=WEIGHTING, random_state=0).fit(table, answers)


def _unseen(table: Any, answers: Any, known: Sequence[str], strength: float, rows: Any, others: Any) -> Floats:
    """The margins of `others`, by a model learned from `rows`; where those have one answer only, nothing is known."""
    if len(set(answers[rows])) < 2:
        return np.zeros((len(others), len(known)), dtype=np.float32)
    model = _model(table[rows], answers[rows], strength)
    margins = np.full((len(others), len(known)), -1.0, dtype=np.float32)
    margins[:, [known.index(label) for label in model.classes_]] = _margins(model.decision_function(table[others]))
    return margins


def _margins(decided: Any) -> Any:
    return decided if decided.ndim == 2 else np.stack([-decided, decided], axis=1)


def _shares(margins: Floats) -> Floats:
    shares = np.exp(margins - margins.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def _sharpness(margins: Floats, truth: Any) -> float:
    """The temperature, inverted, at which the truth was least surprising."""
    tried = np.geomspace(0.5, 12, 40)
    loss = [-np.log(_shares(margins * s)[np.arange(len(truth)), truth] + 1e-9).mean() for s in tried]
    return float(tried[int(np.argmin(loss))])
