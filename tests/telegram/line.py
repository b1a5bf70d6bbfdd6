"""A house in this process with a real library on a Telegram server over HTTP: for hazards, where a process of its own
would only be slower."""

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from bot.composition import Running, compose
from bot.gateways.telegram.gateway import TelegramGateway
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from bot.running.live import gateway_of
from config.settings import Settings
from storage.database.engine import Database
from tests.stage.town import TUESDAY, town_settings
from tests.telegram.server import Phones, TelegramServer
from tests.telegram.stage import settle_in
from tests.telegram.teller import CHATS, USERS, Screens, Teller, Town


@dataclass
class Line:
    server: TelegramServer
    settings: Settings
    token: str
    database: Database
    clock: PushedClock
    gateway: TelegramGateway
    running: Running
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def phones(self) -> Phones:
        return self.server.phones[self.token]

    async def send(self, update: dict[str, Any]) -> None:
        raw = {"update_id": next(self._numbers), **update}
        await receive(self.running.house, self.gateway.channel, str(raw["update_id"]), raw)

    async def quiet(self) -> None:
        await self.running.settle()

    @property
    def teller(self) -> Teller:
        return Teller(cast(Any, Town(Screens(self))), stage=self)

    async def play(self, script: str) -> str:
        return await self.teller.play(script)

    def seen(self, name: str) -> list[str]:
        """The first lines of what stands in a chat now."""
        return [shown.message.text.split("\n")[0] for shown in self.phones.chats[str(CHATS[name])]]

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [call.fields for call in self.phones.calls if call.method == method]


@asynccontextmanager
async def line(folder: Path, library: str, *, url: str = "", paced: bool = False, **over: Any) -> AsyncIterator[Line]:
    server, token = TelegramServer(), "77:line"
    async with server.serving() as address:
        settings = town_settings(
            folder, url, telegram_token=token, telegram_api_base=address, telegram_library=library, **over
        )
        settle_in(settings, USERS, folder)
        database = Database(settings.url, durable=False)
        clock = PushedClock(TUESDAY)
        running = compose(settings, database, clock)
        gateway = gateway_of(settings, settings.all_bots()[0])
        if not paced:
            gateway.pace = None
        running.house.gateways[gateway.channel] = gateway
        try:
            await gateway.open()
            yield Line(server, settings, token, database, clock, gateway, running)
            assert server.mistakes == []
        finally:
            await running.house.taps.end()
            await gateway.close()
            database.close()
