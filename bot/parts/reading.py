"""What understands messages here: the taxonomy, the examples, the weights and the layers that the settings name."""

from dataclasses import dataclass
from pathlib import Path

from config import examples, taxonomy
from config.settings import Settings
from config.taxonomy import Taxonomy
from nlp import layers
from nlp.layers import Layers


@dataclass(frozen=True, slots=True)
class Reading:
    taxonomy: Taxonomy
    layers: Layers


def load(settings: Settings) -> Reading:
    """All of it, before the first message. Raises Mistakes."""
    known = taxonomy.load(settings.taxonomy)
    return Reading(known, layers_for(settings, known))


def layers_for(settings: Settings, known: Taxonomy) -> Layers:
    said = examples.load(settings.examples)
    return layers.load(settings.layers, known, said, settings.data_dir / "understanding", settings.weights)


def state(settings: Settings) -> tuple[tuple[str, int], ...]:
    """Changes whenever one of the files does."""
    named = [path for path in (settings.taxonomy, settings.weights) if path is not None]
    folder = sorted(settings.examples.glob("*.txt")) if settings.examples else []
    return tuple((str(path), _changed(path)) for path in (*named, *folder))


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
