"""The page asks nobody who they are: so it is served to this machine alone, and to nobody else's page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.running import demo
from config.mistakes import Mistakes
from config.settings import load
from web.chat.pages import HEADERS

SAID = {"phone": "resident", "text": "荷花里路灯不亮"}


@asynccontextmanager
async def served(folder: Path, *, anywhere: bool = False) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    settings = load(data_dir=folder)
    database = demo.prepare(settings)
    running, app = demo.build(settings, database, anywhere=anywhere)
    async with TestClient(TestServer(app)) as client:
        yield client
    await running.house.taps.end()
    database.close()


@pytest.mark.asyncio
async def test_every_answer_is_careful_refusals_too(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        answers = [await client.get(path) for path in ("/", "/static/chat.js", "/media/99", "/media/-1", "/nothing")]
        answers.append(await client.post("/say", data="{"))
        assert [answer.status for answer in answers] == [200, 200, 404, 400, 404, 400]
        for answer in answers:
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        page = await answers[0].text()
        assert "<script>" not in page
        assert " onclick=" not in page


@pytest.mark.asyncio
async def test_another_page_may_not_act_here(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
            answer = await client.post("/say", json=SAID, headers={"Origin": origin})
            assert answer.status == 403, origin
        own = f"http://{client.host}:{client.port}"
        assert (await client.post("/say", json=SAID, headers={"Origin": own})).status == 200


@pytest.mark.asyncio
async def test_a_foreign_name_that_leads_here_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as client:
        for path in ("/", "/events", "/healthz"):
            assert (await client.get(path, headers={"Host": "evil.example"})).status == 403
    async with served(tmp_path / "open", anywhere=True) as client:
        assert (await client.get("/", headers={"Host": "grid.example"})).status == 200


@pytest.mark.asyncio
async def test_the_demo_listens_beyond_this_machine_only_when_told(tmp_path: Path) -> None:
    for bind in ("0.0.0.0:8080", "192.0.2.1:8080", "[::]:8080"):
        with pytest.raises(Mistakes, match="--anywhere"):
            await demo.run(load(data_dir=tmp_path, http_bind=bind))
