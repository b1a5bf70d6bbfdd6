"""What an operator has: figures, health, logs that name nobody, a backup that restores, dead letters, blocks."""

import json
import logging
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select, update

from bot import cli, logs
from bot.clock import PushedClock
from bot.composition import compose, open_database
from bot.endpoint import Health, listening
from bot.gateways.memory import MemoryGateway
from bot.lanes import receive
from config.mistakes import Mistakes
from config.settings import load
from handlers import router
from storage import backup, history, schema
from storage.engine import Database
from storage.seal import new_key
from storage.tables import cases, inbox, outbox
from tests.player import Player
from tests.saying import REPORT, count, say, seen
from tests.telegram.stage import free_port
from tests.town import TUESDAY, Town, settle_in, town, town_settings


@pytest.fixture(autouse=True)
def unlogged() -> Iterator[None]:
    """A command configures the logs of this process; the next test gets them as they were."""
    yield
    structlog.reset_defaults()
    logging.basicConfig(handlers=[], level=logging.WARNING, force=True)


@contextmanager
def migrated(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Town]:
    """The sample town where the command line finds it, with the tables that migrations make."""
    patch.setenv("WANGGE_DATA_DIR", str(folder))
    patch.setenv("WANGGE_CONFIG", "")
    patch.chdir(folder)
    with town(folder, f"sqlite:///{folder / 'wangge.db'}") as made:
        with made.database.begin() as connection:
            for table in reversed(cases.metadata.sorted_tables):
                table.drop(connection)
        schema.upgrade(made.database)
        settle_in(made.database, made.settings, TUESDAY)
        yield made


def wangge(*arguments: str) -> None:
    """The command line in this process; raises SystemExit as it does for its caller."""
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    assert ended.value.code in (0, None), arguments


def figure(shown: str, name: str) -> float:
    """The value of a figure in Prometheus' text format, summed over its labels."""
    lines = [line for line in shown.splitlines() if line.startswith((f"{name} ", f"{name}{{"))]
    assert lines, f"no figure {name}"
    return sum(float(line.rpartition(" ")[2]) for line in lines)


@pytest.mark.asyncio
async def test_health_and_figures(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        schema_of(made.database)
        app = web.Application()
        app.add_routes(Health(made.running.house).routes())
        async with TestClient(TestServer(app)) as client:
            assert (await client.get("/healthz")).status == 200
            assert (await (await client.get("/readyz")).text()) == "ready\n"
            await say(made, "resident", *REPORT)
            shown = await (await client.get("/metrics")).text()
            assert figure(shown, "wangge_database_up") == 1
            assert figure(shown, "wangge_updates_total") == len(REPORT)
            assert figure(shown, "wangge_deliveries_total") > 3
            assert figure(shown, "wangge_stage_seconds_count") >= 4 * len(REPORT)
            assert (figure(shown, "wangge_cases_open"), figure(shown, "wangge_cases_overdue")) == (1, 0)
            assert "resident" not in shown
            made.clock.push(made.clock.now() - made.clock.now().replace(year=2025))  # a year later, and nobody ticked
            shown = await (await client.get("/metrics")).text()
            assert figure(shown, "wangge_cases_overdue") == 1
            # somebody's message that nobody works yet
            await receive(made.running.house, "web", "x", {"user": "neighbour", "text": "你好"})
            shown = await (await client.get("/metrics")).text()
            assert (figure(shown, "wangge_updates_waiting"), figure(shown, "wangge_lanes_waiting")) == (1, 1)


def schema_of(database: Database) -> None:
    """As if migrations had made the tables."""
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{schema.head()}')")


@pytest.mark.asyncio
async def test_not_ready_while_the_tables_are_old_and_while_the_database_is_away(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        app = web.Application()
        app.add_routes(Health(made.running.house).routes())
        async with TestClient(TestServer(app)) as client:
            with made.database.begin() as connection:
                connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
            answer = await client.get("/readyz")
            assert (answer.status, "wangge db upgrade" in await answer.text()) == (503, True)
            made.running.house.database = Database("postgresql://nobody@127.0.0.1:1/none")
            answer = await client.get("/readyz")
            assert (answer.status, await answer.text()) == (503, "the database does not answer\n")
            assert (await client.get("/healthz")).status == 200
            assert figure(await (await client.get("/metrics")).text(), "wangge_database_up") == 0
            made.running.house.database.close()


@pytest.mark.asyncio
async def test_a_second_copy_on_one_machine_runs_without_the_port_unless_telegram_calls_there(tmp_path: Path) -> None:
    bind = f"127.0.0.1:{free_port()}"
    with town(tmp_path) as made:
        routes = Health(made.running.house).routes()
        async with listening(bind, routes, needed=True):
            async with listening(bind, routes, needed=False), ClientSession() as session:
                answer = await session.get(f"http://{bind}/healthz")
                assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
            with pytest.raises(Mistakes, match="http_bind"):
                async with listening(bind, routes, needed=True):
                    pass


def test_logs_name_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(lines=True)
    log = structlog.get_logger()
    log.warning(
        "postponed",
        error="input_value='我家的事', input_type=str 13900007777 at 370481199001011234, "
        "鲁D12345, 123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
    )
    logging.getLogger("somebody.else").warning("chat %s is gone", "13900007777")
    try:
        int("call 13900007777")
    except ValueError:
        log.exception("bug", update=5)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(lines) == 3
    assert lines[0]["error"] == "input_type=str **** at ****, ****, TOKEN"
    assert lines[1]["event"] == "chat **** is gone"
    assert (lines[2]["update"], "call ****" in lines[2]["exception"]) == (5, True)
    assert all("timestamp" in line and "13900007777" not in str(line) for line in lines)


def test_errors_of_the_database_show_no_words_of_people(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(Exception, match="no such table") as raised, database.begin() as connection:
        connection.execute(update(inbox).values(error="我家的事"))
    assert "我家的事" not in str(raised.value)
    assert "我家的事" not in str(raised.value.__cause__)
    database.close()


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


@pytest.mark.asyncio
async def test_dead_letters_are_seen_tried_again_and_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = router.handle
    broken = {"is": True}

    def handle(context: Any, incoming: Any, media: tuple[int, ...] = ()) -> None:
        if broken["is"] and "荷花" in incoming.text:
            raise KeyError("13900007777")
        real(context, incoming, media)

    monkeypatch.setattr(router, "handle", handle)
    with migrated(tmp_path, monkeypatch) as made:
        await say(made, "resident", "荷花里垃圾没人收", "荷花里路灯不亮")
        made.gateway.blocked.add("neighbour")
        await say(made, "neighbour", "你好")
        capsys.readouterr()
        wangge("letters", "list")
        shown = capsys.readouterr().out
        assert (shown.count("in-"), shown.count("out-"), "3 letters" in shown) == (2, 1, True)
        assert "荷花" not in shown
        assert "****" in shown
        first, second, out = [line.split()[0] for line in shown.splitlines()[:3]]
        broken["is"] = False
        made.gateway.blocked.clear()
        wangge("letters", "retry", first, out)
        await made.running.settle()
        assert any("请核对" in words for words in seen(made, "resident"))
        assert seen(made, "neighbour")
        with pytest.raises(SystemExit):
            cli.main(["letters", "drop", second, "in-99"])
        assert "in-99: no such letter" in capsys.readouterr().err
        wangge("letters", "drop", "all")
        assert count(made, inbox, inbox.c.state == "dead") + count(made, outbox, outbox.c.state == "failed") == 0
        wangge("letters", "list")
        assert "none" in capsys.readouterr().out


@pytest.mark.asyncio
async def test_an_operator_blocks_and_unblocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with migrated(tmp_path, monkeypatch) as made:
        await say(made, "resident", "你好")
        wangge("blocks", "add", "web:resident", "辱骂", "--days", "7")
        await say(made, "resident", "荷花里垃圾没人收")
        assert "辱骂" in seen(made, "resident")[-1] or "辱骂" in made.gateway.chats["resident"][-1].message.text
        wangge("blocks", "list")
        assert "web:resident" in capsys.readouterr().out
        wangge("blocks", "remove", "web:resident")
        await say(made, "resident", "荷花里垃圾没人收")
        assert "请核对" in seen(made, "resident")[-1]
        with pytest.raises(SystemExit):
            cli.main(["blocks", "add", "web:nobody", "x"])
        assert "nobody wrote under this name" in capsys.readouterr().err


def test_back_to_an_older_version_and_forward_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with migrated(tmp_path, monkeypatch) as made:
        wangge("db", "downgrade", "0004")
        with made.database.look() as connection:
            assert "wangge db upgrade" in schema.trouble(connection)
        wangge("db", "upgrade")
        with made.database.look() as connection:
            assert schema.trouble(connection) == ""
        with pytest.raises(SystemExit):
            cli.main(["db", "downgrade", "nowhere"])
        assert "nowhere" in capsys.readouterr().err


def test_a_check_shows_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = {
        "WANGGE_TELEGRAM_TOKEN": "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr",
        "WANGGE_TELEGRAM_WEBHOOK_SECRET": "s3cret-of-ours", "WANGGE_CONTACT_KEY": new_key(),
        "WANGGE_DATABASE_URL": "postgresql://wangge:pa55word@127.0.0.1:1/none",
    }  # fmt: skip
    more = {"WANGGE_TELEGRAM_API_BASE": "http://127.0.0.1:1", "WANGGE_DATA_DIR": str(tmp_path)}
    for name, value in (secrets | more).items():
        monkeypatch.setenv(name, value)
    for command in (["check"], ["db", "upgrade"], ["run"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(command)
        assert ended.value.code == 1, command
    said = capsys.readouterr()
    assert "127.0.0.1" in said.out + said.err
    for secret in (*list(secrets.values())[:3], "pa55word"):
        assert secret not in said.out + said.err


def test_a_command_before_the_tables_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WANGGE_DATA_DIR", str(tmp_path / "new"))
    with pytest.raises(SystemExit):
        cli.main(["letters", "list"])
    assert "wangge db upgrade" in capsys.readouterr().err
