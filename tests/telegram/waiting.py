"""Waiting for what another process, or a timer of the product, does: it sends no signal, so it is looked at."""

import asyncio
from collections.abc import Callable

#: seconds between two looks
LOOK = 0.01


async def until(done: Callable[[], bool], seconds: float = 30) -> None:
    """Raises TimeoutError when it is not so in time."""
    async with asyncio.timeout(seconds):
        while not done():  # noqa: ASYNC110 - see above
            await asyncio.sleep(LOOK)
