"""kill -9 at any moment, through both libraries, by polling and by webhook, in bad weather: real processes against the
server, which answers 500 and 429, hangs, is not to be reached, or takes a message and drops the line.

What people did is compared with what is stored and with what reached their phones. The long form (`make faults`) does
it on both databases, with at least 200 kills in all, and ends PostgreSQL's backends, too.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, web
from lo_bot_api_emulator import ApiRefusal
from sqlalchemy import select, text

from storage.tables import cases, drafts, entries, outbox
from tests.stage.faults import LIFE, deeds
from tests.telegram.server import TelegramServer, Wire
from tests.telegram.stage import Stage, Zygote, free_port, stage
from tests.telegram.teller import USERS
from tests.telegram.waiting import until

pytestmark = pytest.mark.slow

PEOPLE = 6
#: of each library × way of hearing × database
KILLS, LONG = 6, 26
#: of a hundred calls
WEATHER = {Wire.AWAY: 4, Wire.FAILS: 4, Wire.CUT: 4, Wire.HANGS: 1}


@dataclass
class Weather:
    """Bad, at random, until it is over; counts the sends whose answer was lost, which may be repeated."""

    chance: random.Random
    over: bool = False
    lost: int = 0

    def __call__(self, method: str) -> Wire:
        if self.over:
            return Wire.FINE
        kinds = [Wire.FINE, *WEATHER]
        wire = self.chance.choices(kinds, [100 - sum(WEATHER.values()), *WEATHER.values()])[0]
        self.lost += wire is Wire.CUT and method == "sendMessage"
        return wire

    def limited(self, method: str, _: dict[str, Any]) -> None:
        if not self.over and method == "sendMessage" and self.chance.random() < 0.03:
            raise ApiRefusal("Too Many Requests: retry after 1", 429, {"retry_after": 1})


async def live(on: Stage, people: int) -> None:
    """Everybody does everything in turn, without waiting for an answer."""
    for number in range(len(LIFE)):
        for person in range(people):
            words = deeds(person)[number]
            user = {"id": 9000 + person, "is_bot": False, "first_name": f"r{person}"}
            chat = {"id": 9000 + person, "type": "private", "first_name": "x"}
            await asyncio.sleep(0.02)
            await on.send({"message": {"message_id": number + 1, "date": 1, "chat": chat, "from": user, "text": words}})


async def killed(on: Stage, kills: int, seed: int) -> int:
    """So many times at random moments, and always begun again; how often it hit a process at work."""
    chance, hit = random.Random(seed), 0
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.05, 0.6))
        hit += await on.busy()
        on.start(on.kill(chance.choice(list(on.pids))))
        if on.settings.database_url.startswith("postgresql") and chance.random() < 0.5:
            await asyncio.to_thread(end_backends, on)
    return hit


def end_backends(on: Stage) -> None:
    """The connections of everybody but ourselves, as when a server is restarted under them."""
    with on.database.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def to_the_end(on: Stage) -> None:
    async with asyncio.timeout(120):
        while await on.busy():
            await on.server.deliver_updates(token=on.token)
            await asyncio.sleep(0.05)


def check(on: Stage, people: int, lost: int) -> int:
    """0 lost, 0 doubled; how many notices were repeated, where a receipt was cut off."""
    with on.database.look() as connection:
        filed = connection.execute(select(cases.c.id)).scalars().all()
        assert len(filed) == people, "a case was lost or doubled"
        for case in filed:
            done = connection.execute(select(entries.c.action).where(entries.c.case == case)).scalars().all()
            assert Counter(done) == Counter({"report": 1, "dispatch": 1, "supplement": 1}), done
        assert set(connection.execute(select(drafts.c.state)).scalars()) == {"submitted"}
        states = set(connection.execute(select(outbox.c.state)).scalars())
        assert states <= {"sent", "merged", "kept"}
        # the later ones of a storm wait for one list of them all
        listed = set(connection.execute(select(outbox.c.case).where(outbox.c.state == "kept")).scalars())
        numbers = {number for of, number in connection.execute(select(cases.c.id, cases.c.number)) if of not in listed}
    for person in range(people):
        words = [shown.message.text for shown in on.phones.chats[str(9000 + person)]]
        assert any(w.startswith("补充好了") for w in words), words
    told = Counter(
        shown.message.text.split(" ")[1]
        for shown in on.phones.chats[str(USERS["worker2"])]
        if shown.message.text.startswith("新工单")
    )
    assert numbers <= told.keys(), "a notice was lost"
    repeated = sum(told.values()) - len(told)
    assert repeated <= lost, "repeated without a cut receipt"
    assert on.server.mistakes == []
    assert on.token not in on.log()
    return repeated


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest) -> str:
    """The database's address; the short form is content with SQLite here."""
    if request.param == "sqlite":
        return ""
    if not request.config.getoption("long"):
        pytest.skip("PostgreSQL in the long form: make faults")
    address: str = request.getfixturevalue("own_postgresql")
    return address


@pytest.mark.asyncio
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_at_random_in_bad_weather(
    mode: str, library: str, where: str, tmp_path: Path, seed: Zygote, pytestconfig: pytest.Config
) -> None:
    kills = LONG if pytestconfig.getoption("long") else KILLS
    people = PEOPLE * kills // KILLS
    server, weather = TelegramServer(), Weather(random.Random(kills))
    server.weather = weather
    server.faults.append(weather.limited)
    async with (
        server.serving() as address,
        stage(
            tmp_path, server, address, seed, USERS, library, mode, url=where, port=free_port(), lease=0.5, beat=0.1
        ) as on,
    ):
        _, hits = await asyncio.gather(live(on, people), killed(on, kills, seed=len(library) + len(mode)))
        weather.over = True
        await to_the_end(on)
        repeated = check(on, people, hits + weather.lost)
        name = where.partition(":")[0] or "sqlite"
        print(
            f"\n{library}, {mode}, {name}: {kills} kills, {hits} of a process at work; "
            f"{weather.lost} sends whose answer was lost; {people} cases, 0 lost, 0 doubled, {repeated} notices "
            "repeated where a receipt was cut off"
        )


@asynccontextmanager
async def balancer(port: int, ports: list[int], chance: random.Random) -> AsyncIterator[None]:
    """What stands before several copies: any of them takes any update."""

    async def forward(request: web.Request) -> web.Response:
        to = f"http://127.0.0.1:{chance.choice(ports)}{request.path}"
        headers = {name: value for name, value in request.headers.items() if name.startswith(("X-", "Content-Type"))}
        try:
            async with ClientSession() as session, session.post(to, data=await request.read(), headers=headers) as got:
                return web.Response(status=got.status)
        except ClientError:
            return web.Response(status=502)

    app = web.Application()
    app.router.add_post("/{path:.*}", forward)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield
    finally:
        await runner.cleanup()


@pytest.mark.asyncio
@pytest.mark.parametrize("copies", [2, 4])
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_several_copies_on_one_postgresql(
    mode: str, copies: int, tmp_path: Path, seed: Zygote, own_postgresql: str
) -> None:
    """One polls at a time; when it is killed another takes over. Webhooks are heard by any."""
    server, ports = TelegramServer(), [free_port() for _ in range(copies)]
    public, chance = free_port(), random.Random(copies)
    async with (
        server.serving() as address,
        balancer(public, ports, chance),
        stage(
            tmp_path,
            server,
            address,
            seed,
            USERS,
            "ptb",
            mode,
            url=own_postgresql,
            port=public,
            bind=ports[0],
            lease=0.5,
            beat=0.1,
        ) as on,
    ):
        for port in ports[1:]:
            on.start(port)
        _, hits = await asyncio.gather(live(on, PEOPLE), killed(on, 5, seed=copies))
        await to_the_end(on)
        repeated = check(on, PEOPLE, hits)
        print(
            f"\n{copies} copies, {mode}: 5 kills, {hits} at work; {PEOPLE} cases, 0 lost, 0 doubled, {repeated} again"
        )


@pytest.mark.asyncio
async def test_telegram_is_away_for_a_while(
    library: str, tmp_path: Path, seed: Zygote, pytestconfig: pytest.Config
) -> None:
    """A minute in the long form: updates come in by webhook, and nothing can be said; then all of it is."""
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, library, "webhook", port=free_port(), lease=0.5, beat=0.1) as on,
    ):
        refused, begun = Counter[str](), time.monotonic()
        minute = 60 if pytestconfig.getoption("long") else 0

        def away(method: str) -> Wire:
            refused[method] += 1
            return Wire.AWAY

        server.weather = away
        await live(on, PEOPLE)
        await until(lambda: refused["sendMessage"] >= PEOPLE and time.monotonic() - begun >= minute, 90)
        assert not any(on.phones.chats[str(9000 + person)] for person in range(PEOPLE))
        server.weather = lambda _: Wire.FINE
        await to_the_end(on)
        check(on, PEOPLE, 0)
