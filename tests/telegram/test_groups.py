"""Groups and topics change under our feet; nothing of it may lose a card or show it to the wrong people."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.tables import chats, inbox, persons
from tests.telegram.line import Line, line
from tests.telegram.teller import CHATS, USERS
from tests.telegram.test_limits import REPORTED, Refuse

pytestmark = pytest.mark.slow

GROUP = CHATS["group"]
NEW = -1002000
BOUND = "协调员@群> /bind\n"


def group(address: str = str(GROUP)) -> Any:
    return select(chats).where(chats.c.address == address)


def of_user(name: str, chat: int, **content: Any) -> dict[str, Any]:
    user = {"id": USERS[name], "is_bot": False, "first_name": name}
    where = {"id": chat, "type": "supergroup", "title": "工作群"}
    return {"message": {"message_id": 900, "date": 1, "chat": where, "from": user, **content}}


async def cards_in(on: Line, address: str) -> list[str]:
    return [shown.message.text.split(" ")[0] for shown in on.phones.chats[address]]


@pytest.mark.asyncio
async def test_a_group_becomes_a_supergroup_and_says_so(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await on.play(BOUND)
        await on.send(of_user("coordinator", GROUP, migrate_to_chat_id=NEW))
        await on.send(of_user("coordinator", NEW, migrate_from_chat_id=GROUP))
        await on.quiet()
        await on.play(REPORTED)
        assert await cards_in(on, str(NEW)) == ["新工单"]
        with on.database.look() as connection:
            assert connection.execute(group(str(NEW))).one().unit == "370481001001"
            assert connection.execute(group()).first() is None


@pytest.mark.asyncio
async def test_a_group_became_a_supergroup_and_we_hear_it_from_a_refusal(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await on.play(BOUND)
        await on.send(of_user("worker", NEW, text="/help"))  # spoken to in the new one first
        await on.quiet()
        moved = Refuse(
            "Bad Request: group chat was upgraded to a supergroup chat", 400, 1, "group", migrate_to_chat_id=NEW
        )
        on.server.faults.append(moved)
        await on.play(REPORTED)
        assert await cards_in(on, str(NEW)) == ["群里：协调员发", "新工单"]


@pytest.mark.asyncio
async def test_removed_added_again_and_made_admin(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await on.play(BOUND + "街道@群> (left)\n" + REPORTED)
        assert await cards_in(on, str(GROUP)) == [
            "好了，这个群现在是龙泉苑社区的工作群，工单卡片会发到这里。要撤销，再发"
        ]
        assert len(on.seen("worker")) == 1  # his own chat has it
        await on.play("街道@群> (joined)\n网格员> [接单]\n网格员> [退回]\n网格员> [不在我网格]")
        assert (await cards_in(on, str(GROUP)))[-1] == "退回"
        before = len(on.phones.calls)
        me = {"user": {"id": 77, "is_bot": True, "first_name": "网格"}}
        rights = dict.fromkeys(
            (
                "can_be_edited",
                "is_anonymous",
                "can_manage_chat",
                "can_delete_messages",
                "can_manage_video_chats",
                "can_restrict_members",
                "can_promote_members",
                "can_change_info",
                "can_invite_users",
                "can_post_stories",
                "can_edit_stories",
                "can_delete_stories",
            ),
            False,
        )
        await on.send(
            {
                "my_chat_member": {
                    "chat": {"id": GROUP, "type": "supergroup", "title": "工作群"},
                    "date": 1,
                    "from": {"id": USERS["street"], "is_bot": False, "first_name": "x"},
                    "old_chat_member": me | {"status": "member"},
                    "new_chat_member": me | rights | {"status": "administrator"},
                }
            }
        )
        await on.quiet()
        assert len(on.phones.calls) == before


@pytest.mark.asyncio
async def test_a_topic_that_was_deleted(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        topic = {"is_topic_message": True, "message_thread_id": 45}
        await on.send(of_user("coordinator", GROUP, text="/BIND@Wangge_Bot", **topic))
        await on.quiet()
        on.server.faults.append(Refuse("Bad Request: message thread not found", 400, 9, "group"))
        await on.play(REPORTED)
        assert [c["message_thread_id"] for c in on.calls("sendMessage") if c["chat_id"] == GROUP] == [45, 45]
        assert any("工作群收不到通知了：龙泉苑社区" in words for words in on.seen("coordinator"))
        assert len(on.seen("worker")) == 1


@pytest.mark.asyncio
async def test_what_people_say_among_themselves_is_not_kept(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        with on.database.look() as connection:
            known = connection.execute(select(func.count()).select_from(persons)).scalar()
        for text in ("3号楼的老王今天又吵架了", "/start@another_bot", "@somebody 你好"):
            await on.send(of_user("resident", GROUP, text=text))
        await on.send(of_user("resident", GROUP, new_chat_title="新名字"))
        await on.quiet()
        assert on.calls("sendMessage") == []
        with on.database.look() as connection:
            assert connection.execute(select(func.count()).select_from(inbox)).scalar() == 0
            assert connection.execute(select(func.count()).select_from(persons)).scalar() == known
        await on.send(of_user("resident", GROUP, text="@wangge_bot 我家电话13812345678，电梯坏了"))
        await on.quiet()
        [said] = on.calls("sendMessage")
        assert "138" not in said["text"]
        assert said["reply_markup"]["inline_keyboard"][0][0]["url"] == "https://t.me/wangge_bot?start=report"


@pytest.mark.asyncio
async def test_a_complaint_is_never_shown_to_a_group(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        await on.play("街道@群> /bind\n居民> 中央城B区网格员王建国态度太差，骂人\n居民> [提交]\n居民> [同意并提交]")
        assert len(on.seen("group")) == 1
        assert any("反映工作人员" in words for words in on.seen("street"))


@pytest.mark.asyncio
async def test_who_has_no_chat_of_his_own_is_reached_in_his_group(tmp_path: Path, library: str) -> None:
    async with line(tmp_path, library) as on:
        on.server.faults.append(Refuse("Forbidden: bot can't initiate conversation with a user", 403, 9, "worker"))
        await on.play("协调员@群> /bind 370481001001001\n" + REPORTED)
        await on.play("居民> 中央城B区路灯坏了\n居民> [提交]")
        assert (await cards_in(on, str(GROUP)))[-1] == "新工单"
        await on.play("网格员@群> [接单]")
        assert any(shown.message.text.startswith("正在处理") for shown in on.phones.chats[str(GROUP)])
