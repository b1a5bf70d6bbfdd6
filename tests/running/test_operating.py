"""What an operator has: logs that name nobody, dead letters, blocks, versions, no secret shown."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import update

from bot import cli, logs
from handlers.door import router
from storage.database import schema
from storage.database.engine import Database
from storage.people.seal import new_key
from storage.tables import inbox, outbox
from tests.stage.commanding import migrated, wangge
from tests.stage.saying import count, say, seen


@pytest.fixture(autouse=True)
def unlogged() -> Iterator[None]:
    """A command configures the logs of this process; the next test gets them as they were."""
    yield
    structlog.reset_defaults()
    logging.basicConfig(handlers=[], level=logging.WARNING, force=True)


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
@pytest.mark.slow
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
        "WANGGE_TELEGRAM_WEBHOOK_SECRET": "s3cret-of-ours",
        "WANGGE_CONTACT_KEY": new_key(),
        "WANGGE_DATABASE_URL": "postgresql://wangge:pa55word@127.0.0.1:1/none",
    }
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


def test_a_place_or_a_route_that_names_no_unit_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    laid = tmp_path / "laid.toml"
    laid.write_text("""
[[places]]
unit = "370481001"
matters = ["elevator"]
[[places]]
unit = "370481999"
matters = ["elevator"]
[[routes]]
name = "heat"
to = "370481-QQ"
[[routes]]
name = "home"
to = "grid"
unit = "370481001001"
""")
    with migrated(tmp_path, monkeypatch):
        monkeypatch.setenv("WANGGE_CONFIG", str(laid))
        with pytest.raises(SystemExit):
            cli.main(["check"])
    said = [line for line in capsys.readouterr().out.splitlines() if "no such unit" in line]
    assert said == [
        "✗ [[places]] unit 370481999: there is no such unit",
        "✗ [[routes]] heat, to 370481-QQ: there is no such unit",
    ]
