"""What the ledger keeps of people follows them when somebody leaves, and when somebody asks to be
forgotten; and what is over is forgotten by its age."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cases.ledger.model import Duty, Kind
from cases.ledger.views import NewItem
from storage.posts import staff
from storage.tables import assignments, duties, entries, identities, items, notes, texts
from tests import PLACES
from tests.stage.permissions import play
from tests.stage.town import Town, town

CENTRE = PLACES / "centre"
HOUSEHOLD = """协调员> 你好
志愿者> 你好
网格员乙> 你好
居民> 中央城B区路灯不亮
居民> [提交]
居民> [同意并提交]
居民> /needs
居民> [我家]
居民> 家里没煤了"""


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path, units=CENTRE) as found:
        yield found


def person(made: Town, user: str) -> int:
    with made.database.look() as connection:
        return int(connection.execute(select(identities.c.person).where(identities.c.user == user)).scalar_one())


def count(made: Town, table: object, *where: object) -> int:
    with made.database.look() as connection:
        query = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
        return int(connection.execute(query).scalar_one())


@pytest.mark.asyncio
async def test_who_leaves_leaves_no_duty_behind(made: Town) -> None:
    await play(made, HOUSEHOLD)
    holder = person(made, "worker2")
    assert count(made, duties, duties.c.person == holder, duties.c.state == "open") == 1
    await play(
        made,
        "协调员> /staff\n协调员> [龙泉苑第一网格]\n协调员> [龙泉苑第一网格]\n"
        "协调员> [李秀兰…]\n协调员> [离岗，交接工单]\n协调员> [真的离岗]",
    )
    assert count(made, duties, duties.c.person == holder, duties.c.state == "open") == 0
    assert count(made, duties, duties.c.person == person(made, "coordinator"), duties.c.state == "open") == 1
    assert count(made, items, items.c.keeper == holder) == 0


@pytest.mark.asyncio
async def test_a_household_is_forgotten(made: Town) -> None:
    await play(made, HOUSEHOLD + "\n居民> /privacy\n居民> [删除我的资料]\n居民> [删吧]")
    assert count(made, items, items.c.state == "gone") == 1
    with made.database.look() as connection:
        kept = set(connection.execute(select(texts.c.body)).scalars())
    assert not [body for body in kept if "没煤" in body]
    assert count(made, duties, duties.c.state == "open") == 0


@pytest.mark.asyncio
async def test_what_is_over_is_forgotten_by_its_age(made: Town) -> None:
    await play(made, HOUSEHOLD + "\n网格员乙> /needs\n网格员乙> [居民 · 家里没煤…]\n网格员乙> [销户]\n网格员乙> 搬走了")
    await made.push(timedelta(days=367))
    with made.database.look() as connection:
        said = select(texts.c.body).join(notes, notes.c.words == texts.c.id)
        assert set(connection.execute(said).scalars()) == {""}
        assert connection.execute(select(texts.c.body).join(items, items.c.title == texts.c.id)).scalars().all() == [""]


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_notice_reaches_every_home_once_some_at_a_time(made: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.ledger.mailing.AT_ONCE", 2)
    people = [f"r{number}" for number in range(5)]
    await play(
        made, "".join(f"{user}> 荷花里路灯不亮\n{user}> [提交]\n{user}> [同意并提交]\n" for user in people).strip()
    )
    await play(made, "协调员> /notice\n协调员> [写通知]\n协调员> [龙泉苑社区]\n协调员> 今晚停水\n协调员> [发出]")
    for _ in range(4):
        await made.push(timedelta(seconds=2))
    got = [sum("今晚停水" in shown.message.text for shown in made.gateway.chats[user]) for user in people]
    assert got == [1] * 5
    assert count(made, duties, duties.c.kind == "mailing", duties.c.state == "done") == 1


@pytest.mark.asyncio
async def test_a_household_without_a_name_is_asked_for_one(made: Town) -> None:
    await play(made, "居民> 中央城B区路灯不亮\n居民> [提交]\n居民> [同意并提交]")
    with made.database.begin() as connection:
        made.running.house.desk(connection, "test").rename(person(made, "resident"), "")
    await play(made, "居民> /needs\n居民> [我家]\n居民> 西街老陈家\n居民> 家里没煤了")
    with made.database.look() as connection:
        titles = connection.execute(select(texts.c.body).join(items, items.c.title == texts.c.id)).scalars().all()
    assert titles == ["西街老陈家"]


@pytest.mark.asyncio
async def test_forty_things_due_at_once_are_one_list(made: Town) -> None:
    await play(made, "网格员> 你好\n协调员> 你好")
    keeper = person(made, "worker")
    with made.database.begin() as connection:
        desk = made.running.house.desk(connection, "test")
        for number in range(40):
            due = Duty(0, "need", keeper, "370481001001001", made.clock.now() + timedelta(days=2), made.clock.now())
            desk.items.open(NewItem(Kind.HOUSEHOLD, "370481001001001", f"第{number}户", keeper, keeper, duties=(due,)))
    before = {user: len(made.gateway.chats[user]) for user in ("worker", "coordinator")}
    await made.push(timedelta(days=1, hours=1))
    await made.push(timedelta(days=1))
    new = {user: made.gateway.chats[user][before[user] :] for user in before}
    lists = [s.message.text for s in new["worker"] if "40 项到日子了" in s.message.text]
    assert len(lists) == 2  # near, and late
    assert len([s for s in new["coordinator"] if "40 项到日子了" in s.message.text]) == 1
    assert not [s for user in new for s in new[user] if "快到时间了" in s.message.text or "超时了：" in s.message.text]


@pytest.mark.asyncio
async def test_what_was_done_meanwhile_stays_done(made: Town) -> None:
    await play(made, HOUSEHOLD)
    with made.database.begin() as connection:
        items_ = made.running.house.desk(connection, "test").items
        (duty,) = items_.view(1, person(made, "worker2")).file.open
        items_.perform(1, "done", person(made, "worker2"), {"duty": duty.id})
        items_.change_duty(replace(duty, told=1))  # as the clock saw it before
    assert count(made, duties, duties.c.state == "done") == 1
    assert count(made, duties, duties.c.state == "open", duties.c.kind == "need") == 0


@pytest.mark.asyncio
async def test_nobody_waits_for_the_part_of_who_is_gone(made: Town) -> None:
    await play(
        made,
        "物业> 你好\n居民> 中央城B区5号楼电梯停了\n居民> [提交]\n居民> [同意并提交]\n网格员> [接单]\n"
        "网格员> [报上级]\n网格员> 要物业一起\n协调员> [会办]\n协调员> [安居物业…]\n协调员> [就这些]\n"
        "协调员> 一起修\n物业> [参加会办]",
    )
    with made.database.begin() as connection:
        desk = made.running.house.desk(connection, "test")
        estate = person(made, "property")
        (unit,) = desk.directory.units_of(estate)
        staff.dismiss(desk, estate, unit, person(made, "coordinator"))
    assert count(made, entries, entries.c.action == "part_left") == 1
    assert count(made, assignments, assignments.c.person == estate, assignments.c.state == "left") == 1
