"""Whole stories, as people live them: tests/transcripts/*.txt. Each is lived again with restarts and repeats."""

from pathlib import Path

import pytest

from tests.player import Player
from tests.town import town

STORIES = sorted(Path(__file__).with_name("transcripts").glob("*.txt"))


@pytest.mark.asyncio
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
async def test_story(story: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    script = story.read_text()
    with town(tmp_path) as made:
        seen = await Player(made).play(script)
    if pytestconfig.getoption("accept"):
        story.write_text(seen)
    assert seen == script


@pytest.mark.slow
@pytest.mark.asyncio
@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
async def test_the_same_with_a_restart_before_every_line_and_every_update_twice(
    story: Path, tmp_path: Path, url: str
) -> None:
    script = story.read_text()
    with town(tmp_path, url) as made:
        assert await Player(made, twice=True, forgetful=True).play(script) == script
