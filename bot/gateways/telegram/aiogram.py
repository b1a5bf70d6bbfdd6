"""aiogram: its types, calls and uploads; neither its dispatcher nor its polling."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import structlog
from aiogram import Bot, exceptions, types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods.base import Response, TelegramMethod

from bot.gateway import Moved, Unreachable
from bot.gateways.telegram.library import closed, limited, network, refusal

log = structlog.get_logger()

#: seconds a call may take; an upload of 50 MB over a slow line takes as long
TIMEOUT = 60.0


class Session(AiohttpSession):
    """Messages that were sent stay sent, in whatever form that is told."""

    def check_response(self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str) -> Response[Any]:
        try:
            return super().check_response(bot, method, status_code, content)
        except exceptions.ClientDecodeError as error:
            done = _sent(error.data)
            if done is None:
                raise
            log.warning("an answer that cannot be read", method=type(method).__name__, error=str(error.original)[:200])
            return Response[Any].model_construct(ok=True, result=done)


def _sent(answer: Any) -> Any:
    """The messages of an answer that this version cannot read, by their ids alone: asked again, they would be sent
    twice. None: it tells of no message."""
    result = answer.get("result") if isinstance(answer, dict) and answer.get("ok") is True else None
    told: list[Any] = result if isinstance(result, list) else [result]
    if not told or not all(isinstance(each, dict) and isinstance(each.get("message_id"), int) for each in told):
        return None
    made = [types.Message.model_construct(message_id=each["message_id"]) for each in told]
    return made if isinstance(result, list) else made[0]


class Aiogram:
    def __init__(self, token: str, api_base: str) -> None:
        session = Session(api=TelegramAPIServer.from_base(api_base), timeout=TIMEOUT)
        self.bot: Any = Bot(token, session=session)

    def update(self, raw: dict[str, Any]) -> Any:
        return types.Update.model_validate(raw)

    def build(self, kind: str, /, **fields: Any) -> Any:
        return getattr(types, kind)(**fields)

    def upload(self, body: bytes, name: str, *, attach: bool = False) -> Any:  # noqa: ARG002 - it attaches by itself
        return types.BufferedInputFile(body, name)

    def refusals(self) -> AbstractContextManager[None]:
        return _refusals()

    async def download(self, file: str) -> bytes:
        found = await self.bot.get_file(file)
        body = await self.bot.download_file(found.file_path)
        return bytes(body.read())

    async def close(self) -> None:
        await self.bot.session.close()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except exceptions.TelegramRetryAfter as error:
        raise limited(error.retry_after) from error
    except exceptions.TelegramMigrateToChat as error:
        raise Moved(str(error.migrate_to_chat_id)) from error
    except exceptions.TelegramForbiddenError as error:
        raise Unreachable(error.message) from error
    except (exceptions.TelegramUnauthorizedError, exceptions.TelegramNotFound) as error:
        raise closed(error.message) from error
    except exceptions.TelegramBadRequest as error:
        raise refusal(error.message) from error
    except (exceptions.TelegramAPIError, exceptions.ClientDecodeError, TimeoutError, OSError) as error:
        raise network(getattr(error, "message", error)) from error
