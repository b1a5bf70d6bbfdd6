"""The demo: the sample town in a SQLite file, three phones in the browser, a clock to push."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from aiohttp import web

from bot.composition import Running, compose, open_database, standards
from bot.gateways.browser import CHANNEL, PUSHED, BrowserGateway
from bot.parts.clock import PushedClock
from bot.running.alone import alone, forget_leases
from bot.running.endpoint import Health
from bot.running.serving import serve
from cases.people import Role
from config import taxonomy
from config.mistakes import Mistakes
from config.settings import Settings
from storage.counts import health
from storage.database import meta, schema
from storage.database.engine import Database
from storage.desk import Desk
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.people.records import posts_in
from storage.units import gazetteer
from web.chat.pages import LOOPBACK, Chat

log = structlog.get_logger()
TOWN = Path(taxonomy.__file__).with_name("town")
EXAMPLES = ("example_lift", "example_rubbish", "example_fire", "example_worker")


def prepare(settings: Settings) -> Database:
    """A database with the sample town in it."""
    database = open_database(settings)
    settle(settings, database)
    return database


def settle(settings: Settings, database: Database) -> None:
    """The tables, and the sample town where there is none yet."""
    schema.upgrade(database)
    known, now = standards(settings, taxonomy.load(settings.taxonomy)), PushedClock().now()
    with database.begin() as connection:
        if not health.count_units(connection):
            units_import.take(connection, TOWN / "units.csv", now)
            desk = Desk(connection, now, known, "import")
            people_import.take(desk, TOWN / "people.csv")
            # who tries it at night would see nobody rung: the demo's clock begins in working time
            if desk.rules.calendar.asleep(now):
                ahead = desk.rules.calendar.to_working_time(now) - now
                meta.put(connection, PUSHED, ahead.total_seconds())


def build(settings: Settings, database: Database, *, anywhere: bool = False) -> tuple[Running, web.Application]:
    """`anywhere`: under any name; else only under this machine's own, so that no other site's name leads here."""
    with database.look() as connection:
        clock = PushedClock(pushed=timedelta(seconds=float(meta.get(connection, PUSHED, 0))))
    running = compose(settings, database, clock)
    gateway = BrowserGateway(running.house, clock)
    running.house.gateways[gateway.channel] = gateway
    people, places = _people(database), _places(database)
    app = Chat(gateway, running.house.world.texts, people, places, None if anywhere else LOOPBACK).app()
    app.add_routes(Health(running.house).routes())
    return running, app


def _people(database: Database) -> list[dict[str, Any]]:
    """Who holds which phone: residents, workers, coordinators with the level above."""
    sides: dict[str, list[dict[str, str]]] = {Role.WORKER: [], Role.COORDINATOR: []}
    with database.look() as connection:
        for user, name, role, unit in posts_in(connection, CHANNEL):
            if role in sides:
                sides[role].append({"phone": user, "name": name, "label": unit})
    residents = [
        {"phone": "resident", "name": "", "label": "resident_one"},
        {"phone": "neighbour", "name": "", "label": "resident_two"},
    ]
    return [
        {"side": "resident", "people": residents, "examples": EXAMPLES},
        {"side": "worker", "people": sides[Role.WORKER], "examples": ()},
        {"side": "coordinator", "people": sides[Role.COORDINATOR], "examples": ()},
    ]


def _places(database: Database) -> list[dict[str, Any]]:
    with database.look() as connection:
        found = [{"name": name, "lat": lat, "lon": lon} for name, lat, lon in gazetteer.centres(connection)]
    return [*found, {"name": "", "lat": 30.0, "lon": 125.0}]


def _only_here(settings: Settings) -> None:
    """Raises Mistakes where other machines could come in: on this page everybody may be everybody."""
    host = settings.http_bind.rpartition(":")[0]
    if host.strip("[]") not in ("", *LOOPBACK):
        raise Mistakes(
            [
                f"http_bind {settings.http_bind}: the demo asks nobody who they are, so it listens on this "
                "machine alone; `wangge demo --anywhere` if you mean it"
            ]
        )


async def run(settings: Settings, *, anywhere: bool = False) -> None:
    if not anywhere:
        _only_here(settings)
    database = open_database(settings)
    try:
        with alone(database):  # before the tables are touched
            await asyncio.to_thread(settle, settings, database)
            forget_leases(database)
            await _run(settings, database, anywhere=anywhere)
    finally:
        database.close()


async def _run(settings: Settings, database: Database, *, anywhere: bool) -> None:
    running, app = build(settings, database, anywhere=anywhere)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    host, _, port = settings.http_bind.rpartition(":")
    try:
        site = await _listen(runner, host or "127.0.0.1", int(port))
        print(f"wangge demo: {site.name.rstrip('/')}/", flush=True)
        await serve(running)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> web.TCPSite:
    """The configured port; where it is taken, a free one."""
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
    except OSError:
        site = web.TCPSite(runner, host, 0)
        await site.start()
    return site
