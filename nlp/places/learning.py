"""From marked sentences to a judge of places: a conditional random field over the signs of each character.

python-crfsuite is needed here, and only here.
"""

import hashlib
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from config.examples import Example
from config.places import PlaceWords
from nlp.places import invention
from nlp.places.judge import HEARD, WEIGHTS, Floats, Judge
from nlp.places.signs import (
    CHARACTERS,
    ENDED,
    FIRST,
    INSIDE,
    LAST,
    MARKS,
    OUTSIDE,
    PAIRS,
    PARTICLES,
    RANKS,
    Ends,
    edged,
    pairs,
    rank,
    signs,
)

#: of signs and tails; others need other weights
FORMAT = 25
#: strength of the regulariser; how often a sign must be seen; rounds; and how much likelier a place is taken for one:
#: found on marked messages that were not learned from
PARAMETERS = {"c1": 0.0, "c2": 0.1, "feature.minfreq": 3, "max_iterations": 60, "feature.possible_transitions": True}
LENIENT = 0.45
#: what says less for or against a place is left out
LEAST = 0.05
#: of what never follows, and of a mark or a particle within a place
IMPOSSIBLE = -50.0
_LABELS = (FIRST, INSIDE, LAST)

Weighed = Mapping[tuple[str, str], float]


def version(sentences: Sequence[Example], known: PlaceWords) -> str:
    """Of what is learned from; sentences without marks, of which there are many, change little."""
    marked = [(sentence.text, sentence.places) for sentence in sentences if sentence.places]
    return hashlib.sha256(repr((FORMAT, known, marked)).encode()).hexdigest()[:12]


def learn(sentences: Sequence[Example], known: PlaceWords, version: str) -> Judge:
    plain = list(dict.fromkeys(s.text for s in sentences if not s.places and s.place))
    times = Counter(pair for text in plain for pair in set(pairs(edged(text))))
    ends = Ends(known.ends)
    texts = [
        (signs(text[:HEARD], times, ends, own=1), _labels(text[:HEARD], places))
        for text, places in invention.sentences(sentences, plain, known)
        if text
    ]
    of_signs, follows = _weighed(texts)
    return _judge(of_signs, follows, times, ends, version)


def _labels(text: str, places: Iterable[tuple[int, int]]) -> list[str]:
    labels = [OUTSIDE] * len(text)
    for start, end in places:
        if end <= len(text) and end - start > 1:
            labels[start:end] = FIRST, *[INSIDE] * (end - start - 2), LAST
    return labels


def _weighed(texts: Iterable[tuple[Iterable[list[str]], list[str]]]) -> tuple[Weighed, Weighed]:
    """What each sign says for each label, and how well a label follows another."""
    import pycrfsuite  # noqa: PLC0415 - who only reads does without

    trainer = pycrfsuite.Trainer(params=PARAMETERS, verbose=False)
    for said, labels in texts:
        trainer.append(list(said), labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        with tagger.open(path):
            model = tagger.info()
    return model.state_features, model.transitions


def _judge(of_signs: Weighed, follows: Weighed, times: Mapping[str, int], ends: Ends, version: str) -> Judge:
    said: dict[str, Floats] = defaultdict(lambda: np.zeros(WEIGHTS, dtype=np.float32))
    for (sign, label), weight in of_signs.items():
        if label == OUTSIDE:
            said[sign] -= np.float32(weight)
        else:
            said[sign][_LABELS.index(label)] += np.float32(weight)
    outside = follows.get((OUTSIDE, OUTSIDE), 0.0)
    step = {pair: follows.get(pair, IMPOSSIBLE) - outside for pair in _steps()}
    # a way from O through B, I … to E and back, against a way that stays; each I brings the step to itself
    around = step[OUTSIDE, FIRST] + step[LAST, OUTSIDE]
    longer = around + step[FIRST, INSIDE] + step[INSIDE, LAST] - step[INSIDE, INSIDE]
    always = np.array([0.0, step[INSIDE, INSIDE], 0.0], dtype=np.float32) + np.float32(LENIENT)
    rows, table = _rows(said, times, always)
    of_ends = np.stack([said[f"e{at}"] for at in range(ENDED**3)])
    return Judge(rows, table, ends, of_ends, (around + step[FIRST, LAST], longer), version)


def _rows(said: Mapping[str, Floats], times: Mapping[str, int], always: Floats) -> tuple[dict[str, int], Floats]:
    """What a pair says by itself, by how common it is, and by its first character; `always`: of any character."""
    characters = ["", *sorted({sign[-1] for sign in said if sign[0] == "c"} | set(MARKS + PARTICLES))]
    alone = {c: np.concatenate([said[f"c{by}{c}"] + always * (by == 0) for by in CHARACTERS]) for c in characters}
    for never in MARKS + PARTICLES:
        alone[never][CHARACTERS.index(0) * WEIGHTS :][:WEIGHTS] = IMPOSSIBLE
    ranked = [_of_pair(said, "r", str(at)) for at in range(len(RANKS) + 1)]
    table = [alone[c] + ranked[0] for c in characters]
    rows = {c: at for at, c in enumerate(characters)}
    alike: dict[tuple[str, int], int] = {}
    own = {sign[-2:] for sign, weights in said.items() if sign[0] == "p" and np.abs(weights).max() >= LEAST}
    for pair in sorted({*own, *times}):
        first, common = pair[0] if pair[0] in alone else "", rank(times.get(pair, 0))
        row = alone[first] + ranked[common]
        if pair in own:
            rows[pair] = len(table)
            table.append(row + _of_pair(said, "p", pair))
        elif (first, common) not in alike:
            rows[pair] = alike[first, common] = len(table)
            table.append(row)
        else:
            rows[pair] = alike[first, common]
    return rows, np.stack(table)


def _of_pair(said: Mapping[str, Floats], kind: str, seen: str) -> Floats:
    """The last of the characters around one begins no pair that is looked at."""
    return np.concatenate([*(said[f"{kind}{by}{seen}"] for by in PAIRS), np.zeros(WEIGHTS, dtype=np.float32)])


def _steps() -> Iterator[tuple[str, str]]:
    yield from ((OUTSIDE, FIRST), (FIRST, INSIDE), (FIRST, LAST), (INSIDE, INSIDE), (INSIDE, LAST), (LAST, OUTSIDE))
