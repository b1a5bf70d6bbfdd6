"""Whoever asks to be forgotten is: no table holds a word of theirs. The history stays whole; what is old goes too."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from storage.cases import history
from storage.people.records import reseal
from storage.people.seal import Seal
from storage.tables import blobs, cases, contacts, metadata
from tests.stage.player import Player
from tests.stage.town import Town, town

REPORT = ("荷花里路灯不亮，我是蓝老太", "[提交]", "[同意并提交]")
DONE = ("[接单]", "[办结]", "[已解决]", "灯泡换了", "[没有照片]")


def everything(made: Town) -> Iterator[tuple[str, Any]]:
    with made.database.look() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                yield table.name, json.dumps(dict(row._mapping), ensure_ascii=False, default=repr)


def holding(made: Town, words: str) -> list[str]:
    return [name for name, row in everything(made) if words in row]


async def life(made: Town) -> Player:
    player = Player(made)
    await player.say("resident", "(photo) 就是这根杆子")
    for said in ("[取消]", *REPORT):
        await player.say("resident", said)
    await player.say("resident", "(phone 13800138000)")
    for said in DONE:
        await player.say("worker2", said)
    for said in ("[解决了]", "[满意]"):
        await player.say("resident", said)
    return player


@pytest.mark.asyncio
async def test_no_table_holds_a_word_of_theirs(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        player = await life(made)
        for words in ("蓝老太", "就是这根杆子", "路灯不亮", "138****8000", "荷花里"):
            assert holding(made, words), "nothing to forget"
        for said in ("/privacy", "[删除我的资料]", "[删吧]"):
            await player.say("resident", said)
        await made.push(timedelta(days=31))
        for words in ("蓝老太", "就是这根杆子", "路灯不亮", "138****8000"):
            assert holding(made, words) == [], words
        with made.database.look() as connection:
            assert connection.execute(select(blobs.c.sha256)).first() is None
            assert history.verify(connection)[1] == []
            assert connection.execute(select(cases.c.number)).scalar_one() == "370481-20261124-0001"


@pytest.mark.asyncio
async def test_what_is_old_goes_and_its_chain_stays(tmp_path: Path) -> None:
    with town(tmp_path, keeping={"words": "400d", "drafts": "30d", "queues": "30d"}) as made:
        await life(made)
        await made.push(timedelta(days=350))
        assert holding(made, "灯泡换了")
        await made.push(timedelta(days=60))
        assert holding(made, "灯泡换了") == []
        assert holding(made, "蓝老太") == []
        with made.database.look() as connection:
            entries, broken = history.verify(connection)
        assert entries > 5
        assert broken == []


@pytest.mark.asyncio
async def test_a_copy_to_take_along_says_all_of_it_and_nothing_of_others(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        player = await life(made)
        for said in ("荷花里下水道堵了，找绿大爷", "[提交]", "[同意并提交]"):
            await player.say("neighbour", said)
        await player.say("resident", "/privacy")
        await player.say("resident", "[带走一份]")
        sent = made.gateway.chats["resident"][-1].blobs[0].bytes.decode()
        copy = json.loads(sent)
        assert copy["phone"] == "13800138000"
        assert "蓝老太" in sent
        assert "绿大爷" not in sent
        assert [case["number"] for case in copy["cases"]] == ["370481-20261124-0001"]
        await made.push(timedelta(days=2))
        assert holding(made, "wangge-my-data.json") == []


def test_a_key_is_replaced_step_by_step(tmp_path: Path) -> None:
    """Sealed with the old key and read with both; sealed anew, the old one can go."""
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    before, both, after = Seal(old), Seal(f"{new},{old}"), Seal(new)
    sealed = before.close("13800138000")
    assert both.open(sealed) == "13800138000"
    assert before.digest("13800138000") in both.digests("13800138000")
    assert after.open(both.close(both.open(sealed))) == "13800138000"
    assert both.digest("13800138000") == after.digest("13800138000")


@pytest.mark.asyncio
async def test_reseal_leaves_nothing_under_the_old_key(tmp_path: Path) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with town(tmp_path, contact_key=old) as made:
        await Player(made).say("resident", "(phone 13800138000)")
        with made.database.begin() as connection:
            count = reseal(connection, Seal(f"{new},{old}"))
            rows = connection.execute(select(contacts)).all()
        assert count == len(rows) > 1
        assert "13800138000" in [Seal(new).open(row.sealed) for row in rows]
        assert Seal(new).digest("13800138000") in [row.digest for row in rows]


@pytest.mark.asyncio
async def test_what_is_said_of_how_long_is_what_is_done(tmp_path: Path) -> None:
    for keep, said in (("365d", "办完一年后删去"), ("180d", "办完180天后删去")):
        with town(tmp_path / keep, keeping={"words": keep}) as made:
            player = Player(made)
            await player.say("resident", "荷花里路灯不亮")
            await player.say("resident", "[提交]")
            assert said in made.gateway.chats["resident"][-1].message.text
            await player.say("resident", "/privacy")
            assert said in made.gateway.chats["resident"][-1].message.text


@pytest.mark.asyncio
async def test_a_question_nobody_answers_any_more_is_forgotten_with_what_was_given(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        player = Player(made)
        for said in ("荷花里路灯不亮", "[替别人报]", "张秀英", "13912345678"):
            await player.say("resident", said)
        await made.push(timedelta(days=1))  # asked once whether it is to be reported
        assert holding(made, "张秀英"), "nothing to forget"
        await made.push(timedelta(days=31))
        assert holding(made, "张秀英") == holding(made, "13912345678") == []


@pytest.mark.asyncio
async def test_what_became_no_case_is_forgotten_though_its_words_went_elsewhere(tmp_path: Path, url: str) -> None:
    """A complaint edited away before it was submitted, and words that joined somebody else's case: also what was
    understood of them goes."""
    with town(tmp_path, url) as made:
        player = Player(made)
        await player.say("resident", "龙泉苑社区的张敏主任态度恶劣骂人，还有荷花里门口的路灯不亮")
        await player.play("居民> (edit 张敏) 荷花里门口的路灯不亮\n居民> [提交]\n居民> [同意并提交]")
        await player.play("邻居> 荷花里门口的路灯不亮，我是2单元的\n邻居> [我也是这事]\n邻居> [同意并提交]")
        assert "drafts" in holding(made, "态度恶劣")
        await made.push(timedelta(days=31))
        for words in ("态度恶劣", "2单元"):
            assert "drafts" not in holding(made, words)


@pytest.mark.asyncio
async def test_a_question_long_answered_leaves_no_row(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await Player(made).play("居民> /lang\n居民> [中文]\n居民> /lang")
        assert "messages" in {name for name, _ in everything(made)}
        await made.push(timedelta(days=60))
        assert "messages" not in {name for name, _ in everything(made)}
