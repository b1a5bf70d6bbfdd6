"""The HTTP side of a running house: whether it lives, whether it can work, its figures, and Telegram's calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.house import House
from cases.errors import Transient
from config.mistakes import Mistakes
from storage.database import schema

log = structlog.get_logger()

#: an update is a few kilobytes; more is not Telegram
LARGEST = 1024 * 1024
#: seconds the database has to answer before this copy counts as not ready
PATIENCE = 5.0


class Health:
    """/healthz: the process answers. /readyz: it can also work. /metrics: figures, none about a person."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/healthz", self._lives),
            web.get("/readyz", self._can_work),
            web.get("/metrics", self._figures),
        ]

    async def _lives(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _can_work(self, _: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(PATIENCE):
                trouble = await self._house.database.read(schema.trouble)
        except (Transient, TimeoutError):
            trouble = "the database does not answer"
        return web.Response(text=f"{trouble or 'ready'}\n", status=503 if trouble else 200)

    async def _figures(self, _: web.Request) -> web.Response:
        body = await self._house.metrics.shown(self._house.database, self._house.clock.now())
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


@asynccontextmanager
async def listening(bind: str, routes: Iterable[web.RouteDef], *, needed: bool) -> AsyncIterator[None]:
    """`needed`: Telegram calls here. Else a port that is taken, by another copy on this machine, is only said.

    Raises Mistakes when what is needed cannot be had.
    """
    app = web.Application(client_max_size=LARGEST, middlewares=[_plain])
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2)
    await runner.setup()
    host, _, port = bind.rpartition(":")
    try:
        try:
            await web.TCPSite(runner, host or "127.0.0.1", int(port)).start()
        except OSError as error:
            if needed:
                raise Mistakes([f"http_bind {bind}: {error.strerror}"]) from error
            log.warning("no health and figures: the port is taken", http_bind=bind, error=error.strerror)
        yield
    finally:
        await runner.cleanup()


@web.middleware
async def _plain(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Nothing here is a page, and nothing is to be kept."""
    response = await handler(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
