"""A pressed button answers once, late or not: a platform takes one answer, and the first counts."""

import asyncio

import pytest

from bot.gateways.memory import MemoryGateway
from bot.parts import taps
from bot.parts.taps import Taps
from handlers.chat import Incoming

PRESSED = Incoming("web", "k1", "group", "resident", tap="a.accept.1", tap_id="t1", private=False)


@pytest.mark.asyncio
@pytest.mark.parametrize("late", [False, True])
async def test_a_press_is_answered_once(late: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taps, "IN_A_GROUP", 0.0 if late else 60.0)
    courtesies, gateway, answers, answered = Taps(), MemoryGateway("web"), list[str](), asyncio.Event()

    async def acknowledge(_: Incoming, words: str) -> None:
        answers.append(words)
        answered.set()

    monkeypatch.setattr(gateway, "acknowledge", acknowledge)
    courtesies.pressed(gateway, PRESSED)
    if late:
        await answered.wait()
    courtesies.worked(gateway, PRESSED, "已接单")
    await courtesies.end()
    assert answers == ([""] if late else ["已接单"])
