"""Nearest examples, with an engine in the place of the extra: what is kept, what is made anew, and how it is told."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from config import taxonomy
from nlp.layers import Layers
from nlp.learned import nearest
from nlp.learned.nearest import Nearest
from nlp.places.locator import Locator
from nlp.tagger import Tagger

SENTENCES = [
    ("电梯坏了", "elevator"),
    ("爬楼爬得腿软", "elevator"),
    ("没有自来水", "utilities"),
    ("一拧没水", "utilities"),
]


class Letters:
    """Texts are near that share characters."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, text: str) -> "np.typing.NDArray[np.float32]":
        self.asked.append(text)
        vector = np.zeros(64, dtype=np.float32)
        for letter, times in Counter(text).items():
            vector[ord(letter) % 64] += times
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Letters:
    made = Letters()
    monkeypatch.setattr(nearest, "_engine", lambda: made)
    return made


def test_the_nearest_example_decides_and_is_named(tmp_path: Path, engine: Letters) -> None:
    near = Nearest(SENTENCES, tmp_path / "v.npz")
    scores, likes = near.scores("爬楼爬得腰疼")
    assert max(scores, key=scores.__getitem__) == "elevator"
    assert (likes[0].sentence, likes[0].matter) == ("爬楼爬得腿软", "elevator")
    tagger = Tagger(taxonomy.load(), Locator(()), (), Layers(keywords=False, nearest=near))
    told = tagger.understand("爬楼爬得腰疼")
    assert (told.best, told.like) == ("elevator", "爬楼爬得腿软")


def test_a_vector_is_made_once(tmp_path: Path, engine: Letters) -> None:
    Nearest(SENTENCES, tmp_path / "v.npz")
    assert len(engine.asked) == 4
    Nearest([*SENTENCES, ("水管爆了", "utilities")], tmp_path / "v.npz")
    assert engine.asked[4:] == ["水管爆了"]
    (tmp_path / "v.npz").write_bytes(b"cut off")
    Nearest(SENTENCES, tmp_path / "v.npz")
    assert len(engine.asked) == 9
