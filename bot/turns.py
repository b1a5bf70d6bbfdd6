"""Work that is claimed from the database and done a few pieces at a time; the lanes and the outbox are such."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from typing import Generic, TypeVar

import structlog

from cases.errors import Transient

log = structlog.get_logger()

#: seconds between looks for work that another copy left or wrote; our own work nudges at once
LOOK = 1.0
#: seconds to wait when the database is away
AWAY = 1.0
#: seconds for what is in hand when the house is told to stop
GRACE = 5.0


Piece = TypeVar("Piece")


class Turns(ABC, Generic[Piece]):
    """A piece is claimed only when there is a free hand for it, so that no lease runs out in a queue of ours."""

    def __init__(self, at_once: int) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._nudged = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @abstractmethod
    async def claim(self) -> Piece | None:
        """A piece that nobody works, now ours; None: there is nothing to do."""

    @abstractmethod
    async def work(self, piece: Piece) -> None:
        """All of the piece, as far as it goes now."""

    def nudge(self) -> None:
        self._nudged.set()

    async def run(self) -> None:
        """Until cancelled; then what is in hand is finished, as far as `GRACE` allows. The rest is left as a crash
        would leave it: nothing is lost."""
        try:
            while True:
                self._nudged.clear()
                if not await self._turn():
                    # not wait_for: before Python 3.12 it can swallow being cancelled when the nudge comes just then
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(LOOK):
                            await self._nudged.wait()
        finally:
            await self._finished()

    async def _finished(self) -> None:
        if not self._tasks:
            return
        _, left = await asyncio.wait(self._tasks, timeout=GRACE)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _turn(self) -> bool:
        await self._slots.acquire()
        piece = None
        try:
            piece = await self.claim()
        except Transient as error:
            log.warning("database away", error=str(error))
            await asyncio.sleep(AWAY)
        finally:
            if piece is None:
                self._slots.release()
        if piece is None:
            return False
        task = asyncio.create_task(self._guarded(piece))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _guarded(self, piece: Piece) -> None:
        try:
            await self.work(piece)
        except Transient as error:  # the lease runs out, and somebody else goes on
            log.warning("interrupted", piece=str(piece)[:80], error=str(error))
        finally:
            self._slots.release()

    async def settle(self) -> int:
        """Everything there is to do now, in this task; how many pieces it was."""
        count = 0
        while (piece := await self.claim()) is not None:
            await self.work(piece)
            count += 1
        return count
