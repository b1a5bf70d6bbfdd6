"""The clock stumbles: what fails stops nothing else, and is looked at again."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from handlers.asking import reminding
from storage.cases import history
from storage.due import STUMBLED
from storage.posts import staff
from tests.records.test_forgetting import holding
from tests.stage.permissions import LEVELS
from tests.stage.player import Player
from tests.stage.saying import REPORT, say, seen
from tests.stage.town import Town, town


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_draft_that_fails_stops_no_other(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reminding.remind

    def broken(context: Any, draft: Any) -> None:
        if "路灯" in draft.words:
            raise KeyError("a category that is gone")
        real(context, draft)

    monkeypatch.setattr(reminding, "remind", broken)
    with town(tmp_path, url) as made:
        await say(made, "a", "荷花里路灯不亮")
        await say(made, "b", "荷花里垃圾没人收")
        await made.push(timedelta(minutes=40))
        assert [words[:5] for words in seen(made, "b")] == ["请核对", "您刚才说的"]
        assert seen(made, "a") == ["请核对"]
        monkeypatch.setattr(reminding, "remind", real)
        await made.push(timedelta(minutes=10))
        assert len(seen(made, "a")) == 2


@pytest.mark.asyncio
async def test_what_cannot_be_sealed_is_forgotten_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise KeyError("a chain that cannot be read")

    with town(tmp_path, keeping={"drafts": "30d"}) as made:
        await Player(made).say("resident", "荷花里路灯不亮")
        assert "texts" in holding(made, "路灯不亮")
        monkeypatch.setattr(history, "seal", broken)
        monkeypatch.setattr(history, "districts", lambda _: ["370481"])
        made.clock.push(timedelta(days=40))
        for _ in range(3):
            await made.running.ticks.tick()
        assert "texts" not in holding(made, "路灯不亮")


@pytest.mark.asyncio
async def test_a_leave_that_stumbles_begins_a_little_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = staff.relieve

    def broken(*_: object, **__: object) -> None:
        raise KeyError("somebody who is gone")

    monkeypatch.setattr(staff, "relieve", broken)
    with town(tmp_path, units=LEVELS) as made:
        await say(made, "a", *REPORT)
        player = Player(made, _keys=500)
        for said in ("/leave", "明天到后天", "[王建国…]"):
            await player.say("evening", said)
        await made.push(timedelta(days=1))
        assert not told_of_the_cases(made)
        monkeypatch.setattr(staff, "relieve", real)
        await made.push(timedelta(minutes=1))
        assert not told_of_the_cases(made)
        await made.push(STUMBLED)
        assert told_of_the_cases(made)


def told_of_the_cases(made: Town) -> bool:
    return any("的 1 件工单交给您了" in words for words in seen(made, "worker"))


@pytest.mark.asyncio
async def test_many_lists_of_the_day_let_what_is_due_come_in_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A province's lists are half an hour's work."""
    monkeypatch.setattr("bot.clockwork.ticks.LISTS", 1)
    with town(tmp_path) as made:
        await say(made, "a", *REPORT)
        done: list[str] = []
        ticks = type(made.running.ticks)

        def noted(step: str, real: Any) -> Any:
            def work(*given: Any) -> Any:
                done.append(step)
                return real(*given)

            return work

        for step in ("_list", "_cases"):
            monkeypatch.setattr(ticks, step, noted(step, getattr(ticks, step)))
        made.clock.push(timedelta(hours=22))
        await made.running.ticks.tick()
        lists = [at for at, step in enumerate(done) if step == "_list"]
        assert len(lists) > 2
        assert all("_cases" in done[one:other] for one, other in pairwise(lists[:3]))
