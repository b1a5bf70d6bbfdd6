"""Households and turns of duty from sheets, CSV or Excel: all mistakes at once, or all of it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import func, select

from bot.making import papers
from cases.counts.assessment import Formula
from config import lessons, settings
from config.mistakes import Mistakes
from storage.database.engine import Connection, Database
from storage.desk import Desk
from storage.imports import households, people, rosters, units
from storage.tables import duties, items, texts
from tests import ROOT
from tests.stage.importing import database, desk_at
from tests.stage.town import TOWN, TUESDAY

__all__ = ["database", "desk_at"]
At = Callable[[Connection], Desk]
GRID = "370481001001001"
NEEDS = f"""unit,name,phone,keeper_phone,need,due,every
{GRID},陈奶奶,13900000099,13800000001,拿药,2026-12-01,7
{GRID},陈奶奶,13900000099,,扫雪,,
{GRID},老吴,,,,,30
"""


@pytest.fixture
def settled(database: Database, desk_at: At) -> Database:
    with database.begin() as connection:
        units.take(connection, TOWN / "units.csv", TUESDAY)
        people.take(desk_at(connection), TOWN / "people.csv")
    return database


def test_households_come_in_whole(settled: Database, desk_at: At, tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(NEEDS)
    with settled.begin() as connection:
        assert households.take(desk_at(connection), tmp_path / "n.csv") == 2
        named = select(texts.c.body).join(items, items.c.title == texts.c.id).order_by(items.c.id)
        assert list(connection.execute(named).scalars()) == ["陈奶奶", "老吴"]
        assert Counter(connection.execute(select(duties.c.kind)).scalars()) == {"need": 2, "care": 2}


def test_excel_is_read_like_csv(settled: Database, desk_at: At, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "n.xlsx"))
    sheet = book.add_worksheet()
    for at, line in enumerate(NEEDS.splitlines()):
        for column, cell in enumerate(line.split(",")):
            if cell.isdigit() and len(cell) < 13:
                sheet.write_number(at, column, int(cell))  # as Excel keeps a telephone number
            else:
                sheet.write_string(at, column, cell)
    book.close()
    with settled.begin() as connection:
        assert households.take(desk_at(connection), tmp_path / "n.xlsx") == 2


def test_all_mistakes_at_once_and_nothing_is_taken(settled: Database, desk_at: At, tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(f"unit,name,keeper_phone,due,every\n999,甲,,,\n{GRID},,1,12月,often\n")
    with settled.begin() as connection, pytest.raises(Mistakes) as wrong:
        households.take(desk_at(connection), tmp_path / "n.csv")
    assert [line.partition(":")[0] for line in str(wrong.value).splitlines()] == ["line 2"] + ["line 3"] * 4
    with settled.look() as connection:
        assert connection.execute(select(func.count()).select_from(items)).scalar_one() == 0
    (tmp_path / "no.xlsx").write_text("this is no Excel file")
    with settled.begin() as connection, pytest.raises(Mistakes):
        households.take(desk_at(connection), tmp_path / "no.xlsx")


def test_two_of_one_name_are_two_and_numbers_are_read_as_written(
    settled: Database, desk_at: At, tmp_path: Path
) -> None:
    (tmp_path / "n.csv").write_text(
        f"unit,name,phone,keeper_phone\n{GRID},王芳,139 0000 0097,+86 138 0000 0001\n{GRID},王芳,13900000098,\n"
    )
    with settled.begin() as connection:
        assert households.take(desk_at(connection), tmp_path / "n.csv") == 2
        assert connection.execute(select(func.count()).select_from(items)).scalar_one() == 2
        keepers = list(connection.execute(select(items.c.keeper).order_by(items.c.id)).scalars())
        assert keepers[0] == desk_at(connection).known_by("13800000001")
        households.take(desk_at(connection), tmp_path / "n.csv")  # the same sheet again adds nobody
        assert connection.execute(select(func.count()).select_from(items)).scalar_one() == 2


def test_a_turn_keeps_its_offset(settled: Database, desk_at: At, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "unit,phone,begins,ends\n370481001001,138 0000 0011,2026-11-25T00:00+00:00,2026-11-25T10:00+00:00\n"
    )
    with settled.begin() as connection:
        desk = desk_at(connection)
        rosters.take(desk, tmp_path / "r.csv")
        ((_, begins, _),) = desk.staffing.roster("370481001001", TUESDAY.replace(year=2027))
        assert begins.isoformat() == "2026-11-25T00:00:00+00:00"


def test_turns_of_duty(settled: Database, desk_at: At, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(
        "unit,phone,begins,ends\n370481001001,13800000011,2026-11-24T08:00,2026-11-25T08:00\n"
    )
    with settled.begin() as connection:
        desk = desk_at(connection)
        assert rosters.take(desk, tmp_path / "r.csv") == 1
        assert [name for name, _, _ in desk.staffing.roster("370481001001", TUESDAY.replace(year=2027))] == ["张敏"]
    (tmp_path / "r.csv").write_text(
        "unit,phone,begins,ends\n370481001001,1,x,y\n370481001,13800000011,2026-11-24T08:00,2026-11-23T08:00\n"
    )
    with settled.begin() as connection, pytest.raises(Mistakes) as wrong:
        rosters.take(desk_at(connection), tmp_path / "r.csv")
    assert len(str(wrong.value).splitlines()) == 3


def test_the_settings_of_the_howto_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What docs/howto/the-ledger.md says a place can set is taken, with its own lessons and papers."""
    howto = (ROOT / "docs" / "howto" / "the-ledger.md").read_text()
    block = howto.partition("## What a place sets")[2].partition("##")[0]
    (tmp_path / "wangge.toml").write_text("\n".join(line[4:] for line in block.splitlines() if line.startswith("    ")))
    (tmp_path / "lessons.yaml").write_text(
        "- {title: 一课, text: 看看, quiz: {ask: 问, options: [甲, 乙], right: 2}}\n"
    )
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.html").write_text("我们的笔录 {{ number }}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WANGGE_CONFIG", "wangge.toml")
    found = settings.load()
    assert (found.assessment.formula(), found.notices.approve) == (Formula(), True)
    assert [lesson.quiz is not None for lesson in lessons.load(found.lessons, quiz=found.training.quiz)] == [True]
    (tmp_path / "lessons.yaml").write_text("- {title: 一课, text: 看看, quiz: {ask: 问, options: [甲], right: 2}}\n")
    with pytest.raises(Mistakes):
        lessons.load(found.lessons, quiz=True)
    own = papers._environment(str(found.papers))
    assert own.get_template("minutes.html").render(number="T1") == "我们的笔录 T1"
    assert own.get_template("agreement.html")
