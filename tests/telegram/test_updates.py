"""How updates reach us: never acknowledged before they are kept, and only from who knows the secret."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select, update

from bot.gateways.telegram import polling as polling_module
from bot.gateways.telegram.polling import Polling
from bot.gateways.telegram.webhook import SECRET, Webhook, path
from cases.errors import Transient
from config.mistakes import Mistakes
from config.settings import load
from storage.database import leases
from storage.tables import cases, chats, inbox
from tests.telegram.line import Line, line
from tests.telegram.server import TelegramServer
from tests.telegram.stage import Zygote, free_port, stage
from tests.telegram.teller import USERS
from tests.telegram.test_limits import Refuse
from tests.telegram.waiting import until

pytestmark = pytest.mark.slow


def message(number: int, text: str = "你好", user: int = USERS["resident"]) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "x"}
    chat = {"id": user, "type": "private", "first_name": "x"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text},
    }


def kept(on: Line) -> list[str]:
    with on.database.look() as connection:
        return list(connection.execute(select(inbox.c.key).order_by(inbox.c.id)).scalars())


@pytest.mark.asyncio
async def test_the_webhook(tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with line(tmp_path, library) as on:
        app = web.Application()
        app.add_routes(Webhook(on.running.house, {"telegram": "s3cret"}).routes())
        async with TestClient(TestServer(app)) as client:

            async def post(body: Any, secret: str = "s3cret", at: str = path("telegram")) -> int:
                async with client.post(at, json=body, headers={SECRET: secret}) as response:
                    return response.status

            assert await post(message(1), secret="") == 403
            assert await post(message(1), secret="s3cre") == 403
            assert await post({"no": "id"}) == 400
            assert await post(["x"]) == 400
            assert await post(message(1), at="/telegram/370481") == 404
            assert kept(on) == []
            assert await post(message(1)) == 200
            assert await post(message(1)) == 200
            assert await post({"update_id": 2, "message": {"from": 7}}) == 200  # kept as a dead letter
            assert kept(on) == ["1", "2"]

            async def away(*_: Any) -> None:
                raise Transient("database: away")

            with monkeypatch.context() as patch:
                patch.setattr(on.database, "write", away)
                assert await post(message(3)) == 503
            assert await post(message(3)) == 200
        await on.quiet()
        assert len(on.seen("resident")) == 2


@pytest.mark.asyncio
async def test_the_offset_moves_only_after_the_commit(
    tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with line(tmp_path, library) as on:
        for number in (1, 2, 3):
            await on.server.enqueue_update({"message": message(number)["message"]}, token=on.token)
        polling = Polling(on.running.house, "telegram", on.settings.telegram_api_base, on.token)
        write = on.database.write

        async def fails_once(work: Any, *args: Any) -> Any:
            if args and args[:2] == ("telegram", "2"):
                monkeypatch.setattr(on.database, "write", write)
                raise Transient("database: away")
            return await write(work, *args)

        monkeypatch.setattr(on.database, "write", fails_once)
        with pytest.raises(Transient):
            await polling._while_ours()
        assert kept(on) == ["1"]
        assert on.server.pending(on.token) == 3  # none was acknowledged
        task = asyncio.create_task(polling.run())
        await until(lambda: not on.server.pending(on.token))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert kept(on) == ["1", "2", "3"]
        with on.database.begin() as connection:
            assert leases.take(connection, "poll:telegram", "another") is not None  # given back at the end


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Unauthorized", 401),
        ("Conflict: terminated by other getUpdates request", 409),
        ("Bad Gateway", 502),
        ("Too Many Requests: retry after 1", 429),
    ],
)
async def test_polling_goes_on_after_a_refusal(
    words: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling_module, "REFUSED", 0.01)
    monkeypatch.setattr(polling_module, "AWAY", 0.01)
    async with line(tmp_path, "ptb") as on:
        on.server.faults.append(Refuse(words, status, 2, method="getUpdates", retry_after=0.01))
        await on.server.enqueue_update({"message": message(1)["message"]}, token=on.token)
        task = asyncio.create_task(Polling(on.running.house, "telegram", on.settings.telegram_api_base, on.token).run())
        await until(lambda: bool(kept(on)))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.asyncio
async def test_a_file_is_one_process_s_and_a_killed_one_is_succeeded_at_once(tmp_path: Path, seed: Zygote) -> None:
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, "ptb", "polling") as on,  # its leases run for ten seconds
    ):
        on.start()  # a second on the same file
        await on.until(lambda: "several copies need PostgreSQL" in on.log())
        await on.send({"message": message(1)["message"]})
        on.kill(next(iter(on.pids)))
        on.start()
        async with asyncio.timeout(8):
            await on.quiet()
        assert len(on.phones.chats[str(USERS["resident"])]) == 1


@pytest.mark.asyncio
async def test_a_poller_that_dies_is_succeeded(tmp_path: Path, seed: Zygote, own_postgresql: str) -> None:
    server = TelegramServer()
    async with (
        server.serving() as address,
        stage(tmp_path, server, address, seed, USERS, "ptb", "polling", url=own_postgresql, lease=1.0, beat=0.2) as on,
    ):
        first = next(iter(on.pids))
        on.start()
        await on.send({"message": message(1)["message"]})
        await on.quiet()
        on.kill(first)
        await on.send({"message": message(2, "谢谢")["message"]})
        async with asyncio.timeout(20):
            await on.quiet()
        assert len(on.phones.chats[str(USERS["resident"])]) == 2


@pytest.mark.asyncio
async def test_several_bots_each_for_its_district(tmp_path: Path, seed: Zygote) -> None:
    """The same person meets two bots: what he said to one is nowhere at the other, which does not know its places."""
    server = TelegramServer()
    async with server.serving() as address:
        async with stage(tmp_path, server, address, seed, USERS, "ptb", "webhook", port=free_port()) as on:
            on.kill(next(iter(on.pids)))
            own = {"token": "81:own", "library": "ptb", "district": "370481"}
            other = {"token": "82:other", "library": "aiogram", "district": "370402", "mode": "webhook"}
            on.life["settings"] |= {"telegram_token": None, "bots": [own, other]}
            with on.database.begin() as connection:
                connection.execute(update(chats).values(channel="telegram/370481"))
            on.start()
            await on.until(lambda: any(c.method == "setWebhook" for c in server.phones["82:other"].calls))
            for number, words in enumerate(("荷花里垃圾没人收", "提交", "同意并提交"), 1):
                for token in ("81:own", "82:other"):
                    await server.enqueue_update(
                        {"message": message(number, words)["message"], "update_id": number}, token=token
                    )
            await until(lambda: not (server.pending("81:own") or server.pending("82:other")))
            await on.quiet()
        with on.database.look() as connection:
            assert connection.execute(select(cases.c.unit)).scalars().all() == ["370481001001002"]
        own_chat, other_chat = (
            [shown.message.text for shown in server.phones[token].chats[str(USERS["resident"])]]
            for token in ("81:own", "82:other")
        )
        assert any(words.startswith("370481-") or "已受理" in words for words in own_chat)
        assert not any("荷花里" in words or "370481" in words for words in other_chat)
        assert server.mistakes == []


def test_the_settings_of_bots_are_checked() -> None:
    for wrong, said in (
        ({"telegram_token": "abc"}, "BotFather"),
        ({"telegram_tokn": "1:a"}, "telegram_tokn"),
        (
            {"telegram_token": "abc", "http_bind": "x:99999", "database_url": "mysql://x"},
            "(?s)HOST.*BotFather",
        ),
        ({"telegram_api_base": "somewhere"}, "http"),
        ({"deadlines": {"overdue_every": "0s"}}, "never end"),
        ({"calendar": {"opens": "18:00", "closes": "08:00"}}, "before"),
        ({"telegram_token": "1:a", "telegram_mode": "webhook"}, "telegram_webhook_url"),
        ({"telegram_token": "1:a", "telegram_library": "telebot"}, "aiogram"),
        ({"bots": [{"token": "1:a", "district": "37"}]}, "district"),
        ({"bots": [{"token": "1:a", "district": "370481"}, {"token": "2:a", "district": "370481"}]}, "district"),
        ({"bots": [{"token": "1:a", "district": "370481"}, {"token": "1:a", "district": "370402"}]}, "twice"),
        ({"telegram_token": "1:a", "bots": [{"token": "2:a"}]}, "not both"),
    ):
        with pytest.raises(Mistakes, match=said):
            load(**wrong)
    two = load(bots=[{"token": "1:a", "district": "370481"}, {"token": "2:b", "district": "370402"}])
    assert two.channel_of("telegram", "370402001001001") == "telegram/370402"
    assert two.channel_of("telegram", "370400") is None
    assert two.channel_of("web", "370400") == "web"
