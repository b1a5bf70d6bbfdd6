"""python-telegram-bot: its types, calls and uploads; neither its Application nor its Updater."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any, cast

import telegram
from telegram import Bot, InputFile, Update, error

from bot.gateway import Moved, Unreachable
from bot.gateways.telegram.library import closed, limited, network, refusal
from bot.gateways.telegram.ptb_transport import AiohttpRequest

# its own switch to the durations it will give one day; without it every 429 brings a warning
os.environ["PTB_TIMEDELTA"] = "1"


class Ptb:
    def __init__(self, token: str, api_base: str) -> None:
        self._request = AiohttpRequest()
        self.bot: Any = Bot(
            token,
            base_url=f"{api_base}/bot",
            base_file_url=f"{api_base}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    def update(self, raw: dict[str, Any]) -> Any:
        return Update.de_json(raw, None)

    def build(self, kind: str, /, **fields: Any) -> Any:
        return getattr(telegram, kind)(**fields)

    def upload(self, body: bytes, name: str, *, attach: bool = False) -> Any:
        return InputFile(body, filename=name, attach=attach)

    def refusals(self) -> AbstractContextManager[None]:
        return _refusals()

    async def download(self, file: str) -> bytes:
        found = await self.bot.get_file(file)
        return bytes(await found.download_as_bytearray())

    async def close(self) -> None:
        await self._request.shutdown()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except error.RetryAfter as refused:
        raise limited(cast(timedelta, refused.retry_after).total_seconds()) from refused
    except error.ChatMigrated as refused:
        raise Moved(str(refused.new_chat_id)) from refused
    except error.Forbidden as refused:
        raise Unreachable(refused.message) from refused
    except error.InvalidToken as refused:
        raise closed(refused.message) from refused
    except error.BadRequest as refused:
        raise refusal(refused.message) from refused
    except error.TelegramError as refused:
        raise network(refused.message) from refused
