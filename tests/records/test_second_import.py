"""Files that come again: what moved, ended or left, and what becomes of the cases."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config.mistakes import Mistakes
from handlers.telling import taken_over
from storage.database.engine import Connection, Database
from storage.desk import Desk
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.tables import cases, persons, posts, units
from tests.stage.importing import database, desk_at
from tests.stage.saying import REPORT, file_of, say, seen
from tests.stage.town import TOWN, TUESDAY, town

__all__ = ["database", "desk_at"]
HEAD = "code,name,level,parent,lat,lon,boundary,places\n"
MORE = HEAD + (TOWN / "units.csv").read_text().partition("\n")[2]


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
        asyncio.run(say(made, "b", REPORT[0]))
        with pytest.raises(Mistakes, match="1 open cases: name a successor"), made.database.begin() as connection:
            units_import.take(connection, file_of(tmp_path, ending.format("")), TUESDAY)
        with made.database.begin() as connection:
            taken = units_import.take(connection, file_of(tmp_path, ending.format("370481001001001")), TUESDAY)
            assert taken.retired == 1
            row = connection.execute(select(cases.c.unit, cases.c.path)).one()
            assert row.unit == "370481001001001"
            assert row.path.endswith("/370481001001001/")
            served = select(posts.c.unit).join(persons).where(persons.c.name == "李秀兰")
            assert connection.execute(served).scalars().all() == ["370481001001001"]
            assert "370481001001002" not in connection.execute(select(persons.c.home)).scalars().all()
        # who lives there, and whose report was half made, is heard where the successor is
        asyncio.run(say(made, "a", "楼道灯不亮了", "提交"))
        asyncio.run(say(made, "b", "提交", "同意并提交"))
        with made.database.look() as connection:
            assert connection.execute(select(cases.c.unit)).scalars().all() == ["370481001001001"] * 3
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
            for name, given in taken.handed_over:
                taken_over(made.running.house.world.texts, desk, name, given)
        asyncio.run(made.running.settle())
        assert "李秀兰 的 1 件工单交给您了：370481-20261124-0001" in seen(made, "worker9")


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


def test_a_case_of_a_moved_unit_is_decided_by_its_new_line(tmp_path: Path) -> None:
    grid = "370481001001002,龙泉苑第二网格,grid,{},,,,荷花里\n"
    with town(tmp_path) as made:
        asyncio.run(say(made, "a", *REPORT))
        with made.database.begin() as connection:
            units_import.take(connection, file_of(tmp_path, HEAD + grid.format("370481001002")), TUESDAY)
            row = connection.execute(select(cases.c.desk, cases.c.path)).one()
        assert row.path == "370481/370481001/370481001002/370481001001002/"
        assert row.desk == "370481001"  # nobody coordinates the village, so the street does


def test_what_moves_with_what_is_above_it_takes_its_cases_along(tmp_path: Path) -> None:
    """A grid moves to another community, and the one it leaves to another street, in one file."""
    street = "370481002,北关街道,street,370481,,,,\n"
    moved = MORE.replace("370481001001,龙泉苑社区,community,370481001,", "370481001001,龙泉苑社区,community,370481002,")
    moved = moved.replace("龙泉苑第二网格,grid,370481001001,", "龙泉苑第二网格,grid,370481001002,")
    with town(tmp_path) as made:
        asyncio.run(say(made, "a", *REPORT))
        with made.database.begin() as connection:
            assert units_import.take(connection, file_of(tmp_path, moved + street), TUESDAY).moved == 2
            of = cases.join(units, units.c.code == cases.c.unit)
            row = connection.execute(select(cases.c.path, units.c.path.label("now")).select_from(of)).one()
            assert row.path == row.now
            assert "/370481001002/" in row.path


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        ("370481001002,北关村,community,370481001,,,,,yes,\n", "370481001002001 is still below it"),
        ("370481001001002,龙泉苑第二网格,grid,370481001001,,,,,yes,370481001001009\n", "there is no unit"),
    ],
)
def test_nothing_ends_under_what_goes_on_and_nobody_follows_who_is_not_there(
    ending: str, says: str, database: Database, tmp_path: Path
) -> None:
    head = HEAD.strip() + ",retired,successor\n"
    gone = "370481001001009,旧网格,grid,370481001001,,,,,{},\n"
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
        units_import.take(connection, file_of(tmp_path, head + gone.format("")), TUESDAY)
        units_import.take(connection, file_of(tmp_path, head + gone.format("yes")), TUESDAY)
        with pytest.raises(Mistakes, match=says):
            units_import.take(connection, file_of(tmp_path, head + ending), TUESDAY)


def test_a_complaint_stays_above_whom_it_may_be_about_when_units_move(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        asyncio.run(say(made, "a", "龙泉苑社区的张敏主任办事态度恶劣，骂人", "提交", "同意并提交"))
        street = "370481003,新街道,street,370481,,,,\n"
        moved = MORE.replace(
            "370481001001,龙泉苑社区,community,370481001,", "370481001001,龙泉苑社区,community,370481003,"
        )
        with made.database.begin() as connection:
            assert connection.execute(select(cases.c.desk)).scalar_one() == "370481001"
            assert units_import.take(connection, file_of(tmp_path, moved + street), TUESDAY).moved == 1
            assert connection.execute(select(cases.c.desk)).scalar_one() == "370481003"


def test_what_is_longer_than_its_column_is_told(database: Database, tmp_path: Path) -> None:
    long = HEAD + f"370481,{'县' * 121},county,,,,,\n"
    with pytest.raises(Mistakes, match="line 2: name: longer than 120 characters"), database.begin() as connection:
        units_import.take(connection, file_of(tmp_path, long), TUESDAY)
