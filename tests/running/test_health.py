"""Whether it lives, whether it can work, and its figures."""

from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.incoming.receiving import receive
from bot.running.endpoint import Health, listening
from config.mistakes import Mistakes
from storage.database import schema
from storage.database.engine import Database
from tests.stage.saying import REPORT, say
from tests.stage.town import town
from tests.telegram.stage import free_port


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
