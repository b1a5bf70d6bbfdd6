"""Tickets of other systems: once, with their own deadline, and a text to paste back."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from config.mistakes import Mistakes
from storage.imports import cases as cases_import
from storage.tables import cases, rounds
from tests.stage.player import Player
from tests.stage.saying import file_of, say, seen
from tests.stage.town import town

TICKETS = (
    "source,number,text,place,unit,matter,due,name,phone\n"
    "12345,SD-1,荷花里路灯不亮,3号楼前,370481001001002,,2026-11-25T17:00,刘先生,13800007777\n"
    "信访,XF-9,老旧管网问题,,370481001001001,utilities,,,\n"
)


def test_tickets_of_other_systems_come_in_once_with_their_own_deadline(tmp_path: Path) -> None:
    file = file_of(tmp_path, TICKETS, "cases.csv")
    with town(tmp_path) as made:
        known = frozenset(made.running.house.world.taxonomy.matters)
        for expected in ((2, 0), (0, 2)):
            with made.database.begin() as connection:
                desk = made.running.house.desk(connection, "import")
                taken = cases_import.take(desk, file, made.running.house.tagger, known)
            assert (taken.added, taken.same) == expected
        asyncio.run(made.running.settle())
        assert "新工单" in seen(made, "worker2")[0]
        with made.database.look() as connection:
            due = connection.execute(
                select(rounds.c.due).join(cases, cases.c.id == rounds.c.case).where(cases.c.outside == "SD-1")
            ).scalar_one()
            assert due == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
        asyncio.run(say(made, "worker2", "接单", "办结", "已解决", "换了灯头", "没有照片"))
        assert any("居民没有聊天" in words for words in seen(made, "coordinator"))
        player = Player(made)
        for said in ("[回访]", "[已解决]", "刘先生说亮了", "[生成回复]"):
            asyncio.run(player.say("coordinator", said))
        reply = made.gateway.chats["coordinator"][-1].message.text
        assert reply.startswith("【SD-1】")
        assert "换了灯头" in reply


def test_tickets_with_every_mistake(tmp_path: Path) -> None:
    bad = (
        TICKETS.split("\n", maxsplit=1)[0]
        + "\n,A,b,,,,,,\n12345,B,,,999,nothing,soon,,\n12345,C,x,,,,,,\n12345,C,y,,,,,,\n"
    )
    with town(tmp_path) as made:
        known = frozenset(made.running.house.world.taxonomy.matters)
        file, house = file_of(tmp_path, bad, "cases.csv"), made.running.house
        with pytest.raises(Mistakes) as told, made.database.begin() as connection:
            cases_import.take(house.desk(connection, "import"), file, house.tagger, known)
    assert [found.split(":")[0] for found in told.value.found] == [
        "line 2",
        "line 3",
        "line 3",
        "line 3",
        "line 3",
        "line 5",
    ]
