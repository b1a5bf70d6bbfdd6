"""The database goes away under a running house, and comes back: nothing is lost, nobody need help."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot import turns
from bot.incoming import lanes
from bot.incoming.receiving import receive
from cases.errors import Transient
from storage.database import leases
from storage.tables import cases, inbox
from tests.stage.saying import REPORT, count, deliveries_waiting, say, settled
from tests.stage.town import Town, town
from tests.telegram.waiting import until

pytestmark = pytest.mark.slow


@pytest.mark.asyncio
async def test_postgresql_stopped_and_started_under_a_running_house(
    tmp_path: Path, servers: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    away = 30.0 if pytestconfig.getoption("long") else 0.0
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
            begun = time.monotonic()
            async with asyncio.timeout(60):
                while (
                    len([line for line in logs if line["event"] == "database away"]) < 10
                    or time.monotonic() - begun < away
                ):
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


@pytest.mark.asyncio
async def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written is not acknowledged; when there is room again, all goes on by itself."""
    monkeypatch.setattr(lanes, "PAUSES", (0.05,))
    monkeypatch.setattr(turns, "AWAY", 0.05)
    monkeypatch.setattr(leases, "LEASE", 0.5)
    with town(tmp_path) as made:
        house = made.running.house
        await say(made, "before", *REPORT)
        _room(made, full=True)
        refused, kept = [], 0
        for number in range(40):  # until its last free pages are used up
            try:
                await receive(house, "web", f"k{number}", {"user": f"r{number}", "text": REPORT[0] * 20})
                kept += 1
            except Transient as error:
                refused.append((number, str(error)))
        assert refused
        assert all("full" in said for _, said in refused)
        tasks = [asyncio.create_task(work.run()) for work in (made.running.lanes, made.running.outbox)]
        with capture_logs() as logs:
            await until(lambda: any("full" in str(line.get("error")) for line in logs))
        _room(made, full=False)
        for number, _ in refused:  # the platform brings again what was not acknowledged
            await receive(house, "web", f"k{number}", {"user": f"r{number}", "text": REPORT[0] * 20})
        await until(lambda: not deliveries_waiting(made) and not count(made, inbox, inbox.c.state == "waiting"))
        assert all(made.gateway.chats[f"r{number}"] for number in range(40))
        assert count(made, inbox, inbox.c.state == "dead") == 0
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _room(made: Town, *, full: bool) -> None:
    """As if the disk had no page more, or had room again."""
    with made.database.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages if full else pages * 100}")


async def _until(made: Town, people: int) -> None:
    async with asyncio.timeout(60):
        while not settled(made, people):
            await made.running.ticks.tick()
            await asyncio.sleep(0)
