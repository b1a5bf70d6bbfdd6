"""Telegram calls us: one endpoint for every bot and both libraries; 200 only after the raw update is committed."""

import hmac

import structlog
from aiohttp import web

from bot.house import House
from bot.incoming.receiving import receive
from cases.errors import Transient

log = structlog.get_logger()

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


def path(channel: str) -> str:
    return f"/{channel}"


class Webhook:
    def __init__(self, house: House, secrets: dict[str, str]) -> None:
        """`secrets`: what Telegram shows for each channel."""
        self._house, self._secrets = house, secrets

    def routes(self) -> list[web.RouteDef]:
        return [web.post(path(channel), self._called) for channel in self._secrets]

    async def _called(self, request: web.Request) -> web.Response:
        channel = request.path.strip("/")
        shown, wanted = request.headers.get(SECRET, ""), self._secrets[channel]
        if not hmac.compare_digest(shown.encode(), wanted.encode()):
            return web.Response(status=403)
        try:
            update = await request.json()
            key = str(int(update["update_id"]))
        except (ValueError, TypeError, KeyError):
            return web.Response(status=400)
        try:
            await receive(self._house, channel, key, update)
        except Transient as error:  # Telegram keeps it and comes again
            log.warning("update not kept", channel=channel, error=str(error))
            return web.Response(status=503)
        return web.Response()
