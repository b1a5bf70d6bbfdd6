"""Asking Telegram for updates: one copy at a time, and the next offset only after the commit."""

import asyncio
import contextlib
from typing import Any

import aiohttp
import structlog

from bot.gateway import Closed, Limited
from bot.house import House
from bot.lanes import receive
from cases.errors import Transient
from storage import leases

log = structlog.get_logger()

#: everything a person does, and what happens to a chat
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
#: seconds Telegram may keep us waiting for an update
LONG_POLL = 25
#: pauses in seconds: another copy polls, Telegram is away, Telegram refuses our token
ELSEWHERE, AWAY, REFUSED = 1.0, 2.0, 30.0


class Polling:
    def __init__(self, house: House, channel: str, address: str) -> None:
        """`address`: of getUpdates, with the token in it; it must never reach a log."""
        self._house, self._channel, self._address = house, channel, address

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
                    for update in await self._ask(session, offset):
                        await receive(self._house, self._channel, str(update["update_id"]), update)
                        offset = update["update_id"] + 1
                    await write(leases.fence, key, held)
        finally:
            with contextlib.suppress(Transient):
                await asyncio.shield(write(leases.release, key, held))

    async def _ask(self, session: aiohttp.ClientSession, offset: int) -> list[dict[str, Any]]:
        body = {"offset": offset, "timeout": LONG_POLL, "allowed_updates": KINDS}
        timeout = aiohttp.ClientTimeout(total=LONG_POLL + 15, connect=10)
        try:
            async with session.post(self._address, json=body, timeout=timeout) as response:
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Transient(f"telegram: {type(error).__name__}") from None  # its words hold the token
        if not isinstance(answer, dict):
            raise Transient(f"telegram: {response.status}")
        if answer.get("ok"):
            found: list[dict[str, Any]] = answer["result"]
            return found
        words = f"telegram: {answer.get('description', response.status)}"
        if response.status in (401, 404):
            raise Closed(words)
        if response.status == 429:
            raise Limited(words, retry_after=float(answer.get("parameters", {}).get("retry_after", AWAY)))
        raise Transient(words)
