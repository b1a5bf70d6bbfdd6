"""Weights over the features of a text, one head a question: which matter, which kind, an emergency, about a person."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from config.mistakes import Mistakes
from nlp.learned.vocabulary import Floats, Vocabulary
from nlp.places.judge import Judge
from nlp.places.signs import Ends

#: of the file; another one is not read
FORMAT = 3


@dataclass(frozen=True, slots=True)
class Head:
    """One question, with the answers it knows."""

    labels: tuple[str, ...]
    #: a column for each label, in `Weights.matrix`
    columns: slice
    bias: Floats
    #: what makes probabilities of the margins, found on sentences not learned from
    sharpness: float


@dataclass(frozen=True, slots=True)
class Weights:
    vocabulary: Vocabulary
    #: feature x label, of all heads side by side
    matrix: Floats
    heads: Mapping[str, Head]
    #: what they were learned from
    version: str = ""
    #: of the example sentences; None for a city's history
    places: Judge | None = None
    #: digests of the texts, so that nobody judges them by what they know already
    seen: frozenset[str] = frozenset()

    def save(self, path: Path) -> None:
        """One byte a weight: the answers stay the same (docs/understanding.md), the file is a quarter."""
        scale = np.abs(self.matrix).max(axis=0) / 127
        small = np.round(self.matrix / np.where(scale, scale, 1)).astype(np.int8)
        kept = np.flatnonzero(small.any(axis=1))
        arrays: dict[str, npt.NDArray[Any]] = {
            "format": np.array(FORMAT),
            "version": np.array(self.version),
            "heads": np.array(list(self.heads)),
            "features": np.array("\n".join(self.vocabulary.features[i] for i in kept)),
            "idf": self.vocabulary.idf[kept].astype(np.float16),
            "words": self.vocabulary.words[kept],
            "matrix": small[kept],
            "scale": scale.astype(np.float32),
            "seen": np.array(sorted(self.seen)),
        }
        for name, head in self.heads.items():
            arrays[f"{name}.labels"] = np.array(head.labels)
            arrays[f"{name}.bias"] = head.bias
            arrays[f"{name}.sharpness"] = np.array(head.sharpness)
        if self.places:
            arrays |= _of_places(self.places)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with part.open("wb") as out:
            np.savez_compressed(out, allow_pickle=False, **arrays)
        part.replace(path)  # whoever reads it meanwhile reads the old one


def load(path: Path) -> Weights:
    """Raises Mistakes for a file that is none of ours."""
    try:
        with np.load(path, allow_pickle=False) as data:
            if int(data["format"]) != FORMAT:
                raise Mistakes([f"weights {path}: of another version; learn them anew"])
            vocabulary = Vocabulary(str(data["features"]).split("\n"), data["idf"].astype(np.float32), data["words"])
            matrix = data["matrix"].astype(np.float32) * data["scale"]
            heads, start = {}, 0
            for name in map(str, data["heads"]):
                labels = tuple(map(str, data[f"{name}.labels"]))
                sharpness = float(data[f"{name}.sharpness"])
                columns = slice(start, start + len(labels))
                heads[name] = Head(labels, columns, data[f"{name}.bias"], sharpness)
                start = columns.stop
            seen = frozenset(data["seen"].tolist())
            return Weights(vocabulary, matrix, heads, str(data["version"]), _places(data), seen)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise Mistakes([f"weights {path}: {type(error).__name__}: {error}"]) from error


def _of_places(judge: Judge) -> dict[str, npt.NDArray[Any]]:
    return {
        "places.version": np.array(judge.version),
        "places.bias": np.array(judge.bias),
        "places.table": judge.table.astype(np.float16),
        # no place holds a zero character; an end of its own, since numpy leaves out what ends in zeros
        "places.words": np.array("\0".join(judge.rows) + "\n"),
        "places.rows": np.array([*judge.rows.values()], dtype=np.int32),
        "places.ends": np.array("\n".join(judge.ends.words)),
        "places.of_ends": judge.of_ends,
    }


def _places(data: Mapping[str, Any]) -> Judge | None:
    if "places.table" not in data:
        return None
    words = str(data["places.words"])[:-1].split("\0")
    rows = dict(zip(words, data["places.rows"].tolist(), strict=True))
    short, longer = data["places.bias"].tolist()
    table = data["places.table"].astype(np.float32)
    ends = Ends(str(data["places.ends"]).split("\n"))
    return Judge(rows, table, ends, data["places.of_ends"], (short, longer), str(data["places.version"]))


def joined(
    vocabulary: Vocabulary,
    answers: Mapping[str, tuple[Sequence[str], Floats, Floats, float]],
    version: str,
    seen: frozenset[str] = frozenset(),
) -> Weights:
    """`answers`: head -> labels, weights (feature x label), bias, sharpness."""
    heads, start = {}, 0
    for name, (labels, _, bias, sharpness) in answers.items():
        columns = slice(start, start + len(labels))
        heads[name] = Head(tuple(labels), columns, bias.astype(np.float32), sharpness)
        start = columns.stop
    matrix = np.hstack([weights for _, weights, _, _ in answers.values()]).astype(np.float32)
    return Weights(vocabulary, matrix, heads, version, seen=seen)
