"""Thousands of hostile inputs through both libraries and the page: nothing breaks, nobody is left without a word.

The short form tries some; `--long` 5,000 on each library and 1,000 on the page.
"""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.running import demo
from config.settings import load
from storage.tables import inbox
from tests.stage.saying import count
from tests.telegram import hostile
from tests.telegram.line import Line, line

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Generating overly large repr")]

#: no flood is what is tried here
UNLIMITED: dict[str, Any] = {"limits": {"per_minute": 10**6, "reports_a_day": 10**6}}


def tried(examples: int) -> settings:
    """Without shrinking: the house remembers, so an example alone is not what broke it."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@contextmanager
def looping() -> Iterator[asyncio.AbstractEventLoop]:
    with asyncio.Runner() as runner:
        yield runner.get_loop()


def update(on: Line, number: int, user: int, content: dict[str, Any], *, edited: bool) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "<b>名</b>"}
    chat = {"id": user, "type": "private", "first_name": "<b>名</b>"}
    shown = on.phones.chats[str(user)]
    if "tap" in content or "press" in content:
        buttons = [b.data for s in shown[-3:] for row in s.message.rows for b in row if b.data]
        data = content.get("tap") or (buttons[content["press"] % len(buttons)] if buttons else "x")
        ref = int(shown[-1].ref) if shown else 1
        message = {"message_id": ref, "date": 1, "chat": chat, "text": "x"}
        tap = on.server.tapped(str(user))
        return {"callback_query": {"id": tap, "from": person, "chat_instance": "1", "data": data, "message": message}}
    content = dict(content)
    if "reply_to_message" in content:
        number_of = min(abs(content["reply_to_message"]), 2**31) or 1
        content["reply_to_message"] = {"message_id": number_of, "date": 1, "chat": chat, "text": "x"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, **content}
    return {"edited_message": message | {"edit_date": 2}} if edited else {"message": message}


def test_through_both_libraries(tmp_path: Path, library: str, pytestconfig: pytest.Config) -> None:
    examples = 5000 if pytestconfig.getoption("long") else 120
    numbers = iter(range(1000, 10**7))
    with looping() as loop, capture_logs() as logs:
        there = line(tmp_path, library, **UNLIMITED)

        def run(work: Coroutine[Any, Any, Any]) -> Any:
            return loop.run_until_complete(work)

        on: Any = run(there.__aenter__())
        for name, body in hostile.FILES.items():
            on.server.keep_file(name, body)

        @tried(examples)
        @given(st.one_of(hostile.contents, hostile.presses), hostile.people, st.sampled_from([False] * 9 + [True]))
        def hostile_input(content: dict[str, Any], user: int, edited: bool) -> None:
            before = len(on.phones.calls)
            run(on.send(update(on, next(numbers), user, content, edited=edited)))
            run(on.quiet())
            run(on.running.house.taps.end())
            heard = [call.method for call in on.phones.calls[before:]]
            assert edited or set(heard) & {"sendMessage", "editMessageText", "answerCallbackQuery"}, (content, heard)
            assert not [line for line in logs if line["log_level"] in ("error", "critical")], (content, logs[-1])

        hostile_input()
        assert count(on, inbox, inbox.c.state == "dead") == 0
        assert not [call for call in on.phones.calls if "parse_mode" in call.fields]
        print(f"\n{library}: {next(numbers) - 1000} hostile inputs, {len(on.phones.calls)} calls, no mistake in any")
        run(there.__aexit__(None, None, None))


def test_through_the_page(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    examples = 1000 if pytestconfig.getoption("long") else 60
    with looping() as loop, capture_logs() as logs:
        chosen = load(data_dir=tmp_path, **UNLIMITED)
        database = demo.prepare(chosen)
        running, app = demo.build(chosen, database)
        client = TestClient(TestServer(app, loop=loop), loop=loop)

        def run(work: Coroutine[Any, Any, Any]) -> Any:
            return loop.run_until_complete(work)

        run(client.start_server())
        phones = st.sampled_from(["resident", "worker", "nobody", "<script>", "'; --", "x" * 500])

        @tried(examples)
        @given(
            phones,
            st.one_of(
                st.tuples(st.just("/say"), hostile.words.map(lambda text: {"text": text})),
                st.tuples(
                    st.just("/tap"), st.builds(lambda t, n: {"data": t, "ref": n}, hostile.taps, hostile.numbers)
                ),
                st.tuples(
                    st.just("/place"), st.builds(lambda a, b: {"lat": a, "lon": b}, hostile.words, hostile.numbers)
                ),
                st.tuples(st.just("/push"), hostile.words.map(lambda text: {"by": text})),
                st.tuples(st.just("/attach"), st.sampled_from(sorted(hostile.FILES)).map(lambda name: {"file": name})),
            ),
        )
        def hostile_request(phone: str, asked: tuple[str, dict[str, Any]]) -> None:
            path, fields = asked
            if "file" in fields:
                form = FormData({"phone": phone})
                form.add_field("file", hostile.FILES[fields["file"]], filename="../../x", content_type="image/png")
                answer = run(client.post(path, data=form))
            else:
                answer = run(client.post(path, json={"phone": phone, **fields}))
            assert answer.status in (200, 400, 404, 413), (asked, answer.status)
            run(running.settle())
            assert not [line for line in logs if line["log_level"] in ("error", "critical")], (asked, logs[-1])

        hostile_request()
        with database.look() as connection:
            assert connection.execute(inbox.select().where(inbox.c.state == "dead")).all() == []
        run(client.close())
        database.close()
