"""Forged, hostile, out of order: a sentence in answer, and nothing breaks."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import update

from bot.incoming.receiving import receive
from cases.errors import Refused
from handlers.context import Context
from handlers.door import taps
from storage.tables import cases, conversations
from storage.tables import inbox as inbox_table
from tests.stage.player import Player
from tests.stage.saying import REPORT, count, say, seen
from tests.stage.town import town


@pytest.mark.asyncio
async def test_updates_out_of_order_and_after_the_fact(tmp_path: Path) -> None:
    """提交 before there is anything to submit, and again when all is done."""
    with town(tmp_path) as made:
        await say(made, "a", "提交", "同意并提交", *REPORT)
        await made.push(timedelta(minutes=1))
        player = Player(made)
        await player.say("a", "提交")
        assert count(made, cases) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "tap",
    [
        "",
        "x",
        "c.1.1",
        "c.999.1.0",
        "c.a.b.c",
        "a.accept",
        "a.nothing.370481-1",
        "a.accept.370481-zz",
        "s.",
        "l.mine.x",
        "l.nobody.1",
        "a.accept.370481-ffffffffffff",
        "c.1.1.99",
        "c.-1.0.0",
        "h.1",
        "h.x",
        "." * 60,
    ],
)
async def test_forged_buttons(tmp_path: Path, tap: str) -> None:
    with town(tmp_path) as made:
        await receive(made.running.house, "web", "1", {"user": "a", "text": "荷花里垃圾没人收"})
        await made.running.settle()
        await receive(made.running.house, "web", "2", {"user": "b", "tap": tap})
        await made.running.settle()
        assert len(seen(made, "b")) == 1
        assert count(made, inbox_table, inbox_table.c.state == "dead") == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "words", ["长" * 5000, "\x00电梯坏了", "\ud83d", "\u202e荷花里", "a" * 4096, "%s{0}{x}", "/" * 50]
)
async def test_hostile_words(tmp_path: Path, url: str, words: str) -> None:
    with town(tmp_path, url) as made:
        await say(made, "a", words)
        assert len(made.gateway.chats["a"]) >= 1
        assert count(made, inbox_table, inbox_table.c.state == "dead") == 0


@pytest.mark.asyncio
async def test_a_question_of_an_older_version_is_ended_and_the_words_are_heard(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await say(made, "a", "荷花里路灯不亮")
        with made.database.begin() as connection:
            connection.execute(update(conversations).values(flow="gone"))
        await say(made, "a", "荷花里垃圾没人收")
        assert seen(made, "a")[-1].startswith(("请核对", "刚才那一步已经没有了")), seen(made, "a")


def test_a_bug_behind_a_button_is_no_forged_button(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what stands on the button is distrusted: what fails behind it is told to an operator."""

    def broken(_: Context) -> None:
        raise KeyError("ours")

    monkeypatch.setitem(taps.TAPS, "d", ((), broken))
    context = cast("Context", SimpleNamespace(private=True))
    with pytest.raises(KeyError, match="ours"):
        taps.tapped(context, "d")
    with pytest.raises(Refused):
        taps.tapped(context, "d.1")
