"""Saying things to a running town, and looking at what came of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import func, select

from bot.incoming.receiving import receive
from storage.database.engine import Database
from storage.tables import cases
from storage.tables import inbox as inbox_table
from storage.traffic import deliveries, inbox
from tests.stage.town import Town

REPORT = ("荷花里垃圾没人收", "提交", "同意并提交")


class Housed(Protocol):
    """Whatever has a database: a town, a line."""

    database: Database


async def say(made: Town, user: str, *texts: str) -> None:
    for words in texts:
        key = str(count(made, inbox_table))
        await receive(made.running.house, "web", key, {"user": user, "text": words})
        await made.running.settle()


def count(made: Housed, table: Any, *where: Any) -> int:
    with made.database.look() as connection:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def seen(made: Town, user: str) -> list[str]:
    return [shown.message.text.split("\n")[0] for shown in made.gateway.chats[user]]


def deliveries_waiting(made: Town) -> int:
    with made.database.look() as connection:
        return deliveries.counts(connection).get("waiting", 0)


async def until(made: Town, done: Callable[[], bool]) -> None:
    """Let the house run as it does in earnest until something is so."""
    running = made.running
    tasks = [asyncio.create_task(work.run()) for work in (running.lanes, running.outbox)]
    async with asyncio.timeout(20):
        while not done():
            await running.ticks.tick()
            await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def settled(made: Town, people: int) -> bool:
    with made.database.look() as connection:
        waiting = inbox.counts(connection).get("waiting", 0) + deliveries.counts(connection).get("waiting", 0)
        dispatched = connection.execute(
            select(func.count()).select_from(cases).where(cases.c.state == "dispatched")
        ).scalar_one()
    return waiting == 0 and dispatched == people


def file_of(tmp_path: Path, text: str, name: str = "units.csv") -> Path:
    file = tmp_path / name
    file.write_text(text)
    return file
