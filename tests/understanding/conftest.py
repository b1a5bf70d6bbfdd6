"""All layers but the extra, on our own sentences."""

from pathlib import Path

import pytest

from nlp.tagger import Tagger
from tests.stage.hearing import tagger


@pytest.fixture
def understand(tmp_path: Path) -> Tagger:
    return tagger(tmp_path, "keywords", "linear")
