"""The bells of a storm are held for who has a telephone to look at, and for nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select, update

from storage.cases.storms import MANY
from storage.database.scope import community
from storage.tables import chats, parties, persons
from tests.stage.player import Player
from tests.stage.town import Town, town

REPORTED = select(parties.c.person, parties.c.chat).where(parties.c.case == bindparam("of"))


async def reported(made: Town, count: int) -> None:
    player = Player(made, _keys=1000)
    for number in range(count):
        for said in ("荷花里停电了", "[提交]", "[同意并提交]"):
            await player.say(f"r{number}", said)


def test_the_area_of_a_storm_is_the_community_of_each_of_its_cases() -> None:
    village = "370481/370481001/370481001002/"
    for below in ("", "370481001002001/", "370481001002001/370481001002001-03/"):
        assert community(village + below) == village
    assert community("370481/370481001/") == "370481/370481001/"


def rung(made: Town, chat: str) -> int:
    return sum(shown.message.text.startswith("新工单") for shown in made.gateway.chats[chat])


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_group_that_is_all_a_holder_has_hears_of_every_case(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await Player(made).say("coordinator", "/bind", chat="group")
        with made.database.begin() as connection:
            connection.execute(update(persons).where(persons.c.name == "李秀兰").values(chat=None))
            connection.execute(update(chats).where(chats.c.address == "group").values(unit="370481001001002"))
        await reported(made, MANY + 3)
        await made.push(timedelta(minutes=5))
        assert rung(made, "group") == MANY + 3


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_group_beside_a_telephone_hears_of_the_first_and_the_telephone_of_all(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await Player(made).say("coordinator", "/bind", chat="group")
        await reported(made, MANY + 5)
        assert (rung(made, "group"), rung(made, "worker2")) == (MANY - 1, MANY - 1)
        await made.push(timedelta(minutes=5))
        assert made.gateway.chats["worker2"][-1].message.text.startswith("这 6 件请您看看")


@pytest.mark.asyncio
@pytest.mark.slow
async def test_what_was_given_to_somebody_else_meanwhile_is_on_nobody_s_list(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await reported(made, MANY + 5)
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "test")
            for line in list(desk.lists.tasks(2))[-3:]:
                file = desk.perform(line.key, "return", 2, 1, {"reason": "not_my_grid"}, "", ())
                assert file.case.storm is None or file.worker != 2
        await made.push(timedelta(minutes=5))
        text = made.gateway.chats["worker2"][-1].message.text
        assert text.count("370481-") == 3


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_trickle_that_goes_on_is_asked_about_when_it_doubled_and_no_oftener(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        player = Player(made, _keys=1000)
        for number in range(3 * MANY):
            for said in ("荷花里停电了", "[提交]", "[同意并提交]"):
                await player.say(f"r{number}", said)
            await made.push(timedelta(minutes=1.5))
        asked = [shown.message.text for shown in made.gateway.chats["coordinator"] if "一回事" in shown.message.text]
        assert len(asked) == 2


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_storm_is_asked_about_once_though_what_is_open_goes_down_and_up(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await reported(made, MANY)
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "test")
            line = list(desk.lists.tasks(2))[-1]
            desk.perform(line.key, "withdraw", *connection.execute(REPORTED, {"of": line.key.id}).one(), {}, "", ())
        await reported(made, 3)
        asked = [shown for shown in made.gateway.chats["coordinator"] if "是不是一回事" in shown.message.text]
        assert len(asked) == 1
