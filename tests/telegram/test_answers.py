"""What aiogram cannot read of an answer does not undo what was done."""

import json

import pytest
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import GetFile, SendMediaGroup, SendMessage

from bot.gateways.telegram.aiogram import Aiogram

BOT = Aiogram("1:a", "http://127.0.0.1:1").bot
#: as a later Telegram may tell it
STRANGE = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}, "text": 11}


def test_a_message_that_cannot_be_read_was_sent_all_the_same() -> None:
    answer = json.dumps({"ok": True, "result": STRANGE})
    told = BOT.session.check_response(BOT, SendMessage(chat_id=5, text="11"), 200, answer)
    assert (told.result.message_id, told.result.photo) == (7, None)


def test_so_was_an_album() -> None:
    answer = json.dumps({"ok": True, "result": [STRANGE, {**STRANGE, "message_id": 8}]})
    told = BOT.session.check_response(BOT, SendMediaGroup(chat_id=5, media=[]), 200, answer)
    assert [message.message_id for message in told.result] == [7, 8]


@pytest.mark.parametrize("result", [{"file_id": 3}, [], [3], 3, "x"])
def test_what_tells_of_no_message_is_still_a_mistake(result: object) -> None:
    with pytest.raises(ClientDecodeError):
        BOT.session.check_response(BOT, GetFile(file_id="x"), 200, json.dumps({"ok": True, "result": result}))
