"""What the ledger keeps of people follows them when two become one, when somebody leaves, and when somebody asks to be
forgotten; and what is over is forgotten by its age."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storage import belongings
from storage.tables import duties, identities, items, members, notes, rosters, texts
from tests.permissions import play
from tests.town import Town, town

CENTRE = Path(__file__).with_name("places") / "centre"
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
        "协调员> [李秀兰…]\n协调员> [离岗，交接工单]",
    )
    assert count(made, duties, duties.c.person == holder, duties.c.state == "open") == 0
    assert count(made, duties, duties.c.person == person(made, "coordinator"), duties.c.state == "open") == 1
    assert count(made, items, items.c.keeper == holder) == 0


@pytest.mark.asyncio
async def test_two_become_one(made: Town) -> None:
    await play(made, HOUSEHOLD)
    old, new = person(made, "resident"), person(made, "volunteer")
    with made.database.begin() as connection:
        item = connection.execute(select(items.c.id)).scalar_one()
        connection.execute(members.insert().values(item=item, person=new, part="party"))
        for who in (old, new):
            connection.execute(rosters.insert().values(unit="370481", person=who, begins=made.clock.now(),
                                                       ends=made.clock.now()))  # fmt: skip
        belongings.merge(connection, old, new)
    assert count(made, members, members.c.person == old) == 0
    assert count(made, members, members.c.person == new) == 1
    assert count(made, rosters) == 1
    assert count(made, items, items.c.by == new) == 1


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
async def test_a_notice_reaches_every_home_once_some_at_a_time(made: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.ledger.reminding.AT_ONCE", 2)
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
