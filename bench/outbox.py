"""Rows a second out of the outbox, in order within each chat, with one sender and with four.

    python -m bench.outbox

The platform is in memory, so what is measured is ours: claiming, rendering, the receipt's commit. The floor takes each
row's receipt (one UPDATE and one commit) by the bare driver in the same run.
"""

import asyncio
import sqlite3
import time

from sqlalchemy import insert

from bench.stage import Stage, stages
from bot.outbox import Outbox
from handlers.chat import Message
from storage.engine import Database
from storage.tables import chats, outbox
from tests.town import TUESDAY

CHATS, EACH = 100, 20


def fill(database: Database, channel: str) -> None:
    with database.begin() as connection:
        for chat in range(CHATS):
            made = insert(chats).values(channel=channel, address=f"{chat}", private=True).returning(chats.c.id)
            number = connection.execute(made).scalar_one()
            connection.execute(insert(outbox), [
                {"chat": number, "klass": "fact", "kind": "say", "payload": Message(str(n)).pack(),
                 "created_at": TUESDAY} for n in range(EACH)
            ])  # fmt: skip


async def send(stage: Stage, senders: int) -> float:
    running, gateway, database = stage.open()
    gateway.channel = f"bench{senders}"
    running.house.gateways[gateway.channel] = gateway
    fill(database, gateway.channel)
    work = Outbox(running.house, at_once=senders)
    started = time.perf_counter()
    task = asyncio.create_task(work.run())
    while work.sent < CHATS * EACH:  # noqa: ASYNC110 - the sender tells nobody how far it is
        await asyncio.sleep(0.01)
    used = time.perf_counter() - started
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for shown in gateway.chats.values():
        assert [s.message.text for s in shown] == [str(n) for n in range(EACH)], "the order was lost"
    database.close()
    return CHATS * EACH / used


def floor(stage: Stage) -> float:
    """One receipt a commit, by the driver alone."""
    statement = "UPDATE outbox SET state='sent' WHERE id={}"
    if stage.url.startswith("sqlite"):
        connection = sqlite3.connect(stage.url.removeprefix("sqlite:///"), isolation_level=None)
        connection.execute("PRAGMA synchronous=FULL")
        run = lambda n: connection.execute(statement.format(n))  # noqa: E731
    else:
        import psycopg

        server = psycopg.connect(stage.url, autocommit=True)
        run = lambda n: server.execute(statement.format(n))  # type: ignore[assignment,return-value] # noqa: E731
    started = time.perf_counter()
    for number in range(1000):
        run(number)
    return 1000 / (time.perf_counter() - started)


def main() -> None:
    with stages() as found:
        for stage in found:
            bottom = floor(stage)
            for senders in (1, 4):
                rate = asyncio.run(send(stage, senders))
                print(
                    f"{stage.name:11} {senders} sender{'s' if senders > 1 else ' '}: {rate:6.0f} rows/s in order; "
                    f"bare receipts {bottom:6.0f}/s, ratio {bottom / rate:4.1f}"
                )


if __name__ == "__main__":
    main()
