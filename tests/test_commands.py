"""The command line, as scripts use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

TOWN = ROOT / "config" / "town"
TAG_FIELDS = {"matter", "category", "score", "candidates", "matched", "urgent", "handoff", "private", "kind", "places"}


def wangge(folder: Path, *arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"} | env,
    )


def test_due(tmp_path: Path) -> None:
    assert wangge(tmp_path, "due", "2026-09-30T16:00", "3wd").stdout == "2026-10-10T16:00:00+08:00\n"
    bad = wangge(tmp_path, "due", "2026-09-30T16:00", "soon")
    assert bad.returncode == 1
    assert "not a duration" in bad.stderr
    assert "Traceback" not in bad.stderr


@pytest.mark.slow
def test_a_village_set_up_with_the_commands_of_the_readme(tmp_path: Path) -> None:
    assert "db upgrade" in wangge(tmp_path, "check").stdout
    assert wangge(tmp_path, "db", "upgrade").returncode == 0
    assert "import units" in wangge(tmp_path, "check").stdout
    assert (
        wangge(tmp_path, "import", "units", str(TOWN / "units.csv")).stdout
        == "8 added, 0 changed, 0 moved, 0 retired, 0 same\n"
    )
    came = wangge(tmp_path, "import", "people", str(TOWN / "people.csv"))
    assert came.stdout == "5 added, 0 changed, 0 moved, 0 retired, 0 same\n"
    came = wangge(tmp_path, "import", "people", str(TOWN / "people.csv"))
    assert came.stdout == "0 added, 0 changed, 0 moved, 0 retired, 5 same\n"
    done = wangge(tmp_path, "check")
    assert done.returncode == 0, done.stdout
    assert "8 units" in done.stdout
    people = tmp_path / "more.csv"
    people.write_text("name,role,unit,phone,chat\n甲,worker,370481001001001,,\n")
    assert "/start " in wangge(tmp_path, "import", "people", str(people)).stdout
    tagged = wangge(tmp_path, "tag", "荷花里路灯不亮")
    assert json.loads(tagged.stdout)["places"] == [{"start": 0, "end": 3, "text": "荷花里", "unit": "370481001001002"}]


@pytest.mark.slow
def test_tag_reads_lines_and_keeps_their_order(tmp_path: Path) -> None:
    lines = ["电梯坏了", "着火了", "网格员收钱才给办", "谢谢", ""]
    done = wangge(tmp_path, "tag", stdin="\n".join(lines) + "\n")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["matter"] for f in found[:2]] == ["elevator", "emergency_event"]
    assert [f["handoff"] for f in found] == [None, "119", None, None, None]
    assert [f["private"] for f in found] == [False, False, True, False, False]
    assert [f["kind"] for f in found] == ["report", "report", "report", "thanks", "chatter"]
    assert all(set(f) == TAG_FIELDS for f in found)
    span = found[0]["matched"][0]
    assert lines[0][span["start"] : span["end"]] == span["text"]


def test_every_mistake_in_the_settings_at_once(tmp_path: Path) -> None:
    done = wangge(tmp_path, "check", WANGGE_TIMEZONE="Asia/Nowhere", WANGGE_LANGUAGE="fr", WANGGE_HTTP_BIND="x")
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["language", "timezone", "http_bind"]


@pytest.mark.slow
def test_deadlines_from_the_file(tmp_path: Path) -> None:
    config = tmp_path / "wangge.toml"
    config.write_text('[deadlines]\nack = "2 hours"\nnap = "1h"\n[deadlines.lift]\ndue = "4h"\n')
    done = wangge(tmp_path, "check", WANGGE_CONFIG=str(config))
    assert done.returncode == 1
    for said in ("not a duration: '2 hours'", "nap: unknown", "no such matter"):
        assert said in done.stderr


@pytest.mark.slow
def test_a_database_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = wangge(tmp_path, "check", WANGGE_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "WANGGE_DATABASE_URL" in done.stdout
    assert "no key for contact data" in done.stdout


@pytest.mark.slow
def test_replay(tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text("text\n电梯坏了三天\n谢谢\n=cmd()\n😀\n\n路灯不亮，荷花里\n")
    done = wangge(tmp_path, "replay", str(file))
    assert done.returncode == 0, done.stderr
    assert "0 lost" in done.stdout
    assert done.stdout.splitlines()[0].startswith("5 messages")
