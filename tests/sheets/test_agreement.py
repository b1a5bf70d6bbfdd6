"""The figures of one town agree wherever they are told: by hand, in the database, in chat, in a review, in a sheet."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.making import reviews
from bot.parts.clock import SystemClock
from cases.counts import figures as pure
from cases.ledger.model import Kind
from storage.counts import figures
from storage.ledger import ledgers
from storage.tables import cases, duties, items
from tests.sheets.test_export import cells
from tests.stage.commanding import migrated, wangge
from tests.stage.permissions import play
from tests.stage.town import TUESDAY, Town

#: what happens in the town, and what must be counted of it
STORY = """网格员> 你好
网格员乙> 你好
a> 荷花里路灯不亮
a> [提交]
a> [同意并提交]
网格员乙> [接单]
网格员乙> [办结]
网格员乙> [列入计划]
网格员乙> 12-1 换线；12-10 装灯
网格员乙> 线老化
网格员乙> [没有照片]
a> [解决了]
a> [满意]
b> 中央城B区垃圾没人收
b> [提交]
b> [同意并提交]
网格员> [接单]
c> 荷花里下水道堵了
c> [提交]
c> [同意并提交]
c> [不报了]
协调员> /visit
协调员> [龙泉苑社区]
协调员> 镇里来了两人
协调员> [就今晚]
协调员> 中央城B区门口积水
协调员> [列入清单]
协调员> 荷花里健身器材坏了
协调员> [当场解决]
协调员> [记完了]
网格员> /needs
网格员> [记一户]
网格员> 陈奶奶 13900000099 中央城B区
网格员> 每月拿药，电话13900000098
网格员> [每周]"""
#: reported, withdrawn, archived, open
TAKEN, WITHDRAWN, CLOSED, OPEN = 3, 1, 1, 2


@pytest.mark.asyncio
@pytest.mark.slow
async def test_they_all_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: TUESDAY + timedelta(hours=1))
    with migrated(tmp_path, monkeypatch) as made:
        await play(made, STORY)
        found = counted(made)
        assert (found.taken, found.left_out, found.closed, found.open) == (TAKEN, WITHDRAWN, CLOSED, OPEN)
        with made.database.look() as connection:
            states = Counter(connection.execute(select(cases.c.state)).scalars())
            assert sum(states.values()) == TAKEN + WITHDRAWN
            assert states["archived"] == CLOSED
            kinds = Counter(connection.execute(select(items.c.kind)).scalars())
            assert kinds == {"work": 1, "visit": 1, "household": 1}
            assert connection.execute(select(func.count()).select_from(duties)).scalar_one() == 4  # 2 steps, 2 visits
        review(made, found)
        wangge("export", "stats", "--out", str(tmp_path / "s.xlsx"))
        assert {row[0]: row[2] for row in cells(tmp_path / "s.xlsx")[1:]}["示范县"] == str(TAKEN)
        wangge("export", "cases", "--out", str(tmp_path / "c.xlsx"))
        assert len(cells(tmp_path / "c.xlsx")) == 1 + TAKEN + WITHDRAWN
        for what, rows, tasks in (("visits", 1, 0), ("works", 1, 2), ("ledger", 1, 2), ("mediation", 0, 0)):
            wangge("export", what, "--out", str(tmp_path / f"{what}.xlsx"))
            assert len(cells(tmp_path / f"{what}.xlsx")) == 1 + rows, what
            assert len(cells(tmp_path / f"{what}.xlsx", 2)) == 1 + tasks, what
        wangge("export", "assessment", "--out", str(tmp_path / "a.xlsx"))
        hidden(tmp_path)
        head, evening = cells(tmp_path / "visits.xlsx")
        assert dict(zip(head[-5:], evening[-5:], strict=True)) == {
            "当场解决/达成协议": "1",
            "列入清单": "1",
            "督办": "0",
            "转纪检": "0",
            "化解积案": "0",
        }
    capsys.readouterr()


def counted(made: Town) -> pure.Figures:
    with made.database.look() as connection:
        rows = figures.of_unit(connection, "370481/", TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1))
    return pure.of(rows, TUESDAY + timedelta(hours=1), TUESDAY)


def review(made: Town, found: pure.Figures) -> None:
    """What a leader reads out is what /stats says."""
    house = made.running.house
    with made.database.look() as connection:
        desk = house.desk(connection, "test")
        known = reviews.facts(desk, house, "370481", TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=1), "zh")
        assert (known["figures"].taken, known["figures"].closed) == (found.taken, found.closed)
        assert sum(count for _, count in known["matters"]) == TAKEN
        assert (known["promised"], known["kept"]) == (1, 0)
        assert known["praise"] + known["fair"] + known["anger"] == found.content.whole == 1
        assert len(known["longest"]) == TAKEN
        rows = list(
            ledgers.item_rows(
                connection, Kind.WORK, "", TUESDAY - timedelta(days=1), datetime.max.replace(tzinfo=TUESDAY.tzinfo)
            )
        )
        assert [(row.open, row.done) for row in rows] == [(2, 0)]


def hidden(folder: Path) -> None:
    """A household has a family name in a sheet, and nobody a number."""
    everything = " ".join(cell for sheet in (1, 2) for row in cells(folder / "ledger.xlsx", sheet) for cell in row)
    assert "陈**" in everything
    assert "奶奶" not in everything
    assert "13900000" not in everything
