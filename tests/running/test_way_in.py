"""The way in: inbox, lanes, one commit, and what happens when any of it fails."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text, update

from bot import turns
from bot.incoming import lanes
from bot.incoming.lanes import Lanes
from bot.incoming.receiving import receive
from bot.outgoing import outbox
from cases.errors import Bug, Transient
from handlers.door import router
from storage.database.engine import Database
from storage.tables import cases, entries, posts
from storage.tables import inbox as inbox_table
from storage.tables import outbox as outbox_table
from storage.traffic import inbox
from tests.stage.saying import REPORT, count, say, seen, until
from tests.stage.town import town


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
async def test_danger_goes_before_what_waits_longer(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        house = made.running.house
        for number in range(5):
            await receive(house, "web", str(number), {"user": f"u{number}", "text": "荷花里停电了"})
        await receive(house, "web", "fire", {"user": "burning", "text": "着火了，荷花里3号楼冒浓烟"})
        claimed = await house.database.write(inbox.claim, "me", ["web"])
        assert claimed is not None
        assert claimed.key == "fire"


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
        assert seen(made, "a") == [
            "这条消息我们没处理好，是我们的问题。话已留着，有人会看；急的话请打社区电话。",
            "您好，有什么事直接说：什么事、在哪里。",
        ]
        assert seen(made, "coordinator")[0].startswith("有一条消息处理失败，已留存（编号 u")
        with made.database.look() as connection:
            dead = connection.execute(select(inbox_table).where(inbox_table.c.state == "dead")).one()
        assert dead.raw["text"] == "坏"
        assert "what must not happen" in dead.error


@pytest.mark.asyncio
@pytest.mark.slow
async def test_where_the_apology_fails_too_it_is_a_dead_letter_all_the_same(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town(tmp_path, url) as made:
        monkeypatch.setattr(Lanes, "_context", _broken)
        await receive(made.running.house, "web", "1", {"user": "a", "text": "你好"})
        await made.running.settle()
        assert count(made, inbox_table, inbox_table.c.state == "dead") == 1


def _broken(*_: Any) -> None:
    raise KeyError("in greeting somebody")


@pytest.mark.asyncio
async def test_a_search_that_finds_nothing_is_a_bug_and_no_silence(tmp_path: Path) -> None:
    """A future cannot carry StopIteration: who waited for it would wait for ever."""
    with town(tmp_path) as made, pytest.raises(Bug):
        await made.database.write(lambda _: next(iter(())))


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


@pytest.mark.asyncio
async def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "PAUSES", (0.0,))
    with town(tmp_path) as made:
        await say(made, "a", "你好")
        with made.database.begin() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        long = "荷花里垃圾没人收" + "，垃圾一直没人收" * 1000
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
        await until(made, lambda: bool(made.gateway.chats["a"]))
        assert seen(made, "a") == ["您好，有什么事直接说：什么事、在哪里。"]


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
async def test_one_cause_runs_from_the_update_to_the_delivery(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await say(made, "a", *REPORT)
        with made.database.look() as connection:
            cause = connection.execute(select(entries.c.cause).where(entries.c.action == "report")).scalar_one()
            told = (
                connection.execute(
                    select(outbox_table.c.cause).where(outbox_table.c.kind == "ring").order_by(outbox_table.c.id)
                )
                .scalars()
                .first()
            )
            last = connection.execute(select(func.max(inbox_table.c.id))).scalar_one()
        assert cause == told == f"u{last}"


@pytest.mark.asyncio
async def test_a_text_that_cannot_be_looked_at_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is kept, a text is looked at for danger: what trips a bug there is kept like any other."""
    with town(tmp_path) as made:
        real = made.running.house.tagger.danger

        def broken(text: str) -> bool:
            if "绊" in text:
                raise KeyError("a word that is gone")
            return real(text)

        monkeypatch.setattr(type(made.running.house.tagger), "danger", lambda _, text: broken(text))
        await say(made, "a", "荷花里路灯不亮，绊了一跤")
        await say(made, "b", "荷花里路灯不亮")
        assert seen(made, "a") == seen(made, "b") == ["请核对"]
