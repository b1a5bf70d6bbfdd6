"""Eight stories of the transcripts, unchanged, through both libraries, by polling and by webhook, in real processes."""

from pathlib import Path
from typing import Any, cast

import pytest

from tests import TRANSCRIPTS
from tests.stage.player import Player
from tests.stage.town import town
from tests.telegram import spec
from tests.telegram.server import TelegramServer
from tests.telegram.stage import Zygote, free_port, stage
from tests.telegram.teller import USERS, Screens, Teller, Town

pytestmark = pytest.mark.slow

STORIES = (
    "01_a_whole_life",
    "09_album",
    "10_edited_message",
    "07_emergency",
    "26_about_the_coordinator",
    "04_returned_twice",
    "05_three_times_not_solved",
    "46_in_a_group",
)


@pytest.mark.asyncio
@pytest.mark.parametrize("mode", ["polling", "webhook"])
@pytest.mark.parametrize("library", ["ptb", "aiogram"])
@pytest.mark.parametrize("story", STORIES)
async def test_story(story: str, library: str, mode: str, tmp_path: Path, seed: Zygote) -> None:
    script = (TRANSCRIPTS / f"{story}.txt").read_text()
    with town(tmp_path / "memory") as made:
        wanted = await Player(made, final=True).play(script)
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, library, mode, port=free_port()) as on,
    ):
        teller = Teller(cast(Any, Town(Screens(on))), stage=on)
        seen = await teller.play(script)
        assert seen == wanted, on.log()
    assert server.mistakes == []


def test_the_calls_were_checked() -> None:
    """Said here, where it can be read, and not hidden in a green run."""
    if spec.spec() is None:
        pytest.skip(f"the official description is not at {spec.SPEC}: calls were not checked against it")
    assert spec.mistakes("sendMessage", {"chat_id": 1, "text": "好"}) == []
    assert spec.mistakes("sendMessage", {"chat_id": 1}) != []
    assert spec.mistakes("sendMessage", {"chat_id": 1, "text": "好", "reply_markup": {"inline_keyboard": [[{"x": 1}]]}})
