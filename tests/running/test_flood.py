"""A thousand messages of one person: one kind word, nobody else waits, and what cannot wait is heard."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.incoming.receiving import receive
from bot.parts.flood import MINUTE, Flood, Verdict
from storage.tables import inbox
from tests.stage.player import Player
from tests.stage.town import town


def said(user: str, key: str, text: str) -> dict[str, Any]:
    return {"user": user, "ref": key, "name": user, "text": text, "addressed": False, "anonymous": False, "event": ""}


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_flood_is_told_once_and_hinders_nobody(tmp_path: Path) -> None:
    with town(tmp_path, limits={"per_minute": 10}) as made:
        house = made.running.house
        for number in range(1000):
            await receive(house, "web", f"f{number}", said("resident", f"f{number}", f"在吗{number}"))
        await receive(house, "web", "n1", said("neighbour", "n1", "荷花里路灯不亮"))
        await made.running.settle()
        slow = house.world.texts.say("zh", "flood.slow")
        heard = [shown.message.text for shown in made.gateway.chats["resident"]]
        assert heard.count(slow) == 1
        assert len(heard) <= 12
        assert "请核对" in made.gateway.chats["neighbour"][-1].message.text
        with made.database.look() as connection:
            states = select(inbox.c.state, func.count()).group_by(inbox.c.state)
            assert dict(tuple(row) for row in connection.execute(states)) == {"done": 11, "flooded": 990}


@pytest.mark.asyncio
async def test_an_emergency_is_heard_in_a_flood(tmp_path: Path) -> None:
    with town(tmp_path, limits={"per_minute": 5}) as made:
        player = Player(made)
        for number in range(6):
            await player.say("resident", f"在吗{number}")
        await player.say("resident", "荷花里着火了快来人")
        assert any("119" in shown.message.text for shown in made.gateway.chats["resident"])


def test_a_minute_later_it_is_over() -> None:
    now = [0.0]
    flood = Flood(2, lambda: now[0])
    assert [flood.heard("a") for _ in range(4)] == [Verdict.FINE, Verdict.FINE, Verdict.FIRST, Verdict.MORE]
    assert flood.heard("b") is Verdict.FINE
    now[0] = MINUTE
    assert flood.heard("a") is Verdict.FINE
    assert flood.heard("a") is Verdict.FINE
    assert flood.heard("a") is Verdict.FIRST


def test_who_went_quiet_takes_no_memory() -> None:
    now = [0.0]
    flood = Flood(2, lambda: now[0])
    for number in range(10_500):
        now[0] += 0.1
        flood.heard(str(number))
    assert len(flood._heard) < 10_001
