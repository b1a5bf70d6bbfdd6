"""Every story once more, on both databases: with a restart before every line, and every update delivered twice."""

from pathlib import Path

import pytest

from tests.player import Player
from tests.test_transcripts import STORIES, stage
from tests.town import town


@pytest.mark.slow
@pytest.mark.asyncio
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
async def test_the_same_with_a_restart_before_every_line_and_every_update_twice(
    story: Path, tmp_path: Path, url: str
) -> None:
    script = story.read_text()
    with town(tmp_path, url, **stage(script)) as made:
        assert await Player(made, twice=True, forgetful=True).play(script) == script
