"""A server in the benchmark's own process. Nothing of ours is imported: a bare bot must stay bare."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    """The address of a server in this process."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield site.name.rstrip("/")
    finally:
        await runner.cleanup()


class Counter:
    """Counts what arrived; whoever waits for so much is woken when it is there."""

    def __init__(self) -> None:
        self.count = 0
        self._more = asyncio.Event()

    def add(self) -> None:
        self.count += 1
        self._more.set()

    async def until(self, done: Callable[[], bool]) -> None:
        while not done():
            self._more.clear()
            await self._more.wait()
