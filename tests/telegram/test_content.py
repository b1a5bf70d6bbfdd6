"""Everything people send, as Telegram sends it; and files looked at before they go on."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from lo_bot_api_emulator import ApiRefusal
from PIL import Image
from sqlalchemy import select

from bot.gateway import File
from bot.gateways.telegram.writing import shortened, split, units
from bot.incoming.files import Unfit, clean
from storage.tables import blobs, drafts
from tests.stage.pictures import picture
from tests.telegram.line import Line, line
from tests.telegram.teller import USERS
from tests.telegram.waiting import until

RESIDENT = {"id": USERS["resident"], "is_bot": False, "first_name": "居民", "language_code": "zh-hans"}
CHAT = {"id": USERS["resident"], "type": "private", "first_name": "居民"}


async def say(on: Line, **content: Any) -> None:
    on.server.keep_file("p", picture("JPEG"))
    number = len(on.phones.calls) + 1000
    await on.send({"message": {"message_id": number, "date": 1, "chat": CHAT, "from": RESIDENT, **content}})
    await on.quiet()


def file(**more: Any) -> dict[str, Any]:
    return {"file_id": "p", "file_unique_id": "u", "file_size": 1000, **more}


@pytest.mark.slow
@pytest.mark.asyncio
async def test_each_kind_is_answered(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        contact = {"phone_number": "13812345678", "first_name": "x"}
        for content, answer in (
            ({"sticker": file(type="regular", width=1, height=1, is_animated=False, is_video=False)}, "没看到"),
            ({"dice": {"emoji": "🎲", "value": 3}}, "没看到"),
            ({"contact": contact | {"user_id": RESIDENT["id"]}}, "电话记下了"),
            ({"contact": contact | {"user_id": 1}}, "没看到"),
            ({"location": {"latitude": 35.083, "longitude": 117.153}}, "位置收到了"),
            ({"text": "取消"}, "好的"),
            (
                {
                    "venue": {
                        "location": {"latitude": 35.083, "longitude": 117.153},
                        "title": "荷花里超市",
                        "address": "荆河路8号",
                    }
                },
                "记下了：荷花里超市 荆河路8号。",
            ),
            ({"text": "门口的电梯坏了"}, "请核对"),
            ({"document": file(file_name="a.jpg", mime_type="image/jpeg"), "caption": "荷花里垃圾没人收"}, "请核对"),
        ):
            before = len(on.seen("resident"))
            await say(on, **content)
            fresh = on.seen("resident")[before:]
            assert any(words.startswith(answer) for words in fresh), (content, fresh)


@pytest.mark.slow
@pytest.mark.asyncio
async def test_a_forwarded_message_is_a_report_and_says_so(tmp_path: Path, library: str) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "群友"}
    async with line(tmp_path, library) as on:
        await say(on, text="荷花里垃圾没人收", forward_origin=origin)
        await on.play("居民> [提交]\n居民> [同意并提交]")
        assert "（转来的）" in on.phones.chats[str(USERS["worker2"])][-1].message.text


@pytest.mark.slow
@pytest.mark.asyncio
async def test_a_file_that_is_too_big_or_not_to_be_had(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await say(on, photo=[file(width=1, height=1)], caption="荷花里垃圾没人收")
        assert on.calls("sendChatAction") == [{"chat_id": RESIDENT["id"], "action": "typing"}]
        await say(on, video=file(width=1, height=1, duration=1) | {"file_size": 31_000_000})
        assert on.seen("resident")[-1].startswith("这个文件太大了")

        def too_big(method: str, fields: dict[str, Any]) -> None:
            if method == "getFile":
                raise ApiRefusal("Bad Request: file is too big")

        on.server.faults.append(too_big)
        await say(on, document=file(file_name="a.pdf"))
        assert on.seen("resident")[-1].startswith("这个文件太大了")


@pytest.mark.slow
@pytest.mark.asyncio
async def test_a_file_that_is_not_what_it_says(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        on.server.keep_file("evil", b"<script>alert(1)</script>")
        await say(on, photo=[file(width=1, height=1) | {"file_id": "evil"}], caption="荷花里垃圾没人收")
        assert [words[:8] for words in on.seen("resident")] == ["这个文件打不开，", "请核对"]


@pytest.mark.slow
@pytest.mark.asyncio
async def test_the_words_go_on_when_the_file_never_comes(
    tmp_path: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.incoming.lanes.PAUSES", (0.0,))

    def away(method: str, fields: dict[str, Any]) -> None:
        if method == "getFile":
            raise ApiRefusal("Internal Server Error", 500)

    async with line(tmp_path, library) as on:
        on.server.faults.append(away)
        await say(on, photo=[file(width=1, height=1)], caption="荷花里垃圾没人收")
        assert any(words.startswith("有个文件没取到") for words in on.seen("resident"))
        assert on.seen("resident")[-1] == "请核对"
        with on.database.look() as connection:
            assert len(connection.execute(select(drafts)).all()) == 1


@pytest.mark.slow
@pytest.mark.asyncio
async def test_what_goes_on_has_no_hidden_parts_and_is_uploaded_once(tmp_path: Path, library: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "somebody's telephone"
    async with line(tmp_path, library) as on:
        on.server.keep_file("q", picture("JPEG", exif=exif))
        await say(on, photo=[file(width=1, height=1) | {"file_id": "q"}], caption="荷花里垃圾没人收")
        await on.play("居民> [提交]\n居民> [同意并提交]")
        [sent] = on.calls("sendPhoto")
        assert sent["photo"].startswith(("<file>", "attach://"))
        with on.database.look() as connection:
            for body in connection.execute(select(blobs.c.bytes)).scalars():
                assert b"telephone" not in body
        await on.play("网格员乙> [接单]\n网格员乙> 我的任务\n网格员乙> [1124…]")
        assert [c["photo"] for c in on.calls("sendPhoto")][1:] == ["fixture-photo-" + str(_first(on))]


def _first(on: Line) -> str:
    name: str = next(name for name in on.server.assets if name.startswith("fixture-photo-"))
    return name.removeprefix("fixture-photo-")


def test_a_picture_is_what_it_says_and_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the telephone turned
    turned = clean("photo", File(picture("JPEG", (40, 20), exif=exif), ""))
    with Image.open(io.BytesIO(turned.bytes)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((20, 40), {})
    assert clean("document", File(b"%PDF-1.7 ...", "", "a.pdf")).mime == "application/pdf"
    assert clean("photo", File(picture("BMP"), "")).mime == "image/jpeg"
    for kind, body in (
        ("photo", b"<script>"),
        ("photo", picture("PNG")[:40]),
        ("voice", picture("PNG")),
        ("photo", _bomb()),
    ):
        with pytest.raises(Unfit):
            clean(kind, File(body, ""))


def _bomb() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


def test_long_texts_are_cut_where_one_would() -> None:
    assert split("一" * 4096) == ["一" * 4096]
    pieces = split("\n\n".join("段" * 1500 for _ in range(4)))
    assert [len(p) for p in pieces] == [3002, 3002]
    assert all(units(p) <= 4096 for p in split("👨‍👩‍👧‍👦" * 1000))
    assert "".join(split("👨‍👩‍👧‍👦" * 1000)) == "👨‍👩‍👧‍👦" * 1000
    assert split("  ") == ["…"]
    assert units(shortened("字" * 5000)) <= 4096


@pytest.mark.slow
@pytest.mark.asyncio
async def test_figures_and_their_picture_arrive_once(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        for words in (
            "荷花里路灯不亮",
            "荷花里垃圾没人收",
            "荷花里下水道堵了",
            "荷花里健身器材坏了",
            "荷花里有狗不拴绳",
        ):
            await say(on, text=words)
            await say(on, text="提交")
            await say(on, text="同意并提交")
        number, on.gateway.pace = len(on.phones.calls), type(on.gateway).pace
        coordinator = {"id": USERS["coordinator"], "is_bot": False, "first_name": "x"}
        chat = {"id": USERS["coordinator"], "type": "private", "first_name": "x"}
        await on.send({"message": {"message_id": 5, "date": 1, "chat": chat, "from": coordinator, "text": "/stats"}})
        work = [asyncio.create_task(part.run()) for part in (on.running.lanes, on.running.outbox)]
        await until(lambda: any(" 至 " in words for words in on.seen("coordinator")))
        for part in work:
            part.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        sent = [call.method for call in on.phones.calls[number:]]
        assert sent.count("sendPhoto") == 1
        assert len([words for words in on.seen("coordinator") if " 至 " in words]) == 1
