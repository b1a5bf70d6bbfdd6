"""Told to stop: what is in hand is finished, and a platform that hangs keeps nobody longer than ten seconds."""

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from tests.telegram import server as server_module
from tests.telegram.server import TelegramServer, Wire
from tests.telegram.stage import Stage, Zygote, stage
from tests.telegram.teller import USERS
from tests.telegram.test_updates import message
from tests.telegram.waiting import until

pytestmark = pytest.mark.slow

#: seconds a stop may take
LONGEST = 10.0


async def stopped(on: Stage) -> float:
    """Seconds it took."""
    pid = next(iter(on.pids))
    begun = time.monotonic()
    on.kill(pid, signal.SIGTERM)
    await until(lambda: _gone(pid), LONGEST)
    return time.monotonic() - begun


def _gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.asyncio
async def test_a_stop_finishes_what_is_in_hand(tmp_path: Path, library: str, seed: Zygote) -> None:
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, library, "polling") as on,
    ):
        await on.send({"message": message(1)["message"]})
        await stopped(on)
        assert "stopped" in on.log()
        on.start()
        await on.quiet()
        assert len(on.phones.chats[str(USERS["resident"])]) == 1


@pytest.mark.asyncio
async def test_a_stop_while_telegram_hangs(
    tmp_path: Path, library: str, seed: Zygote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "HANGS", 60.0)
    server = TelegramServer()
    hung = asyncio.Event()

    def weather(method: str) -> Wire:
        if method != "sendMessage":
            return Wire.FINE
        hung.set()
        return Wire.HANGS

    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, library, "polling", lease=0.5, beat=0.1) as on,
    ):
        server.weather = weather
        await on.send({"message": message(1)["message"]})
        await asyncio.wait_for(hung.wait(), 20)
        await stopped(on)
        server.weather = lambda _: Wire.FINE
        on.start()
        await until(lambda: bool(on.phones.chats[str(USERS["resident"])]))
        assert len(on.phones.chats[str(USERS["resident"])]) == 1
