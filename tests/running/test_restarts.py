"""Every story once more: with a restart before every line, and every update delivered twice.

On one of the databases each, every other story on the other one; with `--long` each on both.
"""

from pathlib import Path

import pytest

from tests.conftest import address
from tests.conversations.test_transcripts import STORIES, stage
from tests.stage.player import Player
from tests.stage.town import town

DATABASES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on = [DATABASES if metafunc.config.getoption("long") else (DATABASES[at % 2],) for at in range(len(STORIES))]
    cases = [(story, name) for story, names in zip(STORIES, on, strict=True) for name in names]
    ids = [f"{name}-{story.stem}" for story, name in cases]
    metafunc.parametrize(("story", "database"), cases, ids=ids, indirect=["database"])


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return address(request, tmp_path, request.param)


@pytest.mark.slow
@pytest.mark.asyncio
async def test_the_same_with_a_restart_before_every_line_and_every_update_twice(
    story: Path, tmp_path: Path, database: str
) -> None:
    script = story.read_text()
    with town(tmp_path, database, **stage(script)) as made:
        assert await Player(made, twice=True, forgetful=True).play(script) == script
