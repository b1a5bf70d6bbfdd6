"""The way of a message (DESIGN §4): inbox, lanes, one commit, outbox, and what happens when any of it fails."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text, update

from bot import lanes, outbox, turns
from bot.gateways.memory import MemoryGateway
from bot.lanes import receive
from cases.errors import Transient
from handlers import router
from handlers.chat import Message
from storage import deliveries, inbox
from storage.engine import Database
from storage.media import Blob
from storage.tables import cases, entries, posts
from storage.tables import inbox as inbox_table
from storage.tables import leases as leases_table
from storage.tables import outbox as outbox_table
from tests.player import Player
from tests.town import Town, town

REPORT = ("荷花里垃圾没人收", "提交", "同意并提交")


async def say(made: Town, user: str, *texts: str) -> None:
    for words in texts:
        key = str(count(made, inbox_table))
        await receive(made.running.house, "web", key, {"user": user, "text": words})
        await made.running.settle()


def count(made: Town, table: Any, *where: Any) -> int:
    with made.database.look() as connection:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def seen(made: Town, user: str) -> list[str]:
    return [shown.message.text.split("\n")[0] for shown in made.gateway.chats[user]]


@pytest.mark.asyncio
async def test_the_raw_update_is_committed_before_anything_else_and_known_the_second_time(
    tmp_path: Path, url: str
) -> None:
    with town(tmp_path, url) as made:
        house = made.running.house
        assert await receive(house, "web", "1", {"user": "a", "text": "你好"})
        assert not await receive(house, "web", "1", {"user": "a", "text": "你好"})
        assert count(made, inbox_table, inbox_table.c.state == "waiting") == 1
        await made.running.settle()
        assert len(made.gateway.chats["a"]) == 1
        # what people wrote does not lie about in queues
        assert count(made, inbox_table, inbox_table.c.raw.is_not(None), text("CAST(raw AS TEXT) != 'null'")) == 0


@pytest.mark.asyncio
async def test_a_bug_is_dead_lettered_with_an_apology_and_the_lane_goes_on(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = router.handle

    def broken(context: Any, incoming: Any, media: tuple[int, ...] = ()) -> None:
        if "坏" in incoming.text:
            raise KeyError("what must not happen")
        real(context, incoming, media)

    monkeypatch.setattr(router, "handle", broken)
    with town(tmp_path, url) as made:
        with made.database.begin() as connection:
            connection.execute(update(posts).where(posts.c.role == "coordinator").values(role="admin"))
        await say(made, "a", "坏", "你好")
        assert seen(made, "a") == ["这条消息我们没处理好，是我们的问题。话已留着，有人会看；急的话请打社区电话。",
                                   "您好，有什么事直接说：什么事、在哪里。"]  # fmt: skip
        assert seen(made, "coordinator")[0].startswith("有一条消息处理失败，已留存（编号 u")
        with made.database.look() as connection:
            dead = connection.execute(select(inbox_table).where(inbox_table.c.state == "dead")).one()
        assert dead.raw["text"] == "坏"
        assert "what must not happen" in dead.error


@pytest.mark.asyncio
async def test_what_may_work_later_is_tried_again_in_order(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "PAUSES", (0.0,))
    real, failures = router.handle, iter([True, True, True])

    def flaky(context: Any, incoming: Any, media: tuple[int, ...] = ()) -> None:
        if next(failures, False):
            raise Transient("busy")
        real(context, incoming, media)

    monkeypatch.setattr(router, "handle", flaky)
    with town(tmp_path, url) as made:
        house = made.running.house
        await receive(house, "web", "1", {"user": "a", "text": "你好"})
        await receive(house, "web", "2", {"user": "a", "text": "谢谢"})
        for _ in range(8):
            await made.running.settle()
        assert [words[:2] for words in seen(made, "a")] == ["您好", "不客"]


@pytest.mark.asyncio
async def test_after_so_many_failures_it_is_a_dead_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "PAUSES", (0.0,))

    def away(context: Any, incoming: Any, media: tuple[int, ...] = ()) -> None:
        raise Transient("never")

    monkeypatch.setattr(router, "handle", away)
    with town(tmp_path) as made:
        await say(made, "a", "你好")
        for _ in range(10):
            await made.running.settle()
        assert count(made, inbox_table, inbox_table.c.state == "dead") == 1
        assert seen(made, "a")[0].startswith("这条消息我们没处理好")


class Refusing(MemoryGateway):
    """A platform that says "later" so many times."""

    def __init__(self, times: int) -> None:
        super().__init__("web")
        self._times = times

    async def send(self, address: str, message: Message, blobs: list[Blob]) -> str:
        if self._times:
            self._times -= 1
            raise Transient("too many requests", retry_after=0.0001)
        return await super().send(address, message, blobs)


@pytest.mark.asyncio
async def test_a_platform_that_says_later_gets_it_later_and_in_order(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        made.gateway = made.running.house.gateways["web"] = Refusing(3)
        await say(made, "a", "你好", "谢谢")
        while deliveries_waiting(made):
            await made.running.settle()
        assert [words[:2] for words in seen(made, "a")] == ["您好", "不客"]


def deliveries_waiting(made: Town) -> int:
    with made.database.look() as connection:
        return deliveries.counts(connection).get("waiting", 0)


@pytest.mark.asyncio
async def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "PAUSES", (0.0,))
    with town(tmp_path) as made:
        await say(made, "a", "你好")
        with made.database.begin() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = "荷花里垃圾没人收" + "，臭得很" * 2000
        with pytest.raises(Transient, match="full"):  # so the platform is not told it arrived, and sends it again
            await receive(made.running.house, "web", "big", {"user": "a", "text": long})
        with made.database.begin() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert await receive(made.running.house, "web", "big", {"user": "a", "text": long})
        await made.running.settle()
        assert "请核对" in seen(made, "a")


@pytest.mark.asyncio
async def test_a_database_that_goes_away_is_waited_for(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AWAY", 0.0)
    monkeypatch.setattr(turns, "LOOK", 0.01)
    monkeypatch.setattr(lanes, "PAUSES", (0.0,))
    monkeypatch.setattr(outbox, "PAUSES", (0.0,))
    with town(tmp_path, url) as made:
        real, away = Database._run, iter([True] * 40)

        def run(enter: Any, work: Any, arguments: tuple[Any, ...]) -> Any:
            if next(away, False):
                raise Transient("database: gone")
            return real(enter, work, arguments)

        await receive(made.running.house, "web", "1", {"user": "a", "text": "你好"})
        monkeypatch.setattr(Database, "_run", staticmethod(run))
        await _until(made, lambda: bool(made.gateway.chats["a"]))
        assert seen(made, "a") == ["您好，有什么事直接说：什么事、在哪里。"]


async def _until(made: Town, done: Callable[[], bool]) -> None:
    """Let the house run as it does in earnest until something is so."""
    running = made.running
    tasks = [asyncio.create_task(work.run()) for work in (running.lanes, running.outbox)]
    async with asyncio.timeout(20):
        while not done():
            await running.ticks.tick()
            await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.asyncio
async def test_many_people_at_once(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        people = [f"r{number}" for number in range(20)]

        async def live(user: str) -> None:
            for words in REPORT:
                await receive(made.running.house, "web", f"{user}-{words}", {"user": user, "text": words})

        async def all_of_them() -> None:
            await asyncio.gather(*(live(user) for user in people))

        await all_of_them()
        await _until(made, lambda: _settled(made, len(people)))
        assert count(made, cases) == len(people)
        assert count(made, entries, entries.c.action == "dispatch") == len(people)
        with made.database.look() as connection:
            numbers = list(connection.execute(select(cases.c.number).order_by(cases.c.number)).scalars())
        assert len(set(numbers)) == len(people)


def _settled(made: Town, people: int) -> bool:
    with made.database.look() as connection:
        waiting = inbox.counts(connection).get("waiting", 0) + deliveries.counts(connection).get("waiting", 0)
        dispatched = connection.execute(
            select(func.count()).select_from(cases).where(cases.c.state == "dispatched")
        ).scalar_one()
    return waiting == 0 and dispatched == people


@pytest.mark.slow
@pytest.mark.asyncio
async def test_two_copies_share_one_database(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        other = made._compose()  # a second copy: its own owner, the same database and platform
        for number in range(12):
            for words in REPORT:
                house = (made.running if number % 2 else other).house
                await receive(house, "web", f"r{number}-{words}", {"user": f"r{number}", "text": words})
        tasks = [asyncio.create_task(work.run()) for work in (other.lanes, other.outbox)]
        await _until(made, lambda: _settled(made, 12))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert count(made, cases) == 12
        assert made.running.lanes.worked + other.lanes.worked == 36
        rings = [w for w in seen(made, "worker2") if w.startswith("新工单")]
        assert len(rings) == 12


@pytest.mark.asyncio
async def test_one_commit_holds_everything(tmp_path: Path, url: str) -> None:
    """Between a report and its answer there is no moment in which one is there without the other."""
    with town(tmp_path, url) as made:
        await say(made, "a", *REPORT[:2])
        commits: list[tuple[int, int]] = []

        def note(connection: Any) -> None:
            filed = connection.execute(select(func.count()).select_from(cases)).scalar_one()
            told = connection.execute(
                select(func.count()).select_from(outbox_table).where(outbox_table.c.kind == "ring")
            ).scalar_one()
            commits.append((filed, told))

        event.listen(made.database._writing, "commit", note)
        await say(made, "a", REPORT[2])
        assert (1, 0) not in commits
        assert (0, 1) not in commits
        assert (1, 1) in commits


@pytest.mark.asyncio
async def test_a_lost_lease_makes_no_second_case(tmp_path: Path, url: str) -> None:
    """A copy that was thought dead comes back: its commit is refused."""
    with town(tmp_path, url) as made:
        await receive(made.running.house, "web", "1", {"user": "a", "text": "你好"})
        waiting = await made.running.lanes.claim()
        assert waiting
        with made.database.begin() as connection:
            connection.execute(update(leases_table).values(owner="another copy"))
        with pytest.raises(Transient, match="lost"):
            await made.database.write(inbox.done, waiting)


@pytest.mark.asyncio
async def test_one_cause_runs_from_the_update_to_the_delivery(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await say(made, "a", *REPORT)
        with made.database.look() as connection:
            cause = connection.execute(select(entries.c.cause).where(entries.c.action == "report")).scalar_one()
            told = connection.execute(
                select(outbox_table.c.cause).where(outbox_table.c.kind == "ring").order_by(outbox_table.c.id)
            ).scalars().first()  # fmt: skip
            last = connection.execute(select(func.max(inbox_table.c.id))).scalar_one()
        assert cause == told == f"u{last}"


@pytest.mark.asyncio
async def test_updates_out_of_order_and_after_the_fact(tmp_path: Path) -> None:
    """提交 before there is anything to submit, and again when all is done."""
    with town(tmp_path) as made:
        await say(made, "a", "提交", "同意并提交", *REPORT)
        await made.push(timedelta(minutes=1))
        player = Player(made)
        await player.say("a", "提交")
        assert count(made, cases) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "tap",
    ["", "x", "c.1.1", "c.999.1.0", "c.a.b.c", "a.accept", "a.nothing.370481-1", "a.accept.370481-zz", "s.", "l.mine.x",
     "l.nobody.1", "a.accept.370481-ffffffffffff", "c.1.1.99", "c.-1.0.0", "." * 60],
)  # fmt: skip
async def test_forged_buttons(tmp_path: Path, tap: str) -> None:
    with town(tmp_path) as made:
        await receive(made.running.house, "web", "1", {"user": "a", "text": "荷花里垃圾没人收"})
        await made.running.settle()
        await receive(made.running.house, "web", "2", {"user": "b", "tap": tap})
        await made.running.settle()
        assert len(seen(made, "b")) == 1
        assert count(made, inbox_table, inbox_table.c.state == "dead") == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "words", ["长" * 5000, "\x00电梯坏了", "\ud83d", "\u202e荷花里", "a" * 4096, "%s{0}{x}", "/" * 50]
)
async def test_hostile_words(tmp_path: Path, url: str, words: str) -> None:
    with town(tmp_path, url) as made:
        await say(made, "a", words)
        assert len(made.gateway.chats["a"]) >= 1
        assert count(made, inbox_table, inbox_table.c.state == "dead") == 0
