"""A backup made in use restores; one that fails spoils nothing."""

import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import cli
from bot.composition import compose, open_database
from bot.gateways.memory import MemoryGateway
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from config.settings import load
from storage.cases import history
from storage.database import backup, schema
from storage.database.engine import Database
from storage.tables import cases, inbox
from tests.stage.commanding import migrated, wangge
from tests.stage.player import Player
from tests.stage.saying import REPORT
from tests.stage.town import TUESDAY, town_settings


@pytest.mark.asyncio
async def test_a_backup_made_in_use_restores_the_whole_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "copy.db"
    with migrated(tmp_path, monkeypatch) as made:
        player = Player(made)
        await player.say("resident", REPORT[0])
        await player.say("resident", "提交")
        await player.say("resident", "同意并提交")
        with made.database.begin() as connection:  # somebody writes
            late = {"channel": "web", "key": "late", "lane": "web:x", "state": "done", "received_at": TUESDAY}
            connection.execute(inbox.insert().values(**late))
            wangge("backup", str(copy))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    # another machine: the copy in its place, the key beside it, and the resident asks how it stands
    there = tmp_path / "there"
    there.mkdir()
    copy.rename(there / "town.db")
    (there / "contact.key").write_text((tmp_path / "contact.key").read_text())
    settings = town_settings(there)
    database = Database(settings.url, durable=False)
    with database.look() as connection:
        assert schema.trouble(connection) == ""
        assert history.verify(connection) == (2, [])
        assert connection.execute(select(inbox.c.id).where(inbox.c.key == "late")).first() is None
    running = compose(settings, database, PushedClock(TUESDAY))
    gateway = running.house.gateways["web"] = MemoryGateway("web")
    await receive(running.house, "web", "later", {"user": "resident", "text": "我的工单"})
    await running.settle()
    assert "垃圾" in gateway.chats["resident"][-1].message.text
    database.close()


def test_a_backup_that_fails_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    with migrated(tmp_path, monkeypatch):
        wangge("backup", str(copy))
        before = copy.read_bytes()

        for itself in ("wangge.db", "wangge.db-wal"):
            with pytest.raises(SystemExit):
                cli.main(["backup", itself])
            assert "the database itself" in capsys.readouterr().err

        def full(*_: Any, **__: Any) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(backup, "_copy", full)
        with pytest.raises(SystemExit):
            cli.main(["backup", str(copy)])
    assert "disk is full; what stood there before stands there still" in capsys.readouterr().err
    assert copy.read_bytes() == before
    assert not (tmp_path / "copy.db.part").exists()


@pytest.mark.slow
def test_postgresql_is_copied_by_its_own_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], postgresql: str
) -> None:
    monkeypatch.setenv("WANGGE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WANGGE_DATABASE_URL", postgresql)
    database = open_database(load())
    with database.begin() as connection:
        cases.metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    schema.upgrade(database)
    database.close()
    with pytest.raises(SystemExit):
        cli.main(["backup", "x.dump"])
    assert "pg_dump --format=custom --file=x.dump" in capsys.readouterr().err
