"""What understands messages in the tests: our taxonomy, our examples, and a few places."""

from pathlib import Path

from config import examples, taxonomy
from nlp import layers
from nlp.places.locator import Locator, Named
from nlp.tagger import Tagger

TAXONOMY = taxonomy.load()
EXAMPLES = examples.load()
PLACES = Locator(
    [Named("370481001001001", "grid", ("荷花里", "中央城B区")), Named("370481001001002", "grid", ("柳园",))]
)


def tagger(tmp: Path, *names: str) -> Tagger:
    return Tagger(TAXONOMY, PLACES, ["王建国"], layers.load(names, TAXONOMY, EXAMPLES, tmp))
