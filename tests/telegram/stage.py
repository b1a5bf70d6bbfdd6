"""A stage for stories over Telegram: a server, the bot's process, the sample town, and who is who there."""

import asyncio
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from config.settings import Settings
from storage.database import schema
from storage.database.engine import Connection, Database
from storage.desk import Desk
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.tables import cases
from storage.traffic import deliveries, inbox
from tests.stage.town import TOWN, TUESDAY, standards_of, town_settings
from tests.telegram.server import Phones, TelegramServer
from tests.telegram.waiting import LOOK, until

_TOKENS = itertools.count(1000)


class Zygote:
    """The process that forks the bot's."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.telegram.process"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._say() == "ready"

    def _say(self, line: str = "") -> str:
        assert self._process.stdin
        assert self._process.stdout
        if line:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def start(self, life: dict[str, Any]) -> int:
        return int(self._say(json.dumps(life)))

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    try:
        yield made
    finally:
        made.close()


@dataclass
class Stage:
    folder: Path
    server: TelegramServer
    address: str
    zygote: Zygote
    settings: Settings
    life: dict[str, Any]
    token: str
    database: Database
    #: each copy that runs, and the port it listens on
    pids: dict[int, int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def phones(self) -> Phones:
        return self.server.phones[self.token]

    def start(self, port: int = 0) -> int:
        """Another copy of the bot, on a port of its own where one is given."""
        life = self.life
        if port:
            life = {**life, "settings": life["settings"] | {"http_bind": f"127.0.0.1:{port}"}}
        pid = self.zygote.start(life)
        self.pids[pid] = port
        return pid

    def kill(self, pid: int, how: signal.Signals = signal.SIGKILL) -> int:
        """The port it had."""
        with suppress(ProcessLookupError):
            os.kill(pid, how)
        return self.pids.pop(pid)

    async def up(self) -> None:
        """Until the bot has said how it hears of updates."""
        wanted = "setWebhook" if self.life["settings"]["telegram_mode"] == "webhook" else "getUpdates"
        await self.until(lambda: any(call.method == wanted for call in self.phones.calls) or self._polled())

    def _polled(self) -> bool:
        return self.server.polled(self.token)

    async def until(self, done: Any, seconds: float = 30) -> None:
        await until(done, seconds)

    async def quiet(self) -> None:
        """Until nothing is left to do: no update unread, no case due, no message unsent, no call under way."""
        calm = 0
        while calm < 2:
            calm = 0 if await self.busy() else calm + 1
            await asyncio.sleep(LOOK)

    async def busy(self) -> bool:
        return bool(self.server.busy or self.server.pending(self.token) or await self.database.read(unfinished))

    async def send(self, update: dict[str, Any]) -> None:
        await self.server.enqueue_update({"update_id": next(self._numbers), **update}, token=self.token)

    def log(self) -> str:
        return (self.folder / "log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def unfinished(connection: Connection) -> bool:
    due = select(func.count()).select_from(cases).where(cases.c.next_at <= TUESDAY)
    waiting = inbox.counts(connection).get("waiting", 0) + deliveries.counts(connection).get("waiting", 0)
    return bool(waiting or connection.execute(due).scalar())


def settle_in(settings: Settings, channels: dict[str, int], folder: Path, channel: str = "telegram") -> None:
    """The sample town; its people have Telegram's numbers instead of the demo's names."""
    database = Database(settings.url, durable=False)
    schema.upgrade(database)
    people = (TOWN / "people.csv").read_text()
    for name, number in sorted(channels.items(), key=lambda item: -len(item[0])):
        people = people.replace(f"web:{name}\n", f"{channel}:{number}\n")
    (folder / "people.csv").write_text(people)
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        people_import.take(Desk(connection, TUESDAY, standards_of(settings), "import"), folder / "people.csv")
    database.close()


@asynccontextmanager
async def stage(
    folder: Path,
    server: TelegramServer,
    address: str,
    zygote: Zygote,
    users: dict[str, int],
    library: str,
    mode: str,
    *,
    url: str = "",
    port: int = 0,
    bind: int = 0,
    **more: Any,
) -> AsyncIterator[Stage]:
    token = f"{next(_TOKENS)}:story"
    settings = town_settings(folder, url)
    settle_in(settings, users, folder)
    given = {
        "data_dir": str(folder),
        "database_url": settings.database_url,
        "telegram_token": token,
        "telegram_api_base": address,
        "telegram_library": library,
        "telegram_mode": mode,
        "telegram_webhook_url": f"http://127.0.0.1:{port}",
        "http_bind": f"127.0.0.1:{port}",
    }
    life = {"settings": given, "at": TUESDAY.isoformat(), "log": str(folder / "log"), **more}
    made = Stage(folder, server, address, zygote, settings, life, token, Database(settings.url, durable=False))
    made.start(bind)
    try:
        await made.up()
        yield made
    finally:
        for pid in list(made.pids):
            made.kill(pid)
        made.database.close()
