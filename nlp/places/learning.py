"""From marked sentences to a judge of places. scikit-learn and jieba are needed here, and only here.

A judge must not know names by heart: most of what it learns from are sentences with names put into them, half of which
are made up of single characters.
"""

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from config.examples import Example
from config.places import PlaceWords
from nlp.places.judge import HEARD, Judge
from nlp.places.tails import JOINS, parted, whole

#: of signs and tails; others need other weights
FORMAT = 3
#: other names put into each marked sentence; and sentences without places that are told a place
SWAPPED, FRAMED = 5, 9000
#: characters; longer sentences are told none
LONGEST = 60
#: of the names put in: made up of characters; two roads that meet; one place of another (前刘庄小学); with something
#: after them
MADE_UP, MET, OF_ANOTHER, TAILED = 0.6, 0.05, 0.15, 0.5
#: characters of a made-up name before its last word, and how often so many
LENGTHS = (1, 2, 3), (15, 70, 15)
#: inverse strength of the regulariser; what a place counts for against the many that are none; and how much likelier
#: one is taken for one: found on marked messages that were not learned from
STRENGTH, PLACE_WEIGHT, LENIENT = 0.05, 7.0, 0.15
#: weights nearer to nothing than this say nothing
LEAST = 0.04

Marked = tuple[str, tuple[tuple[int, int], ...]]


def version(sentences: Sequence[Example], known: PlaceWords) -> str:
    """Of what is learned from; sentences without marks, of which there are many, change little."""
    marked = [(sentence.text, sentence.places) for sentence in sentences if sentence.places]
    return hashlib.sha256(repr((FORMAT, known, marked)).encode()).hexdigest()[:12]


def learn(sentences: Sequence[Example], known: PlaceWords, words_of: Callable[[str], Iterable[str]],
          version: str) -> Judge:  # fmt: skip
    """`words_of`: the words of a text, by which a name is told from a word everybody uses."""
    plain = list(dict.fromkeys(s.text for s in sentences if not s.places))
    times = Counter(word for text in plain for word in words_of(text) if len(word) > 1)
    words = frozenset(word for word, count in times.items() if count > 1)
    blank = Judge(known.ends, {}, 0.0, words)
    rows, answers, signs = _table(blank, _texts(sentences, plain, known))
    weights, bias = _fit(rows, answers)
    tables: dict[str, dict[str, float]] = defaultdict(dict)
    for (kind, seen), weight in zip(signs, weights.tolist(), strict=True):
        tables[kind][seen] = weight if abs(weight) >= LEAST else 0.0
    kept = {kind: {seen: weight for seen, weight in table.items() if weight} for kind, table in tables.items()}
    return Judge(known.ends, kept, bias + LENIENT, words, version)


def _texts(sentences: Sequence[Example], plain: Sequence[str], known: PlaceWords) -> Iterator[Marked]:
    draw = random.Random(20261129)  # noqa: S311 - the same names every time
    names = _Names(known, draw)
    for sentence in sentences:
        if sentence.places:
            yield _told(sentence.text, sentence.places)
            for _ in range(SWAPPED):
                yield _told(*_swapped(sentence, names))
    for text in plain:
        yield text, ()
    short = [text for text in plain if len(text) <= LONGEST]
    for text in draw.sample(short, min(FRAMED, len(short))):
        frame, name = draw.choice(known.frames).replace("{}", text), names.another()
        start = frame.index("[]")
        yield _told(frame.replace("[]", name), ((start, start + len(name)),))


def _told(text: str, places: Iterable[tuple[int, int]]) -> Marked:
    """门口 may follow by chance, and belongs to the place; roads that meet are told apart."""
    return text, tuple(each for start, end in places for each in parted(text, start, whole(text, end)))


def _swapped(sentence: Example, names: "_Names") -> Marked:
    text, places, at = "", [], 0
    for start, end in sentence.places:
        name = names.another()
        text += sentence.text[at:start]
        places.append((len(text), len(text) + len(name)))
        text, at = text + name, end
    return text + sentence.text[at:], tuple(places)


class _Names:
    def __init__(self, known: PlaceWords, draw: random.Random) -> None:
        self._known, self._draw = known, draw
        ends = sorted(known.ends, key=len, reverse=True)
        parts = [(name, next((end for end in ends if name.endswith(end) and name != end), "")) for name in known.names]
        self._characters = [c for name, end in parts for c in name.removesuffix(end) if not c.isascii()]
        self._ends = [end for _, end in parts if end]
        self._parts = [end for end in known.ends if len(end) > 1]
        self._roads = [name for name in known.names if name[-1] in "路街"]

    def another(self) -> str:
        draw, known = self._draw, self._known
        name = self._made_up() if draw.random() < MADE_UP else draw.choice(known.names)
        if name[-1] in "路街" and draw.random() < MET:
            name += draw.choice(JOINS) + draw.choice(self._roads)
        elif draw.random() < OF_ANOTHER:
            name += draw.choice(self._parts)
        # 村委会 alone is somebody; a place it is with 东边
        return name + draw.choice(known.tails) if name in known.ends or draw.random() < TAILED else name

    def _made_up(self) -> str:
        draw = self._draw
        (length,) = draw.choices(*LENGTHS)
        ends = self._ends if draw.random() < 0.7 else self._known.ends
        return "".join(draw.choice(self._characters) for _ in range(length)) + draw.choice(ends)


def _table(blank: Judge, texts: Iterable[Marked]) -> tuple[Any, Any, list[Any]]:
    from scipy import sparse  # noqa: PLC0415 - who only reads does without

    numbers: dict[Any, int] = {}
    columns, ends, answers = list[int](), [0], list[bool]()
    for text, places in texts:
        heard = text[:HEARD]
        for candidate in blank.candidates(heard):
            answers.append((candidate.start, candidate.end) in places)
            columns += {numbers.setdefault(sign, len(numbers)) for sign in candidate.signs(heard, blank.words)}
            ends.append(len(columns))
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_matrix((ones, columns, ends), shape=(len(answers), len(numbers))), np.array(answers), [*numbers]


def _fit(rows: Any, answers: Any) -> tuple[Any, float]:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - as above

    model = LogisticRegression(C=STRENGTH, solver="liblinear", class_weight={True: PLACE_WEIGHT, False: 1.0})
    model.fit(rows, answers)
    return model.coef_[0], float(model.intercept_[0])
