"""Asking Telegram for updates: one copy at a time, and the next offset only after the commit."""

import asyncio
import contextlib

import aiohttp
import structlog

from bot.gateway import Closed
from bot.gateways.telegram import bare
from bot.house import House
from bot.incoming.receiving import receive
from cases.errors import Transient
from storage.database import leases

log = structlog.get_logger()

#: everything a person does, and what happens to a chat
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
#: seconds Telegram may keep us waiting for an update
LONG_POLL = 25
#: pauses in seconds: another copy polls, Telegram is away, Telegram refuses our token
ELSEWHERE, AWAY, REFUSED = 1.0, 2.0, 30.0


class Polling:
    def __init__(self, house: House, channel: str, base: str, token: str) -> None:
        self._house, self._channel, self._base, self._token = house, channel, base, token

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                pause = await self._while_ours()
            except Closed as error:
                log.error(  # noqa: TRY400 - a trace would say no more
                    "telegram refuses the token", channel=self._channel, error=str(error)
                )
                pause = REFUSED
            except Transient as error:
                log.warning("no updates", channel=self._channel, error=str(error))
                pause = error.retry_after or AWAY
            except Exception:  # whatever was answered, the next answer may be another
                log.exception("no updates", channel=self._channel)
                pause = AWAY
            await asyncio.sleep(pause)

    async def _while_ours(self) -> float:
        """Polls as long as this copy holds the lease; the pause before another look at it."""
        key, write = f"poll:{self._channel}", self._house.database.write
        held = await write(leases.take, key, self._house.owner)
        if held is None:
            return ELSEWHERE
        try:
            async with aiohttp.ClientSession() as session:
                offset = 0
                while True:
                    updates = await bare.call(
                        session,
                        self._base,
                        self._token,
                        "getUpdates",
                        seconds=LONG_POLL + 15,
                        offset=offset,
                        timeout=LONG_POLL,
                        allowed_updates=KINDS,
                    )
                    for update in updates:
                        await receive(self._house, self._channel, str(update["update_id"]), update)
                        offset = update["update_id"] + 1
                    await write(leases.fence, key, held)
        finally:
            with contextlib.suppress(Transient):
                await asyncio.shield(write(leases.release, key, held))
