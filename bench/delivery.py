"""Delivery at Telegram's own pace: 1,000 chats, and a server that enforces its usual limits to the letter.

    python -m bench.delivery

The server refuses (429) the 31st message in any second over all, and the second in a chat within a second. Printed:
the share of the limit that was used, refusals provoked, and how long an urgent notice waited behind 1,000 others.
"""

import asyncio
import sys
import time
from collections import defaultdict, deque
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import insert

from bench.serving import Counter, serving
from bench.stage import Stage, stages
from bot.composition import compose
from bot.parts.clock import PushedClock
from bot.running import live
from handlers.chat import Message
from storage.database import leases
from storage.database.engine import Database
from storage.tables import chats, outbox
from tests.stage.town import TUESDAY, town_settings

CHATS, URGENT = 1000, 10
A_SECOND, PER_CHAT = 30, 1.0
TOKEN = "1:bench"


class Telegram:
    """sendMessage alone, with the limits of its FAQ."""

    def __init__(self) -> None:
        self.arrived: list[tuple[float, str]] = []
        self.refused = 0
        self.counter = Counter()
        self._lately: deque[float] = deque()
        self._by_chat: dict[str, float] = defaultdict(lambda: -9.0)

    async def call(self, request: web.Request) -> web.Response:
        given: Any = await request.post()
        now, chat = time.monotonic(), str(given["chat_id"])
        while self._lately and self._lately[0] <= now - 1.0:
            self._lately.popleft()
        if len(self._lately) >= A_SECOND or now - self._by_chat[chat] < PER_CHAT:
            self.refused += 1
            body = {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests",
                "parameters": {"retry_after": 1},
            }
            return web.json_response(body, status=429)
        self._lately.append(now)
        self._by_chat[chat] = now
        self.arrived.append((now, given["text"]))
        self.counter.add()
        sent = {"message_id": len(self.arrived), "date": 1, "chat": {"id": int(chat), "type": "private"}}
        return web.json_response({"ok": True, "result": sent})


def put(database: Database, address: int, text: str, *, urgent: bool = False) -> None:
    with database.begin() as connection:
        made = insert(chats).values(channel="telegram", address=str(address), private=True).returning(chats.c.id)
        chat = connection.execute(made).scalar_one()
        connection.execute(
            insert(outbox).values(
                chat=chat,
                klass="fact",
                kind="say",
                payload=Message(text).pack(),
                urgent=urgent,
                priority=0 if urgent else 2,
                created_at=TUESDAY,
            )
        )


async def run(stage: Stage, copies: int) -> None:
    telegram = Telegram()
    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", telegram.call)
    database = Database(url := stage.copy(f"delivery{copies}"))
    for number in range(CHATS):
        put(database, 1000 + number, "bulk")
    async with serving(app) as address:
        command = [sys.executable, "-W", "ignore", "-m", "bench.delivery", url, address, str(stage.folder)]
        running = [await asyncio.create_subprocess_exec(*command) for _ in range(copies)]
        waits = [await urgent(database, telegram, number) for number in range(URGENT)]
        await telegram.counter.until(lambda: len(telegram.arrived) >= CHATS + URGENT)
        for process in running:
            process.terminate()
            await process.wait()
    database.close()
    begun, ended = telegram.arrived[30][0], telegram.arrived[-30][0]
    share = (len(telegram.arrived) - 60) / (ended - begun) / A_SECOND
    print(
        f"{stage.name:11} {copies} cop{'y ' if copies == 1 else 'ies'}: {share:.3f} of the limit used, "
        f"{telegram.refused} refused, urgent waited {max(waits):.2f} s at most ({URGENT} notices)"
    )


async def urgent(database: Database, telegram: Telegram, number: int) -> float:
    ready = 60 + number * 15  # messages: they are under way, and half a second apart
    await telegram.counter.until(lambda: len(telegram.arrived) >= ready)
    text, begun = f"urgent {number}", time.monotonic()
    await asyncio.to_thread(put, database, 5000 + number, text, urgent=True)
    await telegram.counter.until(lambda: any(said == text for _, said in telegram.arrived[-200:]))
    return time.monotonic() - begun


async def copy(url: str, api: str, folder: Path) -> None:
    """One copy of the bot: only what sends."""
    settings = town_settings(folder, url, telegram_token=TOKEN, telegram_api_base=api, telegram_library="ptb")
    database = Database(url)
    running = compose(settings, database, PushedClock(TUESDAY))
    running.house.gateways["telegram"] = live.gateway_of(settings, settings.all_bots()[0])
    task = asyncio.create_task(running.outbox.run())
    while True:
        await database.write(leases.beat, running.house.owner)
        await asyncio.sleep(leases.BEAT)
        assert not task.done()


def main() -> None:
    if len(sys.argv) > 1:
        asyncio.run(copy(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
        return
    with stages() as (sqlite, postgresql):
        asyncio.run(run(sqlite, 1))
        for copies in (1, 3):
            asyncio.run(run(postgresql, copies))


if __name__ == "__main__":
    main()
