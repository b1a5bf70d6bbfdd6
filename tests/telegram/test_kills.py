"""kill -9 at any moment, through both libraries, by polling and by webhook: real processes against the server.

What people did is compared with what is stored and with what reached their phones.
"""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import cases, drafts, entries, outbox
from tests.faults import LIFE
from tests.telegram.server import TelegramServer
from tests.telegram.stage import Stage, Zygote, free_port, stage
from tests.telegram.teller import USERS

pytestmark = pytest.mark.slow

PEOPLE, KILLS = 6, 10


async def live(on: Stage, people: int) -> None:
    """Everybody does everything in turn, without waiting for an answer."""
    for number, words in enumerate(LIFE):
        for person in range(people):
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
        on.kill(chance.choice(on.pids))
        on.start()
    return hit


async def to_the_end(on: Stage) -> None:
    async with asyncio.timeout(90):
        while await on.busy():
            await on.server.deliver_updates(token=on.token)
            await asyncio.sleep(0.05)


def check(on: Stage, people: int, hits: int) -> int:
    """0 lost, 0 doubled; how many notices were repeated, where a receipt was cut off."""
    with on.database.look() as connection:
        filed = connection.execute(select(cases.c.id)).scalars().all()
        assert len(filed) == people, "a case was lost or doubled"
        for case in filed:
            done = connection.execute(select(entries.c.action).where(entries.c.case == case)).scalars().all()
            assert Counter(done) == Counter({"report": 1, "dispatch": 1, "supplement": 1}), done
        assert set(connection.execute(select(drafts.c.state)).scalars()) == {"submitted"}
        assert set(connection.execute(select(outbox.c.state)).scalars()) <= {"sent", "merged"}
    for person in range(people):
        words = [shown.message.text for shown in on.phones.chats[str(9000 + person)]]
        assert any(w.startswith("补充好了") for w in words), words
    told = Counter(
        shown.message.text.split(" ")[1] for shown in on.phones.chats[str(USERS["worker2"])]
        if shown.message.text.startswith("新工单")
    )  # fmt: skip
    repeated = sum(told.values()) - len(told)
    assert repeated <= hits, "repeated without a cut receipt"
    assert on.server.mistakes == []
    return repeated


@pytest.mark.asyncio
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_at_random(mode: str, library: str, tmp_path: Path, seed: Zygote) -> None:
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, library, mode, port=free_port(), lease=0.5, beat=0.1) as on,
    ):
        _, hits = await asyncio.gather(live(on, PEOPLE), killed(on, KILLS, seed=len(library) + len(mode)))
        await to_the_end(on)
        repeated = check(on, PEOPLE, hits)
        print(f"\n{library}, {mode}: {KILLS} kills, {hits} of a process at work; {PEOPLE} cases, 0 lost, 0 doubled, "
              f"{repeated} notices repeated where a receipt was cut off")  # fmt: skip


@pytest.mark.asyncio
@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_three_copies_on_one_postgresql(mode: str, tmp_path: Path, seed: Zygote, own_postgresql: str) -> None:
    """One polls at a time; when it is killed another takes over. Webhooks are heard by any."""
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, "ptb", mode, url=own_postgresql, port=free_port(),
              lease=0.5, beat=0.1) as on,
    ):  # fmt: skip
        if mode == "polling":  # of a webhook only one can have the port here; behind a balancer each has its own
            on.start()
            on.start()
        _, hits = await asyncio.gather(live(on, PEOPLE), killed(on, 5, seed=3))
        await to_the_end(on)
        check(on, PEOPLE, hits)
        polled = [call for call in on.phones.calls if call.method == "getUpdates"]
        assert len(polled) > 0 or mode == "webhook"
