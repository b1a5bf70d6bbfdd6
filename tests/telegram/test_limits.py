"""Telegram says no, later, or nothing at all: what becomes of what was to be sent."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lo_bot_api_emulator import ApiRefusal
from sqlalchemy import select, update

from bot.outgoing import outbox
from bot.running.check import findings
from storage.database.engine import db_now
from storage.tables import inbox, paces
from storage.tables import leases as leases_table
from storage.tables import outbox as outbox_table
from storage.traffic import deliveries
from tests.telegram.line import Line, line
from tests.telegram.teller import CHATS
from tests.telegram.waiting import until

pytestmark = pytest.mark.slow


async def checked(on: Line) -> list[str]:
    return [str(finding) for finding in await asyncio.to_thread(findings, on.settings)]


REPORTED = """居民> 中央城B区3号楼电梯坏了
居民> [提交]
居民> [同意并提交]
"""


class Refuse:
    """A fault: so many calls to this chat (or all) are refused."""

    def __init__(
        self, words: str, status: int, times: int, chat: str = "", method: str = "sendMessage", **parameters: Any
    ) -> None:
        self.left, self._said = times, (words, status, parameters)
        self._chat, self._method = str(CHATS[chat]) if chat else "", method

    def __call__(self, method: str, fields: dict[str, Any]) -> None:
        if method == self._method and self.left and self._chat in ("", str(fields.get("chat_id"))):
            self.left -= 1
            words, status, parameters = self._said
            raise ApiRefusal(words, status, parameters)


async def rested(on: Line) -> None:
    """As if the pauses were over: the leases that stand for them are."""
    with on.database.begin() as connection:
        connection.execute(update(leases_table).values(until=0.0))
        connection.execute(update(paces).values(at=0.0))
    await on.quiet()


@pytest.mark.asyncio
async def test_429_rests_the_chat_it_was_said_for(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        on.server.faults.append(Refuse("Too Many Requests: retry after 7", 429, 1, "resident", retry_after=7))
        await on.play("居民> 你好\n邻居> 你好")
        assert on.seen("resident") == []
        assert len(on.seen("neighbour")) == 1
        with on.database.look() as connection:
            left = connection.execute(select(leases_table.c.until - db_now())).scalar_one()
            assert connection.execute(select(outbox_table.c.attempts)).scalars().all() == [0, 0]
        assert 0 < left <= 7
        await rested(on)
        assert len(on.seen("resident")) == 1


@pytest.mark.asyncio
async def test_429_for_two_chats_rests_the_bot(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        on.gateway.pace = type(on.gateway).pace
        on.server.faults.append(Refuse("Too Many Requests: retry after 9", 429, 2, retry_after=9))
        await on.play("居民> 你好\n邻居> 你好\n网格员> 你好")
        assert [on.seen(name) for name in ("resident", "neighbour", "worker")] == [[], [], []]
        with on.database.look() as connection:
            ahead = connection.execute(select(paces.c.at - db_now())).scalar_one()
        assert 0 < ahead <= 9
        for _ in range(3):
            await rested(on)
        assert all(on.seen(name) for name in ("resident", "neighbour", "worker"))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "words",
    [
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
        "Bad Request: chat not found",
    ],
)
async def test_who_cannot_be_reached_is_passed_over(words: str, tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        status = 403 if words.startswith("Forbidden") else 400
        on.server.faults.append(Refuse(words, status, 1, "worker"))
        await on.play(REPORTED)
        assert any(w.startswith("有通知送不到") for w in on.seen("coordinator"))
        assert any(w.startswith("请您安排") for w in on.seen("coordinator"))
        assert any("王建国" in w for w in await checked(on))
        await on.play("网格员> 你好")
        assert not any("王建国" in w for w in await checked(on))


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_that_stumbles_is_asked_again(status: int, tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        on.server.faults.append(Refuse("Internal Server Error", status, 2, "resident"))
        await on.play("居民> 你好\n居民> 谢谢")
        await rested(on)
        await rested(on)
        assert [w[:2] for w in on.seen("resident")] == ["您好", "不客"]


@pytest.mark.asyncio
async def test_a_send_whose_answer_was_lost_is_repeated_once(tmp_path: Path, library: str) -> None:
    """Telegram gives no receipt for it: the message may stand there twice, and never not at all."""
    async with line(tmp_path, library) as on:
        lost = Refuse("Gateway Timeout", 504, 1, "resident")

        def after(method: str, fields: dict[str, Any]) -> None:
            if method == "sendMessage" and lost.left:
                on.server._sendMessage(on.phones, fields, {})
                lost(method, fields)

        on.server.faults.append(after)
        await on.play("居民> 你好")
        await rested(on)
        assert len(on.seen("resident")) == 2


@pytest.mark.asyncio
async def test_not_modified_is_done_and_what_cannot_be_edited_is_sent_anew(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await on.play(REPORTED)
        not_modified = Refuse("Bad Request: message is not modified: ...", 400, 1, "resident", "editMessageText")
        on.server.faults.append(not_modified)
        await on.play("网格员> [接单]")
        assert not_modified.left == 0
        before = len(on.seen("resident"))
        on.server.faults.append(Refuse("Bad Request: message can't be edited", 400, 1, "resident", "editMessageText"))
        await on.play("网格员> [退回]\n网格员> [不在我网格]")
        assert len(on.seen("resident")) == before + 1
        with on.database.look() as connection:
            assert deliveries.counts(connection).keys() <= {"sent", "merged"}


@pytest.mark.asyncio
async def test_a_token_that_is_revoked_loses_nothing(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        on.gateway.pace = type(on.gateway).pace
        on.server.faults.append(Refuse("Unauthorized", 401, 1))
        await on.play("居民> 你好")
        assert on.seen("resident") == []
        with on.database.look() as connection:
            ahead = connection.execute(select(paces.c.at - db_now())).scalar_one()
        assert 0 < ahead <= outbox.CLOSED
        await rested(on)
        assert len(on.seen("resident")) == 1


@pytest.mark.asyncio
async def test_a_long_text_becomes_several_and_the_buttons_come_last(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await on.play("居民> 中央城B区3号楼电梯坏了。" + "老人下不来楼。" * 650 + "\n居民> [提交]\n居民> [同意并提交]")
        texts = [call["text"] for call in on.calls("sendMessage") if call["chat_id"] == CHATS["worker"]]
        assert len(texts) == 2
        assert texts[0].endswith("。")
        last = on.phones.chats[str(CHATS["worker"])][-1]
        assert [button.label for row in last.message.rows for button in row] == ["接单", "退回", "走不开", "报上级"]


@pytest.mark.asyncio
async def test_hostile_signs_are_only_signs(tmp_path: Path, library: str) -> None:
    """Nothing is sent as markup, so nothing need be escaped; and halves of characters reach nobody."""
    hostile = "中央城B区<b>3号楼</b> &amp; *电梯* [坏了](tg://user?id=1) `{0}` {name} %s \u202e\u0000"
    async with line(tmp_path, library) as on:
        await on.play(f"居民> {hostile}\n居民> [提交]\n居民> [同意并提交]")
        assert not [call for call in on.phones.calls if "parse_mode" in call.fields]
        card = on.phones.chats[str(CHATS["worker"])][-1].message.text
        assert "<b>3号楼</b> &amp; *电梯* [坏了](tg://user?id=1) `{0}` {name} %s" in card


@pytest.mark.asyncio
async def test_a_button_answers_though_its_work_takes_long(
    tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.parts.taps.PATIENCE", 0.05)
    async with line(tmp_path, library) as on:
        await on.play(REPORTED)
        teller = on.teller
        teller._keys = 50
        tap = teller._button("worker", "接单")
        await on.send(teller.update({"user": "worker", "name": "x", "tap": tap, "ref": "u1"}))  # and nobody works it
        await until(lambda: bool(on.calls("answerCallbackQuery")))
        with on.database.look() as connection:
            assert connection.execute(select(inbox.c.state).order_by(inbox.c.id.desc()).limit(1)).scalar() == "waiting"


@pytest.mark.asyncio
async def test_menus_by_language_and_by_role(tmp_path: Path, library: str) -> None:
    from bot import menus

    async with line(tmp_path, library) as on:
        texts = on.running.house.world.texts
        await on.gateway.offer(menus.for_everybody(texts), menus.described(texts, "zh", menus.GROUPS), "zh")
        await on.play("协调员> 你好\n居民> 你好")
        assert set(on.phones.menus) == {"default", "default en", "all_group_chats", f"chat {CHATS['coordinator']}"}
        assert on.phones.menus["default"] == ["report", "mine", "needs", "help", "lang", "privacy", "cancel"]
        assert on.phones.menus[f"chat {CHATS['coordinator']}"][:3] == ["board", "stats", "needs"]
        before = len(on.calls("setMyCommands"))
        await on.play("协调员> 谢谢")
        assert len(on.calls("setMyCommands")) == before


@pytest.mark.asyncio
async def test_check_greets_each_bot(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        assert f"✓ telegram: @wangge_bot by {library}, polling" in await checked(on)
        on.server.faults.append(Refuse("Unauthorized", 401, 1, method="getMe"))
        assert any(w.startswith("✗ telegram: telegram: Unauthorized") for w in await checked(on))


@pytest.mark.asyncio
async def test_of_the_same_question_only_the_newest_is_sent(tmp_path: Path, library: str) -> None:
    """Thirty words to one review: its buttons come at once, not after thirty messages."""
    async with line(tmp_path, library) as on:
        teller = on.teller
        for number, words in enumerate(("荷花里垃圾没人收", *("又多了一袋" for _ in range(10)))):
            await on.send(teller.update({"user": "resident", "name": "x", "text": words, "ref": f"u{number + 1}"}))
        await on.running.lanes.settle()
        await on.quiet()
        assert on.seen("resident") == ["请核对"]
        await on.play("居民> [提交]")
        assert on.seen("resident")[-1].startswith("您的话先留着")


@pytest.mark.asyncio
async def test_a_forged_number_is_refused_in_words(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        for data in ("c.99999999999999999999.1.1", "a.accept.370481-ffffffffffffffffff", "l.mine.99999999999999999999"):
            await on.send(on.teller.update({"user": "resident", "name": "x", "tap": data, "ref": "u1"}))
        await on.quiet()
        assert len(on.seen("resident")) == 3
        assert not any(words.startswith("这条消息我们没处理好") for words in on.seen("resident"))
