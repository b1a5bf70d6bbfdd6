"""The bot, as configured: the database as it should be, a gateway a bot, updates asked for or brought."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from bot import menus
from bot.composition import Running, compose, open_database
from bot.gateway import Closed
from bot.gateways.telegram.gateway import TelegramGateway
from bot.gateways.telegram.library import Library
from bot.gateways.telegram.polling import KINDS, Polling
from bot.gateways.telegram.webhook import Webhook, path
from bot.memory import memory
from bot.parts.clock import SystemClock
from bot.running.alone import alone, forget_leases
from bot.running.endpoint import Health, listening
from bot.running.serving import serve
from cases.errors import Transient
from cases.ports import Clock
from config.bots import BotSettings
from config.mistakes import Mistakes
from config.settings import Settings
from config.texts import Texts
from storage.database import schema
from storage.database.engine import Database

log = structlog.get_logger()

#: seconds between two tries to greet Telegram at the start
AWAY = 3.0


def _aiogram(token: str, base: str) -> Library:
    from bot.gateways.telegram.aiogram import Aiogram  # noqa: PLC0415 - six CPU-seconds, paid by who chose it

    return Aiogram(token, base)


def _ptb(token: str, base: str) -> Library:
    from bot.gateways.telegram.ptb import Ptb  # noqa: PLC0415

    return Ptb(token, base)


LIBRARIES: dict[str, Callable[[str, str], Library]] = {"aiogram": _aiogram, "ptb": _ptb}


def gateway_of(settings: Settings, bot: BotSettings) -> TelegramGateway:
    base = settings.telegram_api_base.rstrip("/")
    return TelegramGateway(bot.channel, LIBRARIES[bot.library](bot.token.get_secret_value(), base))


def ready(database: Database) -> None:
    """Raises Mistakes when the tables are not those of this version. A file of our own is simply brought up to date."""
    if database.sqlite:
        schema.upgrade(database)
        return
    with database.look() as connection:
        if trouble := schema.trouble(connection):
            raise Mistakes([trouble])


async def run(settings: Settings, clock: Clock | None = None) -> None:
    """Raises Mistakes for what must be put right first."""
    if not settings.all_bots():
        raise Mistakes(
            [
                "no chat platform is configured: set WANGGE_TELEGRAM_TOKEN (BotFather gives one), or see "
                "`wangge demo`, which needs none"
            ]
        )
    database = open_database(settings)
    try:
        with alone(database):  # before the tables are touched: another version may be at work on them
            await asyncio.to_thread(ready, database)
            forget_leases(database)
            await _run(settings, database, clock or SystemClock())
    finally:
        database.close()


async def _run(settings: Settings, database: Database, clock: Clock) -> None:
    bots = settings.all_bots()
    running = await asyncio.to_thread(compose, settings, database, clock)
    log.info("understanding", layers=str(running.house.reading.layers), memory_mb=memory())
    gateways = {bot.channel: gateway_of(settings, bot) for bot in bots}
    running.house.gateways |= gateways
    try:
        for bot in bots:
            await _greet(gateways[bot.channel], bot)
        secrets = {bot.channel: bot.secret for bot in bots if bot.mode == "webhook"}
        routes = [*Health(running.house).routes(), *Webhook(running.house, secrets).routes()]
        async with listening(settings.http_bind, routes, needed=bool(secrets)):
            work = [task for bot in bots for task in await _begin(running, gateways[bot.channel], bot)]
            print(f"wangge run: {', '.join(bot.channel for bot in bots)}", flush=True)
            await serve(running, *work)
    finally:
        await running.house.taps.end()
        for gateway in gateways.values():
            await gateway.close()


async def _greet(gateway: TelegramGateway, bot: BotSettings) -> None:
    """Until Telegram says who we are. Raises Mistakes when it refuses the token."""
    while True:
        try:
            me = await gateway.open()
        except Closed as error:
            raise Mistakes([f"{bot.channel}: {error}; ask BotFather for a new one"]) from error
        except Transient as error:
            log.warning("telegram is away", channel=bot.channel, error=str(error))
            await asyncio.sleep(AWAY)
        else:
            log.info("bot", channel=bot.channel, name=me.username, library=bot.library, mode=bot.mode)
            return


async def _begin(running: Running, gateway: TelegramGateway, bot: BotSettings) -> list[Coroutine[Any, Any, None]]:
    """Tell Telegram how updates come. What goes on beside the house: the menus on their way, and what asks for updates,
    where somebody must."""
    settings = running.house.settings
    public = settings.telegram_webhook_url.rstrip("/")
    url = f"{public}{path(bot.channel)}" if bot.mode == "webhook" else ""
    await _until_done(lambda: gateway.listen_at(url, bot.secret, KINDS))
    offering = _offer(gateway, running.house.world.texts, settings.language)
    if bot.mode == "webhook":
        return [offering]
    token = bot.token.get_secret_value()
    return [offering, Polling(running.house, bot.channel, settings.telegram_api_base, token).run()]


async def _offer(gateway: TelegramGateway, texts: Texts, main: str) -> None:
    """Nobody waits for a menu, and nobody's report does."""
    groups = menus.described(texts, main, menus.GROUPS)
    try:
        await _until_done(lambda: gateway.offer(menus.for_everybody(texts), groups, main))
    except Exception:  # a menu is a courtesy: without it everything can be said
        log.exception("no menu")
    await asyncio.Event().wait()  # what comes to its end here would end the house


async def _until_done(what: Callable[[], Coroutine[Any, Any, None]]) -> None:
    while True:
        try:
            await what()
        except Transient as error:
            log.warning("telegram is away", error=str(error))
            await asyncio.sleep(error.retry_after or AWAY)
        else:
            return
