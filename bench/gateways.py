"""What a message costs through each library: updates a CPU-second and memory, beside a bare echo bot of the same one.

    python -m bench.gateways

Every bot is a process of its own, called by webhook; its CPU and memory are what the system counts for it. The bare bot
reads the update with its library and answers with it, and keeps nothing. Ours keeps the update, understands it, answers
through the outbox and keeps the receipt; its limits are switched off, so that work is measured and not waiting.
"""

import asyncio
import os
import socket
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp import web

from bench.serving import Counter, serving

MESSAGES, AT_ONCE = 600, 50
TOKEN = "1:bench"
SHOWN = {"X-Telegram-Bot-Api-Secret-Token": "bench"}
TICKS = os.sysconf("SC_CLK_TCK")


def update(number: int) -> dict[str, Any]:
    user = {"id": 1000 + number, "is_bot": False, "first_name": "x"}
    chat = {"id": 1000 + number, "type": "private", "first_name": "x"}
    return {"update_id": number, "message": {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": "你好"}}


class Telegram:
    def __init__(self) -> None:
        self.answered = Counter()

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        await request.post()
        if method == "getMe":
            return _ok({"id": 1, "is_bot": True, "first_name": "x", "username": "x_bot"})
        if method == "sendMessage":
            self.answered.add()
            return _ok({"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}})
        return _ok(True)


def _ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def used(pid: int) -> tuple[float, float]:
    """CPU seconds and megabytes of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    resident = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return (int(fields[11]) + int(fields[12])) / TICKS, int(resident.split()[1]) / 1024


async def measure(name: str, what: str) -> float:
    telegram = Telegram()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", telegram.call)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        async with serving(app) as address, aiohttp.ClientSession() as session:
            bot = await asyncio.create_subprocess_exec(
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "bench.gateways",
                what,
                address,
                str(port),
                folder,
                stdout=asyncio.subprocess.PIPE,
            )
            assert bot.stdout
            while not (await bot.stdout.readline()).startswith((b"up", b"wangge run")):
                assert bot.returncode is None  # what it logs before it is up
            asyncio.create_task(bot.stdout.read())  # noqa: RUF006 - and after that, for as long as it lives
            await _send(session, port, range(100))
            await telegram.answered.until(lambda: telegram.answered.count >= 100)
            before, _ = used(bot.pid)
            await _send(session, port, range(100, 100 + MESSAGES))
            await telegram.answered.until(lambda: telegram.answered.count >= 100 + MESSAGES)
            after, memory = used(bot.pid)
            bot.kill()
            await bot.wait()
    rate = MESSAGES / (after - before)
    print(f"{name:34} {rate:6.0f} updates a CPU-second, {memory:5.0f} MB")
    return rate


async def _send(session: aiohttp.ClientSession, port: int, numbers: range) -> None:
    at_once = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with (
            at_once,
            session.post(f"http://127.0.0.1:{port}/telegram", json=update(number), headers=SHOWN) as response,
        ):
            assert response.status == 200

    await asyncio.gather(*(one(number) for number in numbers))


async def echo(library: Any, port: int) -> None:
    """The bare bot."""

    async def called(request: web.Request) -> web.Response:
        message = library.update(await request.json()).message
        await library.bot.send_message(chat_id=message.chat.id, text=message.text)
        return web.Response()

    app = web.Application()
    app.router.add_post("/telegram", called)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("up", flush=True)
    await asyncio.Event().wait()


async def ours(library: str, api: str, port: int, folder: Path) -> None:
    from bot.gateways.telegram.gateway import TelegramGateway
    from bot.parts.clock import SystemClock
    from bot.running import live
    from storage.database.engine import Database
    from tests.stage.town import settle_in, town_settings

    TelegramGateway.pace = None
    settings = town_settings(
        folder,
        telegram_token=TOKEN,
        telegram_api_base=api,
        telegram_library=library,
        telegram_mode="webhook",
        telegram_webhook_secret="bench",
        telegram_webhook_url=f"http://127.0.0.1:{port}",
        http_bind=f"127.0.0.1:{port}",
    )
    database = Database(settings.url)
    live.ready(database)
    settle_in(database, settings, SystemClock().now())
    database.close()
    await live.run(settings)


async def bare(what: str, api: str, port: int) -> None:
    """The library and nothing of ours, but for the transport where that is what is measured."""
    library: Any
    if what == "aiogram":
        from aiogram import Bot as AiogramBot
        from aiogram.client.session.aiohttp import AiohttpSession
        from aiogram.client.telegram import TelegramAPIServer
        from aiogram.types import Update

        bot = AiogramBot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
        library = SimpleNamespace(bot=bot, update=Update.model_validate)
    else:
        from telegram import Bot
        from telegram import Update as PtbUpdate
        from telegram.request import HTTPXRequest

        from bot.gateways.telegram.ptb_transport import AiohttpRequest

        request = AiohttpRequest() if what == "ptb" else HTTPXRequest(connection_pool_size=256)
        client = Bot(TOKEN, base_url=f"{api}/bot", request=request)
        await client.initialize()
        library = SimpleNamespace(bot=client, update=lambda raw: PtbUpdate.de_json(raw, None))
    await echo(library, port)


ROWS: tuple[tuple[str, str], ...] = (
    ("python-telegram-bot, its own client", "httpx"),
    ("python-telegram-bot, ours inside", "ptb"),
    ("aiogram", "aiogram"),
    ("wangge with python-telegram-bot", "wangge-ptb"),
    ("wangge with aiogram", "wangge-aiogram"),
)


async def all_of_them() -> None:
    rates = {what: await measure(name, what) for name, what in ROWS}
    for library in ("ptb", "aiogram"):
        print(f"{library}: the bare bot does {rates[library] / rates[f'wangge-{library}']:.1f} times as many")


def main() -> None:
    if len(sys.argv) == 1:
        asyncio.run(all_of_them())
        return
    what, api, port, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    if what.startswith("wangge-"):
        asyncio.run(ours(what.removeprefix("wangge-"), api, port, folder))
    else:
        asyncio.run(bare(what, api, port))


if __name__ == "__main__":
    main()
