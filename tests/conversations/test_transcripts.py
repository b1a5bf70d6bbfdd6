"""Whole stories, as people live them: tests/transcripts/*.txt. `test_restarts.py` lives each of them again."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests import PLACES, TRANSCRIPTS
from tests.stage.player import Player
from tests.stage.town import town

#: "# @units levels", "# @start 2026-09-30T16:00", "# @set {json}": where, when and how a story is lived
_SETTING = re.compile(r"^# @(units|start|set) (.+)$", re.MULTILINE)
STORIES = sorted(TRANSCRIPTS.glob("*.txt"))
#: the life of a case; what is built upon it, from the levels to the ledger, is for the full ring
FAST = "51"
ONCE = [pytest.param(path, marks=() if path.stem < FAST else pytest.mark.slow, id=path.stem) for path in STORIES]


def stage(script: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in _SETTING.findall(script):
        if name == "units":
            given["units"] = PLACES / value
        elif name == "start":
            given["start"] = datetime.fromisoformat(value).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        else:
            given |= json.loads(value)
    return given


@pytest.mark.asyncio
@pytest.mark.parametrize("story", ONCE)
async def test_story(story: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    script = story.read_text()
    with town(tmp_path, **stage(script)) as made:
        seen = await Player(made).play(script)
    if pytestconfig.getoption("accept"):
        story.write_text(seen)
    assert seen == script
