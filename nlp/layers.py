"""The layers that are on, read before the first message: lists, weights, nearest examples."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from config import places
from config.examples import Examples
from config.mistakes import Mistakes
from config.taxonomy import Taxonomy
from nlp.learned import nearest, own, weights
from nlp.learned.linear import Linear
from nlp.learned.nearest import Nearest
from nlp.places.judge import Judge

KEYWORDS, LINEAR, SEMANTIC = "keywords", "linear", "semantic"
NAMES = (KEYWORDS, LINEAR, SEMANTIC)
#: learned from our own sentences and our own taxonomy (`make weights`)
OURS = Path(__file__).parents[1] / "config" / "weights.npz"


@dataclass(frozen=True, slots=True)
class Layers:
    keywords: bool = True
    linear: Linear | None = None
    #: a place's own weights for the matter, over ours (`wangge learn`)
    local: Linear | None = None
    nearest: Nearest | None = None
    #: places no list knows; on with whatever layers
    places: Judge | None = None

    def __str__(self) -> str:
        parts = [
            KEYWORDS if self.keywords else "",
            f"{LINEAR} ({self.linear.size} features)" if self.linear else "",
            f"a place's own weights ({self.local.size} features)" if self.local else "",
            f"{SEMANTIC} ({self.nearest.size} examples)" if self.nearest else "",
        ]
        return ", ".join(filter(None, parts)) or "none"


def load(
    names: Sequence[str], taxonomy: Taxonomy, examples: Examples, folder: Path, local: Path | None = None
) -> Layers:
    """`folder` keeps what had to be made: weights of other examples than ours, vectors. Raises Mistakes."""
    if unknown := set(names) - set(NAMES):
        raise Mistakes([f"layers: {', '.join(sorted(unknown))}; of {', '.join(NAMES)}"])
    linear = _linear(taxonomy, examples, folder)
    near = _nearest(taxonomy, examples, folder) if SEMANTIC in names and nearest.installed() else None
    return Layers(
        KEYWORDS in names,
        linear if LINEAR in names else None,
        _local(local, taxonomy) if local else None,
        near,
        linear.weights.places,
    )


def _nearest(taxonomy: Taxonomy, examples: Examples, folder: Path) -> Nearest | None:
    sentences = [(e.text, e.matter) for e in examples.sentences if e.matter in taxonomy.matters]
    return Nearest(sentences, folder / "vectors.npz") if sentences else None


def _local(path: Path, taxonomy: Taxonomy) -> Linear:
    learned = weights.load(path)
    labels = learned.heads["matter"].labels if "matter" in learned.heads else ()
    if strange := sorted(set(labels) - set(taxonomy.matters)):
        raise Mistakes([f"weights {path}: no matters of the taxonomy: {', '.join(strange[:5])}"])
    return Linear(learned)


def version(taxonomy: Taxonomy, examples: Examples) -> str:
    """Of all that the weights are learned from."""
    matters = [(m.id, m.keywords, m.weak) for m in taxonomy.matters.values()]
    heard = repr((own.FRAMED, examples.version, matters, [h.id for h in taxonomy.handoffs], places.load()))
    return hashlib.sha256(heard.encode()).hexdigest()[:12]


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Linear:  # noqa: ARG001 - another file, if it was changed
    """Immutable, and most of a tenth of a second to read: once for the same file."""
    return Linear(weights.load(path))


def _linear(taxonomy: Taxonomy, examples: Examples, folder: Path) -> Linear:
    """Ours, where they fit; else those made before; else they are learned now: half a minute, with other places a
    whole one more."""
    wanted = version(taxonomy, examples)
    kept = folder / f"weights-{wanted}.npz"
    for path in (OURS, kept):
        if path.exists() and (found := _read(path, path.stat().st_mtime_ns)).weights.version == wanted:
            return found
    # another taxonomy, or sentences without marks, name no other places
    ours = _read(OURS, OURS.stat().st_mtime_ns).weights.places if OURS.exists() else None
    learned = own.learn(own.labelled(examples, taxonomy), examples, wanted, known=ours)
    folder.mkdir(parents=True, exist_ok=True)
    learned.save(kept)
    return _read(kept, kept.stat().st_mtime_ns)
