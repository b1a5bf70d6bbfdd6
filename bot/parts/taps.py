"""Courtesies that go straight to the platform, beside the outbox: a pressed button answers, "typing" is shown."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.gateway import Gateway
from handlers.chat import Incoming

#: a pressed button answers after so many seconds though its work is not done; Telegram's apps spin until then. In a
#: group the answer is all that whoever pressed is told, so it is waited for
PATIENCE, IN_A_GROUP = 1.2, 8.0
#: seconds after which a press that was answered is forgotten
REMEMBERED = 300.0


class Taps:
    """Never waited for, and never fails."""

    def __init__(self) -> None:
        self._spinning: dict[tuple[str, str], asyncio.TimerHandle] = {}
        #: those that could not wait: a platform takes one answer
        self._answered: set[tuple[str, str]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def pressed(self, gateway: Gateway, incoming: Incoming) -> None:
        loop, seconds = asyncio.get_running_loop(), PATIENCE if incoming.private else IN_A_GROUP
        self._spinning[_key(incoming)] = loop.call_later(seconds, self._impatient, gateway, incoming)

    def worked(self, gateway: Gateway, incoming: Incoming, words: str) -> None:
        """`words` are shown to who pressed, and to nobody else."""
        timer = self._spinning.pop(_key(incoming), None)
        if timer is not None:
            timer.cancel()
        if _key(incoming) in self._answered:
            self._answered.discard(_key(incoming))
        else:
            self._begin(gateway.acknowledge(incoming, words))

    def stop(self, gateway: Gateway, incoming: Incoming) -> None:
        """Nothing spins any more, and nothing is said."""
        self._begin(gateway.acknowledge(incoming, ""))

    def _impatient(self, gateway: Gateway, incoming: Incoming) -> None:
        self._spinning.pop(_key(incoming), None)
        self._answered.add(_key(incoming))
        # another copy may work it: then nobody asks here
        asyncio.get_running_loop().call_later(REMEMBERED, self._answered.discard, _key(incoming))
        self.stop(gateway, incoming)

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


def _key(incoming: Incoming) -> tuple[str, str]:
    return incoming.channel, incoming.key
