"""CSV in: every mistake is told at once with its line, and then nothing was taken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from config.mistakes import Mistakes
from storage.database.engine import Connection, Database
from storage.desk import Desk
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.imports.taken import Taken
from storage.tables import invitations, persons, posts, units
from tests.stage.importing import database, desk_at
from tests.stage.town import TOWN, TUESDAY, empty, town_settings

__all__ = ["database", "desk_at"]


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
        "line 2",
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 8",
        "line 9 the same as line 7".partition(" the")[0],
    ]
    with database.look() as connection:
        assert connection.execute(select(func.count()).select_from(persons)).scalar_one() == 0


def test_roles_and_levels_in_chinese(database: Database, tmp_path: Path, desk_at: Callable[[Connection], Desk]) -> None:
    towns, people = tmp_path / "units.csv", tmp_path / "people.csv"
    towns.write_text(HEAD + "370481,县,区县,,,,,\n370481001,街道,街道,370481,,,,\n")
    people.write_text("name,role,unit,phone,chat\n甲,协调员,370481001,,telegram:-100\n乙,领导,370481,,web:b\n")
    with database.begin() as connection:
        units_import.take(connection, towns, TUESDAY)
        people_import.take(desk_at(connection), people)
        assert set(connection.execute(select(units.c.level)).scalars()) == {"county", "street"}
        assert set(connection.execute(select(posts.c.role)).scalars()) == {"coordinator", "leader"}


@pytest.mark.parametrize("chat", ["telegram:abc", "tg:88", "telegram/37:5", "telegram:"])
def test_a_chat_nobody_can_be_reached_at_is_a_mistake(
    database: Database, tmp_path: Path, desk_at: Callable[[Connection], Desk], chat: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(f"name,role,unit,phone,chat\n甲,worker,370481001001001,,{chat}\n")
    with database.begin() as connection:
        units_import.take(connection, TOWN / "units.csv", TUESDAY)
    with pytest.raises(Mistakes, match="line 2: chat"), database.begin() as connection:
        people_import.take(desk_at(connection), file)


def test_a_boundary_with_latitude_first_is_a_mistake(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text(HEAD + '370481,县,county,,,,"POLYGON((35 117, 36 117, 36 118, 35 117))",\n')
    with pytest.raises(Mistakes, match="longitude before latitude"), database.begin() as connection:
        units_import.take(connection, file, TUESDAY)


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
