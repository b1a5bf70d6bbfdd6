"""Rows a second out of the outbox, in order within each chat, with one sender and with four.

    python -m bench.outbox

The platform is in memory, so what is measured is ours: claiming, rendering, the receipt's commit. The floor takes each
row's receipt (one UPDATE and one commit) by the bare driver in the same run.
"""

import asyncio
import sqlite3
import time
from typing import Any

from sqlalchemy import insert

from bench.stage import Stage, stages
from bot.gateway import Part, Sent
from bot.gateways.memory import MemoryGateway
from bot.outgoing.outbox import Outbox
from handlers.chat import Message
from storage.database.engine import Database
from storage.tables import chats, outbox
from tests.stage.town import TUESDAY

CHATS, EACH = 100, 20


class Counted(MemoryGateway):
    """Tells when the last message arrived."""

    def __init__(self, all_sent: asyncio.Event) -> None:
        super().__init__()
        self._all_sent = all_sent

    async def send(self, address: str, part: Part) -> Sent:
        ref = await super().send(address, part)
        if len(self.events) == CHATS * EACH:
            self._all_sent.set()
        return ref


def fill(database: Database, channel: str) -> None:
    with database.begin() as connection:
        for chat in range(CHATS):
            made = insert(chats).values(channel=channel, address=f"{chat}", private=True).returning(chats.c.id)
            number = connection.execute(made).scalar_one()
            connection.execute(
                insert(outbox),
                [
                    {
                        "chat": number,
                        "klass": "fact",
                        "kind": "say",
                        "payload": Message(str(n)).pack(),
                        "created_at": TUESDAY,
                    }
                    for n in range(EACH)
                ],
            )


async def send(stage: Stage, senders: int) -> float:
    running, _, database = stage.open()
    gateway = Counted(all_sent := asyncio.Event())
    gateway.channel = f"bench{senders}"
    running.house.gateways[gateway.channel] = gateway
    fill(database, gateway.channel)
    work = Outbox(running.house, at_once=senders)
    started = time.perf_counter()
    task = asyncio.create_task(work.run())
    await all_sent.wait()
    used = time.perf_counter() - started
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for shown in gateway.chats.values():
        assert [s.message.text for s in shown] == [str(n) for n in range(EACH)], "the order was lost"
    database.close()
    return CHATS * EACH / used


def floor(stage: Stage) -> float:
    """One receipt a commit, on rows that are there and to the same disk, by the driver alone."""
    statement = "UPDATE outbox SET attempts = attempts + 1 WHERE id = (SELECT min(id) FROM outbox) + {}"
    if stage.url.startswith("sqlite"):
        connection: Any = sqlite3.connect(stage.url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
    else:
        import psycopg

        connection = psycopg.connect(stage.url, autocommit=True)
    started = time.perf_counter()
    for number in range(CHATS * EACH):
        assert connection.execute(statement.format(number)).rowcount == 1
    used = time.perf_counter() - started
    connection.close()
    return CHATS * EACH / used


def main() -> None:
    with stages() as found:
        for stage in found:
            rates = {senders: asyncio.run(send(stage, senders)) for senders in (1, 4)}
            bottom = floor(stage)
            for senders, rate in rates.items():
                print(
                    f"{stage.name:11} {senders} sender{'s' if senders > 1 else ' '}: {rate:6.0f} rows/s in order; "
                    f"bare receipts {bottom:6.0f}/s, ratio {bottom / rate:4.1f}"
                )


if __name__ == "__main__":
    main()
