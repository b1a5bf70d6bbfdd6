"""Courtesies that go straight to the platform, beside the outbox: a pressed button answers, "typing" is shown."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.gateway import Gateway
from handlers.chat import Incoming

#: a pressed button answers after so many seconds though its work is not done; Telegram's apps spin until then
PATIENCE = 1.2


class Taps:
    """Never waited for, and never fails."""

    def __init__(self) -> None:
        self._spinning: dict[tuple[str, str], asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def pressed(self, gateway: Gateway, incoming: Incoming) -> None:
        loop = asyncio.get_running_loop()
        key = (incoming.channel, incoming.key)
        self._spinning[key] = loop.call_later(PATIENCE, self._answer, gateway, incoming, "")

    def worked(self, gateway: Gateway, incoming: Incoming, words: str) -> None:
        """`words` are shown to who pressed, and to nobody else."""
        self._answer(gateway, incoming, words)

    def _answer(self, gateway: Gateway, incoming: Incoming, words: str) -> None:
        timer = self._spinning.pop((incoming.channel, incoming.key), None)
        if timer is not None:
            timer.cancel()
        self._begin(gateway.acknowledge(incoming, words))

    def typing(self, gateway: Gateway, incoming: Incoming) -> None:
        self._begin(gateway.typing(incoming))

    async def end(self) -> None:
        """What was begun is finished; nothing more is."""
        for timer in self._spinning.values():
            timer.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, courtesy: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(courtesy)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
