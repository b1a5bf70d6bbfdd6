"""What stands under a message, as both libraries write it: every kind of it that a message can want."""

import json
from typing import Any

from bot.gateways.telegram import writing
from bot.running import live
from handlers.chat import Button, Message

ASKED = Message(
    "请留个电话", ((Button("发我的号码", "o.1"), Button("没有电话", "o.2")), (Button("取消", "o.3"),)), wants="phone"
)
LINK = Message("请单独跟我说", ((Button("去说", "", "https://t.me/wangge_bot"), Button("看", "s.1")),))


def written(library: str, message: Message, *, private: bool = True) -> Any:
    made = live.LIBRARIES[library](f"1:{'a' * 35}", "http://127.0.0.1:1")
    found = writing.markup(made, message, private=private)
    if found is None:
        return None
    return json.loads(found.to_json() if hasattr(found, "to_json") else found.model_dump_json(exclude_none=True))


def test_a_number_is_asked_for_with_every_way_out(library: str) -> None:
    found = written(library, ASKED)
    assert found["keyboard"] == [
        [{"text": "发我的号码", "request_contact": True}],
        [{"text": "没有电话"}],
        [{"text": "取消"}],
    ]


def test_the_keys_are_taken_away(library: str) -> None:
    assert written(library, Message("好的。", wants="no_keys"))["remove_keyboard"] is True


def test_in_a_group_an_answer_is_made_easy_and_nothing_else_is_shown(library: str) -> None:
    assert written(library, Message("为什么？", wants="reply"), private=False)["force_reply"] is True
    assert "keyboard" not in written(library, ASKED, private=False)


def test_buttons_and_links(library: str) -> None:
    ((link, tap),) = written(library, LINK)["inline_keyboard"]
    assert link == {"text": "去说", "url": "https://t.me/wangge_bot"}
    assert tap == {"text": "看", "callback_data": "s.1"}


def test_nothing_where_nothing_is_wanted(library: str) -> None:
    assert written(library, Message("好的。")) is None
