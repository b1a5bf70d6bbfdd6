"""Keeps a house running until it is told to stop; then what is in hand is finished."""

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from functools import cache
from typing import Any

import structlog

from bot.composition import Running
from bot.running.scheduler import Scheduler
from cases.errors import Transient
from storage.database import leases

log = structlog.get_logger()

#: seconds after which a stop that hangs, on a database or a network, is cut short; by design nothing is lost by it
LONGEST = 9


async def _beat(running: Running) -> None:
    """What this copy holds is its own as long as it lives; a copy that died is succeeded within `leases.LEASE`."""
    house = running.house
    while True:
        try:
            await house.database.write(leases.beat, house.owner)
        except Transient as error:
            log.warning("database away", error=str(error))
        await asyncio.sleep(leases.BEAT)


@cache
def _cut_short() -> None:
    """Once. A thread and no task: it ends the process whatever else hangs."""
    timer = threading.Timer(LONGEST, os._exit, (1,))
    timer.daemon = True
    timer.start()


async def serve(running: Running, *more: Coroutine[Any, Any, None]) -> None:
    """Lanes, outbox and clock, and what else is given, until SIGINT or SIGTERM. Raises what any of them died of."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def end() -> None:
        _cut_short()
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    work = [
        running.lanes.run(),
        running.outbox.run(),
        Scheduler(running).run(),
        running.renewal.run(),
        _beat(running),
        *more,
    ]
    tasks = [asyncio.create_task(coroutine) for coroutine in work]
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
    _cut_short()
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    if waiting in done:
        log.info("stopped")
        return
    waiting.cancel()
    for result in results:
        if isinstance(result, Exception):
            raise result
