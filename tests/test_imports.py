"""CSV in: every mistake is told at once with its line, and then nothing was taken."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config.mistakes import Mistakes
from storage.desk import Desk
from storage.engine import Connection, Database
from storage.imports import cases as cases_import
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.imports.units import Taken
from storage.tables import cases, invitations, persons, posts, rounds, units
from tests.player import Player
from tests.saying import REPORT, say, seen
from tests.town import TOWN, TUESDAY, empty, standards_of, town, town_settings


@pytest.fixture
def database(tmp_path: Path, url: str) -> Iterator[Database]:
    made = empty(town_settings(tmp_path, url))
    yield made
    made.close()


@pytest.fixture
def desk_at(tmp_path: Path, url: str) -> Callable[[Connection], Desk]:
    known = standards_of(town_settings(tmp_path, url))
    return lambda connection: Desk(connection, TUESDAY, known, "import")


HEAD = "code,name,level,parent,lat,lon,boundary,places\n"
TWENTY = (
    HEAD
    + """\
370481,,county,,,,,
37048,县,county,,,,,
370482,县,shire,,,,,
370481001,街道,street,999999,,,,
370481001,街道,street,370481,,,,
370481001001,社区,street,370481001,,,,
370481001001001,格,grid,370481001001,north,,,
370481001001002,格,grid,370481001001,35,200,,
370481001001003,格,grid,370481001001,95,117,,
370481001001004,格,grid,370481001001,35,117,"POLYGON((0 0,1 1",
370481001001005,格,grid,370481001001,35,117,POINT(1 1),
370481001001006,格,grid,370481001001,35,117,"POLYGON((0 0,1 1,1 0,0 1,0 0))",
370481001001007-1,微,micro,370481001001001,,,,
,无号,grid,,,,,
370481001002,社区,community,370481001002001,,,,
370481001002001,格,grid,370481001002,,,,
370481001003,,,,,,,
370481001001008,太,多,列,的,一,行,在,这,里
370481001001009,少列
370481001001010,,grid,nowhere,abc,def,xyz,
"""
)


def test_twenty_mistakes_are_told_at_once(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(TWENTY)
    with pytest.raises(Mistakes) as told, database.begin() as connection:
        units_import.take(connection, file, TUESDAY)
    lines = {found.partition(":")[0] for found in told.value.found}
    assert len(told.value.found) >= 20
    assert {
        f"line {number}" for number in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21)
    } <= lines
    with database.look() as connection:
        assert connection.execute(select(func.count()).select_from(units)).scalar_one() == 0


def test_the_sample_town_comes_in_and_comes_again(database: Database, desk_at: Callable[[Connection], Desk]) -> None:
    with database.begin() as connection:
        assert units_import.take(connection, TOWN / "units.csv", TUESDAY).added == 8
        assert units_import.take(connection, TOWN / "units.csv", TUESDAY) == Taken(same=8)
        desk = desk_at(connection)
        assert people_import.take(desk, TOWN / "people.csv").added == 5
        assert people_import.take(desk, TOWN / "people.csv").same == 5


def test_a_second_import_changes_what_changed(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text((TOWN / "units.csv").read_text().replace("北关大街", "北关新街"))
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        assert units_import.take(connection, file, TUESDAY) == Taken(changed=1, same=7)


def test_people_with_every_mistake(database: Database, tmp_path: Path, desk_at: Callable[[Connection], Desk]) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "name,role,unit,phone,chat\n"
        ",worker,370481001001001,13800000001,\n"
        "甲,boss,370481001001001,13800000001,\n"
        "乙,worker,000000,13800000001,\n"
        "丙,worker,370481001001001,one-three-eight,\n"
        "丁,worker,370481001001001,,somewhere\n"
        "戊,worker,370481001001001,,telegram:1\n"
        "己,worker,370481001001001,,telegram:1\n"
        "戊,worker,370481001001001,,telegram:1\n"
    )
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
    with pytest.raises(Mistakes) as told, database.begin() as connection:
        people_import.take(desk_at(connection), file)
    assert [found.partition(":")[0] for found in told.value.found] == [
        "line 2", "line 3", "line 4", "line 5", "line 6", "line 8", "line 9 the same as line 7".partition(" the")[0],
    ]  # fmt: skip
    with database.look() as connection:
        assert connection.execute(select(func.count()).select_from(persons)).scalar_one() == 0


def test_who_has_no_chat_is_invited_and_counts_only_then(
    database: Database, tmp_path: Path, desk_at: Callable[[Connection], Desk]
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,role,unit,phone,chat\n甲,worker,370481001001001,13800000001,\n")
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        taken = people_import.take(desk_at(connection), file)
        assert [i.name for i in taken.invitations] == ["甲"]
        assert len(taken.invitations[0].token) == 24
        assert connection.execute(select(func.count()).select_from(posts)).scalar_one() == 0
        stored = connection.execute(select(invitations.c.digest)).scalar_one()
        assert taken.invitations[0].token not in stored


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "missing columns"),
        (b"code;name\n1;2\n", "missing columns"),
        (HEAD.encode(), "the file has no rows"),
        (b"\xff\xfe\x00\x00\x81", "neither UTF-8 nor GB18030"),
    ],
)
def test_no_such_csv(tmp_path: Path, content: bytes, said: str) -> None:
    database = empty(town_settings(tmp_path))
    file = tmp_path / "units.csv"
    file.write_bytes(content)
    with pytest.raises(Mistakes, match=said), database.begin() as connection:
        units_import.take(connection, file, TUESDAY)
    database.close()


def test_what_excel_saves_in_china_is_read(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_bytes((HEAD + "370481,示范县,county,,,,,\n").encode("gb18030"))
    with database.begin() as connection:
        assert units_import.take(connection, file, TUESDAY).added == 1
        assert connection.execute(select(units.c.name)).scalar_one() == "示范县"


MORE = HEAD + (TOWN / "units.csv").read_text().partition("\n")[2]


def file_of(tmp_path: Path, text: str, name: str = "units.csv") -> Path:
    file = tmp_path / name
    file.write_text(text)
    return file


def test_a_unit_moves_with_all_below_it(database: Database, tmp_path: Path) -> None:
    street = "370481002,北关街道,street,370481,,,,\n"
    moved = MORE.replace("370481001002,北关村,community,370481001,", "370481001002,北关村,community,370481002,")
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        taken = units_import.take(connection, file_of(tmp_path, moved + street), TUESDAY)
        assert (taken.added, taken.moved, taken.same) == (1, 1, 6)
        paths = {r.code: r.path for r in connection.execute(select(units.c.code, units.c.path))}
        assert paths["370481001002001"] == "370481/370481002/370481001002/370481001002001/"


def test_boundaries_may_be_geojson(database: Database, tmp_path: Path) -> None:
    ring = '"{""type"":""Polygon"",""coordinates"":[[[0,0],[1,0],[1,1],[0,0]]]}"'
    with database.begin() as connection:
        units_import.take(connection, file_of(tmp_path, HEAD + f"370481,县,county,,,,{ring},\n"), TUESDAY)
        assert str(connection.execute(select(units.c.boundary)).scalar_one()).startswith("POLYGON ((0 0")


def test_a_unit_with_open_cases_needs_a_successor_and_a_code_never_comes_back(tmp_path: Path) -> None:
    ending = HEAD.strip() + ",retired,successor\n370481001001002,龙泉苑第二网格,grid,370481001001,,,,,yes,{}\n"
    with town(tmp_path) as made:
        asyncio.run(say(made, "a", *REPORT))
        with pytest.raises(Mistakes, match="1 open cases: name a successor"), made.database.begin() as connection:
            units_import.take(connection, file_of(tmp_path, ending.format("")), TUESDAY)
        with made.database.begin() as connection:
            taken = units_import.take(connection, file_of(tmp_path, ending.format("370481001001001")), TUESDAY)
            assert taken.retired == 1
            row = connection.execute(select(cases.c.unit, cases.c.path)).one()
            assert row.unit == "370481001001001"
            assert row.path.endswith("/370481001001001/")
        with pytest.raises(Mistakes, match="never used again"), made.database.begin() as connection:
            units_import.take(connection, TOWN / "units.csv", TUESDAY)


def test_what_a_whole_list_leaves_out_ends(
    database: Database, tmp_path: Path, desk_at: Callable[[Connection], Desk]
) -> None:
    fewer = "\n".join(line for line in MORE.splitlines() if "-01," not in line)
    people = (TOWN / "people.csv").read_text().replace("孙长河,worker,370481001002001,13800000003,web:worker3\n", "")
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        people_import.take(desk_at(connection), TOWN / "people.csv")
        assert units_import.take(connection, file_of(tmp_path, fewer), TUESDAY).retired == 0
        assert units_import.take(connection, file_of(tmp_path, fewer), TUESDAY, whole=True).retired == 1
        file = file_of(tmp_path, people, "people.csv")
        assert people_import.take(desk_at(connection), file).retired == 0
        assert people_import.take(desk_at(connection), file, whole=True).retired == 1
        assert connection.execute(select(func.count()).select_from(posts)).scalar_one() == 4


def test_who_moves_to_another_grid_leaves_his_cases_to_those_who_stay(tmp_path: Path) -> None:
    people = (TOWN / "people.csv").read_text()
    with town(tmp_path) as made:
        asyncio.run(say(made, "a", *REPORT))
        moved = people.replace("李秀兰,worker,370481001001002", "李秀兰,worker,370481001002001")
        moved += "新来的,worker,370481001001002,13800000009,web:worker9\n"
        with made.database.begin() as connection:
            desk = made.running.house.desk(connection, "import")
            taken = people_import.take(desk, file_of(tmp_path, moved, "people.csv"))
            assert (taken.added, taken.moved, taken.same) == (1, 1, 4)
            holder = select(persons.c.name).join(cases, cases.c.holder == persons.c.id)
            assert connection.execute(holder).scalar_one() == "新来的"


def test_hours_mode_and_stand_ins(database: Database, tmp_path: Path, desk_at: Callable[[Connection], Desk]) -> None:
    text = (
        "name,role,unit,phone,chat,hours,mode,stand_in\n"
        "甲,micro,370481001001001-01,,web:a,18:00-21:00,first,乙\n"
        "乙,worker,370481001001001,,web:b,,,\n"
    )
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        people_import.take(desk_at(connection), file_of(tmp_path, text, "people.csv"))
        row = connection.execute(select(posts).where(posts.c.role == "micro")).one()
        other = connection.execute(select(posts.c.person).where(posts.c.role == "worker")).scalar_one()
        assert (row.hours, row.mode, row.stand_in) == ("18:00-21:00", "first", other)
    bad = text.replace("18:00-21:00", "evening").replace("first", "second").replace(",乙\n", ",丙\n")
    with pytest.raises(Mistakes) as told, database.begin() as connection:
        people_import.take(desk_at(connection), file_of(tmp_path, bad, "people.csv"))
    assert [found.split(":")[1].strip() for found in told.value.found] == ["mode", "hours", "stand_in"]


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
        "line 2", "line 3", "line 3", "line 3", "line 3", "line 5",
    ]  # fmt: skip
