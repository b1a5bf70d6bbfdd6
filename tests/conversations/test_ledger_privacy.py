"""What of the ledger nobody may read who is not meant to: forged buttons, the other side of a dispute, who reported."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage.tables import entries, items, media
from tests import PLACES
from tests.conversations.test_ledger import pressed
from tests.records.test_belongings import count
from tests.sheets.test_export import cells
from tests.stage.permissions import play
from tests.stage.player import Player
from tests.stage.town import Town, town

CENTRE = PLACES / "centre"
DISPUTE = """协调员> 你好
县> 你好
调解员> 你好
居民> 中央城B区5号楼邻居两家为公摊的墙闹纠纷
居民> [提交]
居民> [同意并提交]
网格员> [接单]
网格员> [转调解]
网格员> [加当事人]
网格员> 钱家 13900000088 中央城B区
协调员> 调解
协调员> [0002 …]
协调员> [派调解员]
协调员> [何调…]
调解员> [同意调解]
调解员> [居民]
调解员> [同意调解]
调解员> [钱家]
调解员> [记一次调解]
调解员> 钱家私下说愿意赔三千，别告诉对方"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path, units=CENTRE) as found:
        yield found


@pytest.mark.asyncio
async def test_a_party_does_not_read_what_the_other_side_said(made: Town) -> None:
    await play(made, DISPUTE)
    player = Player(made, _keys=70_000)
    for user in ("resident", "worker2", "stranger"):
        for action in ("show", "papers", "session", "settle", "agree"):
            seen = await pressed(player, user, f"i.{action}.1")
            assert not any("三千" in text or "钱家" in text for text in seen), (user, action)
    assert not [s for user in ("resident", "worker2") for s in made.gateway.chats[user] if s.message.media]
    assert any("三千" in text for text in await pressed(player, "mediator", "i.show.1"))


@pytest.mark.asyncio
async def test_who_mediates_no_more_reads_no_more(made: Town) -> None:
    await play(made, DISPUTE)
    await play(made, "街道> 你好\n街道> /staff\n街道> [龙泉街道人民调解委员会]\n街道> [何调…]")
    await play(made, "街道> [离岗，交接工单]\n街道> [真的离岗]")
    player = Player(made, _keys=70_000)
    assert not any("三千" in text for text in await pressed(player, "mediator", "i.show.1"))


@pytest.mark.asyncio
async def test_a_confidential_reporter_is_not_named_to_the_holder_by_a_mediation(made: Town) -> None:
    await play(
        made,
        "居民> 中央城B区5号楼邻居两家为公摊的墙闹纠纷\n居民> [对网格员保密]\n居民> [提交]\n"
        "居民> [同意并提交]\n网格员> [接单]\n网格员> 转调解",
    )
    assert count(made, items) == 0
    assert not any("当事人" in shown.message.text for shown in made.gateway.chats["worker"])


@pytest.mark.asyncio
async def test_a_household_far_away_is_a_number(made: Town) -> None:
    await play(
        made,
        "县> 你好\n网格员> /needs\n网格员> [记一户]\n网格员> 陈奶奶 13900000099 中央城B区\n"
        "网格员> 每月拿降压药\n网格员> [每周]",
    )
    player = Player(made, _keys=70_000)
    for action in ("show", "done", "papers", "move", "hand"):
        seen = await pressed(player, "county", f"i.{action}.1")
        labels = [b.label for s in made.gateway.chats["county"] for row in s.message.rows for b in row]
        assert not any("奶奶" in text or "降压" in text for text in [*seen, *labels]), action


@pytest.mark.asyncio
async def test_nobody_decides_his_own_objection(made: Town) -> None:
    await play(
        made,
        "街道> 你好\n居民> 中央城B区路灯不亮\n居民> [提交]\n居民> [同意并提交]\n网格员> [退回]\n"
        "网格员> [不在我网格]\n网格员乙> [退回]\n网格员乙> [不在我网格]\n协调员> [派单]\n协调员> [张敏…]\n"
        "协调员> [接单]",
    )
    await play(made, "协调员> [办结]\n协调员> [已解决]\n协调员> 换了\n协调员> [没有照片]\n居民> [没解决]\n居民> 没亮")
    player = Player(made, _keys=70_000)
    await pressed(player, "coordinator", "o.contest")
    await play(made, "协调员> [370481-20261124-0001]\n协调员> 灯是别人弄坏的")
    assert any("考评申诉" in shown.message.text for shown in made.gateway.chats["street"])
    await pressed(player, "coordinator", "i.uphold.1")
    await player.say("coordinator", "属实")
    assert count(made, items, items.c.state == "asked") == 1


@pytest.mark.asyncio
async def test_who_asked_for_a_neighbour_learns_nothing_of_them_later(made: Town) -> None:
    await play(
        made,
        "网格员> 你好\n邻居> /needs\n邻居> [同意]\n邻居> [替别人家]\n邻居> 老吴 13900000055 中央城B区\n"
        "邻居> 没米了\n网格员> /needs\n网格员> [老吴 · 没米了]\n网格员> [加需求]\n"
        "网格员> 查出肝病，别让邻居知道\n网格员> [明天]",
    )
    player = Player(made, _keys=70_000)
    for action in ("show", "need", "done", "hand"):
        seen = await pressed(player, "stranger", f"i.{action}.1")
        assert not any("肝" in text or "没米" in text for text in seen), action


@pytest.mark.asyncio
async def test_a_leader_reads_that_there_is_a_mediation_and_not_what_was_said(made: Town) -> None:
    await play(made, "领导> 你好\n" + DISPUTE)
    seen = await pressed(Player(made, _keys=70_000), "leader", "i.show.1")
    assert any("调解中" in text for text in seen)
    assert not any("三千" in text for text in seen)


@pytest.mark.asyncio
async def test_a_resident_s_word_is_looked_at_in_the_ledger_too(made: Town) -> None:
    await play(
        made,
        "网格员> 你好\n县> 你好\n居民> /needs\n居民> [同意]\n居民> [我家]\n居民> 中央城B区\n"
        "居民> 买煤\n居民> [加需求]\n居民> 网格员王建国收了我两百块钱还骂人，我要买药",
    )
    assert not any("两百" in shown.message.text for shown in made.gateway.chats["worker"])


@pytest.mark.asyncio
async def test_whoever_agreed_to_a_plan_under_a_confidential_report_is_not_named(made: Town) -> None:
    await play(
        made,
        "物业> 你好\n居民> 中央城B区5号楼电梯停了\n居民> [对网格员保密]\n居民> [提交]\n"
        "居民> [同意并提交]\n网格员> [接单]\n网格员> [报上级]\n网格员> 要物业一起\n协调员> [会办]\n"
        "协调员> [安居物业…]\n协调员> [就这些]\n协调员> 一起修\n物业> [参加会办]\n协调员> [会办方案]\n"
        "协调员> 换主板\n居民> [同意方案]\n居民> 同意方案",
    )
    staff = [s.message.text for user in ("worker", "property", "coordinator") for s in made.gateway.chats[user]]
    assert any("居民 1 位" in text for text in staff)
    assert not any("居民同意" in text for text in staff)
    with made.database.look() as connection:
        said = connection.execute(select(func.count()).where(entries.c.action == "consent")).scalar_one()
    assert said == 1  # twice is once


@pytest.mark.asyncio
async def test_what_was_not_read_is_told_without_its_words(made: Town) -> None:
    """A reminder of a household that cannot reach its keeper: the desk hears that, and not of what it was."""
    await play(
        made,
        "街道> 你好\n网格员> /needs\n网格员> [记一户]\n网格员> 陈奶奶 13900000099 中央城B区\n"
        "网格员> 老人痴呆，买药\n网格员> [每周]",
    )
    made.gateway.blocked.add("worker")
    await made.push(timedelta(days=3))
    told = [s.message.text for user in ("coordinator", "street") for s in made.gateway.chats[user]]
    assert any("收不到消息" in text for text in told)
    assert not any("痴呆" in text and "收不到" in text for text in told)


@pytest.mark.asyncio
async def test_papers_made_for_somebody_go_after_some_days(made: Town) -> None:
    await play(made, DISPUTE + "\n调解员> [打印文书]")
    assert count(made, media, media.c.made) > 0
    await made.push(timedelta(days=40))
    assert count(made, media, media.c.made) == 0


@pytest.mark.asyncio
async def test_a_sheet_names_nobody_but_for_a_reason(made: Town, tmp_path: Path) -> None:
    await play(
        made,
        "街道> 你好\n网格员> /needs\n网格员> [记一户]\n网格员> 陈奶奶 13900000099 中央城B区\n"
        "网格员> 买降压药\n网格员> [每周]\n协调员> 导出\n协调员> [需求台账]\n协调员> [龙泉苑社区]\n"
        "协调员> [遮住]\n协调员> 导出\n协调员> [需求台账]\n协调员> [龙泉苑社区]\n协调员> [看全的]\n"
        "协调员> 年底核对",
    )
    books = [blob.bytes for shown in made.gateway.chats["coordinator"] for blob in shown.blobs]
    for body, open_ in zip(books, (False, True), strict=True):
        (tmp_path / "s.xlsx").write_bytes(body)
        everything = str([cells(tmp_path / "s.xlsx", sheet) for sheet in (1, 2)])
        assert ("陈奶奶" in everything, "降压药" in everything) == (open_, open_)
    assert any("年底核对" in shown.message.text for shown in made.gateway.chats["street"])
