"""Voice notes in words, by a program of the place: through the chat, and what becomes of one that hears nothing."""

import asyncio
from pathlib import Path

import pytest

from bot.incoming.receiving import receive
from tests.stage.player import FILES
from tests.stage.saying import seen
from tests.stage.town import Town, town

VOICE = {"user": "a", "text": "", "media": [{"kind": "voice", "file": "voice", "size": 60}]}


def program(folder: Path, line: str) -> Path:
    folder.mkdir()
    (folder / "transcribe").write_text(f"#!/bin/sh\n{line}\n")
    (folder / "transcribe").chmod(0o755)
    return folder


async def speak(made: Town) -> None:
    made.gateway.files.update(FILES)
    await receive(made.running.house, "web", "v", VOICE)
    await made.running.settle()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("echo 荷花里路灯不亮", ["请核对"]),
        (
            "echo 厨房着火了快来",
            ["⚠ 请先打 119 火警！人先离开，别乘电梯。", "在哪里？小区、村名、路名，说一个就行，马上告诉值班的人。"],
        ),
        ("exit 3", ["语音收到了，不用打字，有人听。"]),
        ("", ["语音收到了，不用打字，有人听。"]),
    ],
)
def test_a_voice_note_is_heard_where_a_place_can(tmp_path: Path, line: str, shown: list[str]) -> None:
    with town(tmp_path / "town", speech=program(tmp_path / "speech", line)) as made:
        asyncio.run(speak(made))
        assert seen(made, "a") == shown


def test_by_default_people_listen(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        asyncio.run(speak(made))
        assert seen(made, "a") == ["语音收到了，不用打字，有人听。"]
