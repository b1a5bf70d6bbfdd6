"""Ledgers as Excel: what a coordinator opens, and what he must not find in it."""

import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from bot import cli
from bot.parts.clock import SystemClock
from tests.stage.commanding import migrated, wangge
from tests.stage.permissions import play
from tests.stage.town import TUESDAY

REPORTED = (
    ("r1", "中央城B区3号楼2单元502下水道堵了，我电话13900007777"),
    ("r2", '荷花里路灯不亮 =HYPERLINK("http://x","y")'),
    ("r3", "居委会的人态度太差，骂人，推来推去 龙泉苑"),
)


def cells(file: Path, sheet: int = 1) -> list[list[str]]:
    """The cells of a sheet as text, row by row."""
    with zipfile.ZipFile(file) as book:
        body = book.read(f"xl/worksheets/sheet{sheet}.xml").decode()
        strings = (
            re.findall(r"<si>(.*?)</si>", book.read("xl/sharedStrings.xml").decode(), re.DOTALL)
            if ("xl/sharedStrings.xml" in book.namelist())
            else []
        )
    found = []
    for row in re.findall(r"<row .*?</row>", body, re.DOTALL):
        line = []
        for kind, inside in re.findall(r'<c [^>]*?(?:t="(\w+)")?>(.*?)</c>', row, re.DOTALL):
            value = re.sub(r"<[^>]+>", "", inside)
            line.append(re.sub(r"<[^>]+>", "", strings[int(value)]) if kind == "s" else value)
        found.append(line)
    return found


@pytest.mark.asyncio
async def test_cases_and_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: TUESDAY + timedelta(days=1))
    with migrated(tmp_path, monkeypatch) as made:
        for user, words in REPORTED:
            await play(made, f"{user}> {words}\n{user}> [提交]\n{user}> [同意并提交]")
        wangge("export", "cases", "--out", str(tmp_path / "c.xlsx"))
        wangge("export", "stats", "--out", str(tmp_path / "s.xlsx"))
        said = capsys.readouterr().out
        assert "c.xlsx: 2 rows" in said
        head, *rows = cells(tmp_path / "c.xlsx")
        assert head[:6] == ["工单号", "事项", "类别", "单位", "地点", "居民说的"]
        assert len(rows) == 2
        everything = " ".join(cell for row in rows for cell in row)
        assert "中央城B区3号楼****下水道堵了，我电话****" in everything
        assert "骂人" not in everything
        assert "3900007777" not in everything
        with zipfile.ZipFile(tmp_path / "c.xlsx") as book:
            body = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in body  # a formula
        assert "<hyperlink" not in body
        assert "autoFilter" in body
        assert 'state="frozen"' in body
        units = {row[0]: row[1:4] for row in cells(tmp_path / "s.xlsx")[1:]}
        assert units["龙泉苑社区"] == ["社区", "2", "0"]
        assert [row[1] for name, row in units.items() if "网格" in name] == ["1", "1"]
        assert "响应率" in cells(tmp_path / "s.xlsx", 7)[1][0]


@pytest.mark.asyncio
async def test_what_cannot_be_exported_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with migrated(tmp_path, monkeypatch) as made:
        for arguments, said in (
            (["ledger", "--out", "x.csv"], "FILE.xlsx"),
            (["cases", "--out", "x.csv"], "FILE.xlsx"),
            (["cases", "--out", "x.xlsx", "--unit", "99"], "99: no such unit"),
        ):
            with pytest.raises(SystemExit) as ended:
                cli.main(["export", *arguments])
            assert ended.value.code == 1
            assert said in capsys.readouterr().err
        monkeypatch.setattr("bot.sheets.book.MOST", 1)
        await play(made, "r> 荷花里路灯不亮\nr> [提交]\nr> [同意并提交]")
        with pytest.raises(SystemExit):
            cli.main(["export", "cases", "--out", "x.xlsx", "--days", "90000"])
        assert "fewer --days" in capsys.readouterr().err
        assert not list(tmp_path.glob("x.xlsx*"))
