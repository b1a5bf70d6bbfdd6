"""The layout holds; each contract breaks on a planted wrong import; heavy imports are paid only by who uses them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT

PACKAGES = ("bot", "web", "handlers", "storage", "nlp", "config", "cases")
HEAVY = {
    "aiogram",
    "telegram",
    "jieba",
    "matplotlib",
    "sqlalchemy",
    "alembic",
    "shapely",
    "aiohttp",
    "babel",
    "chinese_calendar",
    "apscheduler",
    "cryptography",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", "pyproject.toml", "--no-cache"]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)}
    )


def test_the_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "wrong", "contract"),
    [
        ("cases/model.py", "import config.texts", "Arrows point down"),
        ("handlers/door/router.py", "import storage.content.words", "Pages and handlers meet storage and nlp only"),
        ("cases/life/act.py", "import structlog", "The rules and the conversations know no framework"),
        ("cases/chain.py", "import sqlite3", "The rules are pure"),
        ("bot/incoming/lanes.py", "import sqlalchemy", "SQLAlchemy only in storage"),
        ("bot/clockwork/ticks.py", "import apscheduler", "APScheduler only in the scheduler module"),
        ("bot/running/replay.py", "import jieba", "jieba only in nlp"),
        ("cases/errors.py", "import cases.life.act", "No cycles inside a package"),
    ],
)
def test_a_wrong_import_breaks_its_contract(tmp_path: Path, file: str, wrong: str, contract: str) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / file
    path.write_text(path.read_text() + f"\n{wrong}\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(contract) for line in broken), done.stdout


def loaded_by(code: str) -> set[str]:
    program = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_command_line_pays_for_nothing_heavy() -> None:
    assert not loaded_by("import bot.cli") & HEAVY


def test_the_rules_and_the_conversations_pay_for_nothing_heavy() -> None:
    assert not loaded_by("import cases.life.act, cases.desk.port") & HEAVY
    assert not loaded_by("import handlers.door.router") & (HEAVY - {"babel"})


@pytest.mark.slow
def test_a_chat_platform_is_paid_for_by_who_uses_it() -> None:
    assert not loaded_by("import bot.composition, bot.running.demo") & {"aiogram", "telegram", "matplotlib"}


def test_the_lock_file_names_no_host() -> None:
    lock = (ROOT / "requirements" / "dev.txt").read_text()
    assert "--hash=sha256:" in lock
    assert "://" not in lock


def test_every_path_that_the_documents_name_is_there() -> None:
    named = re.compile(r"`((?:bot|web|handlers|storage|nlp|config|cases|tests|bench|docs|deploy)/[\w/.-]+)`")
    linked = re.compile(r"\]\(([\w/.-]+\.(?:md|py|yaml))\)")
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *(ROOT / "docs").rglob("*.md")]
    missing = [
        f"{document.name}: {path}"
        for document in documents
        for path in (*named.findall(document.read_text()), *linked.findall(document.read_text()))
        if not re.search(r"NN_|XX\.", path) and not (ROOT / path).exists() and not (document.parent / path).exists()
    ]
    assert missing == []
