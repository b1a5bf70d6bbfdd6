"""APScheduler with a few fixed ticks. Deadlines are columns: a tick asks the database what is due."""

import asyncio

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.composition import Running

#: seconds between two looks at what is due, when nothing nudges
TICK = 1.0


class Scheduler:
    """Start it inside a running event loop."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._scheduler = AsyncIOScheduler(executors={"default": AsyncIOExecutor()}, timezone="UTC")
        self._wanted = asyncio.Event()
        # one at a time and none made up for: what was missed is still due at the next look
        self._scheduler.add_job(
            self._look, "interval", seconds=TICK, max_instances=1, coalesce=True, misfire_grace_time=None
        )
        running.house.listeners.append(self._wanted.set)

    async def _look(self) -> None:
        self._wanted.set()

    async def run(self) -> None:
        """Until cancelled."""
        self._scheduler.start()
        try:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                await self._running.ticks.tick()
        finally:
            self._scheduler.shutdown(wait=False)
