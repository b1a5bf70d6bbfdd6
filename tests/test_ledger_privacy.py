"""What of the ledger nobody may read who is not meant to: forged buttons, the other side of a dispute, who reported."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.tables import items
from tests.permissions import play
from tests.player import Player
from tests.test_belongings import count
from tests.test_ledger import pressed
from tests.town import Town, town

CENTRE = Path(__file__).with_name("places") / "centre"
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
    await play(made, "街道> 你好\n街道> /staff\n街道> [龙泉街道人民调解委员会]\n街道> [何调…]\n街道> [离岗，交接工单]")
    player = Player(made, _keys=70_000)
    assert not any("三千" in text for text in await pressed(player, "mediator", "i.show.1"))


@pytest.mark.asyncio
async def test_a_confidential_reporter_is_not_named_to_the_holder_by_a_mediation(made: Town) -> None:
    await play(made, "居民> 中央城B区5号楼邻居两家为公摊的墙闹纠纷\n居民> [对网格员保密]\n居民> [提交]\n"
                     "居民> [同意并提交]\n网格员> [接单]\n网格员> [转调解]")  # fmt: skip
    assert count(made, items) == 0
    assert not any("当事人" in shown.message.text for shown in made.gateway.chats["worker"])


@pytest.mark.asyncio
async def test_a_household_far_away_is_a_number(made: Town) -> None:
    await play(made, "县> 你好\n网格员> /needs\n网格员> [记一户]\n网格员> 陈奶奶 13900000099 中央城B区\n"
                     "网格员> 每月拿降压药\n网格员> [每周]")  # fmt: skip
    player = Player(made, _keys=70_000)
    for action in ("show", "done", "papers", "move", "hand"):
        seen = await pressed(player, "county", f"i.{action}.1")
        labels = [b.label for s in made.gateway.chats["county"] for row in s.message.rows for b in row]
        assert not any("奶奶" in text or "降压" in text for text in [*seen, *labels]), action


@pytest.mark.asyncio
async def test_nobody_decides_his_own_objection(made: Town) -> None:
    await play(made, "街道> 你好\n居民> 中央城B区路灯不亮\n居民> [提交]\n居民> [同意并提交]\n网格员> [退回]\n"
                     "网格员> [不在我网格]\n网格员乙> [退回]\n网格员乙> [不在我网格]\n协调员> [派单]\n协调员> [张敏…]\n"
                     "协调员> [接单]")  # fmt: skip
    await play(made, "协调员> [办结]\n协调员> [已解决]\n协调员> 换了\n协调员> [没有照片]\n居民> [没解决]\n居民> 没亮")
    player = Player(made, _keys=70_000)
    await pressed(player, "coordinator", "o.contest")
    await play(made, "协调员> [370481-20261124-0001]\n协调员> 灯是别人弄坏的")
    assert any("考评申诉" in shown.message.text for shown in made.gateway.chats["street"])
    await pressed(player, "coordinator", "i.uphold.1")
    await player.say("coordinator", "属实")
    assert count(made, items, items.c.state == "asked") == 1
