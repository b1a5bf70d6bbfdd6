"""The database goes away under a running house, and comes back (DESIGN §4): nothing is lost, nobody need help."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import lanes, turns
from bot.lanes import receive
from cases.errors import Transient
from storage import leases
from storage.tables import cases
from tests.saying import REPORT, count, say, settled
from tests.town import Town, town

pytestmark = pytest.mark.slow


@pytest.mark.asyncio
async def test_postgresql_stopped_and_started_under_a_running_house(
    tmp_path: Path, servers: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = servers("stopped")
    monkeypatch.setattr(leases, "LEASE", 1.0)
    monkeypatch.setattr(turns, "AWAY", 0.05)
    monkeypatch.setattr(lanes, "PAUSES", (0.05,))
    with town(tmp_path, server.get_uri(database="wangge")) as made:
        await say(made, "before", *REPORT)
        house = made.running.house
        await receive(house, "web", "kept", {"user": "a", "text": REPORT[0]})  # committed, and not worked yet
        with capture_logs() as logs:
            tasks = [asyncio.create_task(work.run()) for work in (made.running.lanes, made.running.outbox)]
            await asyncio.to_thread(server.stop)
            with pytest.raises(Transient):
                await receive(house, "web", "refused", {"user": "b", "text": REPORT[0]})
            async with asyncio.timeout(60):
                while len([line for line in logs if line["event"] == "database away"]) < 10:
                    await made.running.ticks.tick()
                    await asyncio.sleep(0)
            await asyncio.to_thread(server.start)
        for user, first in (("a", 1), ("b", 0)):  # what was not acknowledged, the platform brings again
            for number, words in enumerate(REPORT[first:]):
                await receive(house, "web", f"{user}{number}", {"user": user, "text": words})
        await _until(made, people=3)
        assert count(made, cases) == 3
        assert not [task for task in tasks if task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until(made: Town, people: int) -> None:
    async with asyncio.timeout(60):
        while not settled(made, people):
            await made.running.ticks.tick()
            await asyncio.sleep(0)
