"""A Telegram server with people's phones in it, and faults on demand.

`lo-bot-api-emulator` gives the HTTP, the long poll, the webhook and its secret. It models fewer parameters than the
Bot API has, and no screens: so what a call means is decided here, and each is checked against the official description.
"""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator, updates

from bot.gateways.memory import Shown
from handlers.chat import Button, Message
from storage.content.media import Blob
from tests.telegram import spec

updates.KINDS |= {"edited_message", "my_chat_member"}

#: a fault: given (method, fields), it raises what the server answers, or returns None for "as usual"
Fault = Callable[[str, dict[str, Any]], Any]


#: seconds a call hangs before it is dropped
HANGS = 3.0


class Wire(Enum):
    FINE = "fine"
    #: not heard at all
    AWAY = "away"
    #: not answered for a while, then dropped
    HANGS = "hangs"
    FAILS = "fails"
    #: heard and done, and the answer is lost
    CUT = "cut"


@dataclass
class Call:
    method: str
    fields: dict[str, Any]
    at: float


@dataclass
class Phones:
    """What one bot's chats show: the same as the platform in memory keeps, so that one player reads both."""

    chats: dict[str, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    events: list[tuple[str, str, Shown]] = field(default_factory=list)
    toasts: list[tuple[str, str]] = field(default_factory=list)
    menus: dict[str, list[str]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    #: files that came without words, until the words come
    coming: dict[str, list[Blob]] = field(default_factory=lambda: defaultdict(list))


class TelegramServer(LoBotApiEmulator):  # type: ignore[misc]  # it brings no types
    def __init__(self) -> None:
        super().__init__(
            allow_insecure_loopback_webhooks=True, max_bots=10_000, max_updates=100_000, max_assets=100_000
        )
        self.phones: dict[str, Phones] = defaultdict(Phones)
        self.faults: list[Fault] = []
        self.mistakes: list[str] = []
        self.names: dict[str, str] = {}
        #: what happens to a call on the wire
        self.weather: Callable[[str], Wire] = lambda _: Wire.FINE
        self.busy = 0
        self._ids = itertools.count(100)
        self._taps: dict[str, str] = {}

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Its address."""
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        try:
            yield site.name.rstrip("/")
        finally:
            await runner.cleanup()

    async def handle(self, request: web.Request) -> web.Response:
        self.busy += request.match_info["method"] != "getUpdates"
        self._token = request.match_info["token"]
        try:
            wire = self.weather(request.match_info["method"])
            if wire is Wire.HANGS:
                await asyncio.sleep(HANGS)
            if wire in (Wire.AWAY, Wire.HANGS):
                return self._cut(request)
            if wire is Wire.FAILS:
                return web.json_response({"ok": False, "error_code": 502, "description": "Bad Gateway"}, status=502)
            response: web.Response = await super().handle(request)
            return self._cut(request) if wire is Wire.CUT else response
        finally:
            self.busy -= request.match_info["method"] != "getUpdates"

    @staticmethod
    def _cut(request: web.Request) -> web.Response:
        if request.transport:
            request.transport.abort()
        return web.Response()

    def pending(self, token: str) -> int:
        """Updates that were not acknowledged yet."""
        return len(self._update_queues._state(token).updates)

    def polled(self, token: str) -> bool:
        return bool(self._update_queues._state(token).polling)

    def tapped(self, user: str) -> str:
        number = f"t{next(self._ids)}"
        self._taps[number] = user
        return number

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """Called by the base for every request: what the call is answered with."""
        try:
            return self._answer(method, fields, uploads)
        except (ValueError, TypeError, KeyError) as error:  # the base would call it the bot's mistake
            self.mistakes.append(f"{method}: the server stumbled: {error!r}")
            raise

    def _answer(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        given = spec.decoded(method, fields)
        attached = {name for name in uploads if f"attach://{name}" in str(fields)}
        seen = given | {name: "<file>" for name in uploads if name not in attached}
        phones = self.phones[self._token]
        phones.calls.append(Call(method, seen, asyncio.get_running_loop().time()))
        self.mistakes += spec.mistakes(method, seen)
        for fault in self.faults:
            if (answer := fault(method, seen)) is not None:
                return answer
        act = getattr(self, f"_{method}", None)
        return act(phones, given, uploads) if act else _base(self, method, fields, uploads)

    def _getMe(self, *_: Any) -> Any:  # noqa: N802
        number = int(self._token.partition(":")[0])
        return {
            "id": number,
            "is_bot": True,
            "first_name": "网格",
            "username": self.names.get(self._token, "wangge_bot"),
        }

    def _sendMessage(self, phones: Phones, given: dict[str, Any], _: Any) -> Any:  # noqa: N802
        address = _address(given)
        shown = Shown(str(next(self._ids)), _message(given), phones.coming.pop(address, []))
        phones.chats[address].append(shown)
        phones.events.append(("send", address, replace(shown)))
        return self._result(given, shown.ref) | {"text": given["text"]}

    def _editMessageText(self, phones: Phones, given: dict[str, Any], _: Any) -> Any:  # noqa: N802
        address, shown = self._find(phones, given)
        new = _message(given)
        if new == shown.message:
            raise ApiRefusal(
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        shown.message, shown.edits = new, shown.edits + 1
        phones.events.append(("edit", address, replace(shown)))
        return self._result(given, shown.ref) | {"text": given["text"]}

    def _editMessageReplyMarkup(self, phones: Phones, given: dict[str, Any], _: Any) -> Any:  # noqa: N802
        _, shown = self._find(phones, given)
        if not shown.message.rows:
            raise ApiRefusal("Bad Request: message is not modified")
        shown.message = Message(shown.message.text)
        return self._result(given, shown.ref)

    def _find(self, phones: Phones, given: dict[str, Any]) -> tuple[str, Shown]:
        for address, chat in phones.chats.items():
            if address.partition("/")[0] == str(given["chat_id"]):
                for shown in chat:
                    if shown.ref == str(given["message_id"]):
                        return address, shown
        raise ApiRefusal("Bad Request: message to edit not found")

    def _file(self, kind: str, phones: Phones, given: dict[str, Any], uploads: dict[str, Any]) -> Any:
        source = self.source(kind, given.get(kind), uploads)
        phones.coming[_address(given)].append(Blob(0, kind, "", "", b""))
        return self.media_message(given["chat_id"], kind, source, message_id=next(self._ids))

    def _sendPhoto(self, *args: Any) -> Any:  # noqa: N802
        return self._file("photo", *args)

    def _sendVoice(self, *args: Any) -> Any:  # noqa: N802
        return self._file("voice", *args)

    def _sendVideo(self, *args: Any) -> Any:  # noqa: N802
        return self._file("video", *args)

    def _sendDocument(self, *args: Any) -> Any:  # noqa: N802
        return self._file("document", *args)

    def _sendMediaGroup(self, phones: Phones, given: dict[str, Any], uploads: dict[str, Any]) -> Any:  # noqa: N802
        if not 2 <= len(given["media"]) <= 10:
            raise ApiRefusal("Bad Request: media must include 2 to 10 items")
        sent = []
        for item in given["media"]:
            source = self.source(item["type"], item["media"], uploads, album=True)
            phones.coming[_address(given)].append(Blob(0, item["type"], "", "", b""))
            sent.append(self.media_message(given["chat_id"], item["type"], source, message_id=next(self._ids)))
        return sent

    def _answerCallbackQuery(self, phones: Phones, given: dict[str, Any], _: Any) -> Any:  # noqa: N802
        user = self._taps.pop(given["callback_query_id"], None)
        if user is None:
            raise ApiRefusal("Bad Request: query is too old and response timeout expired or query ID is invalid")
        if given.get("text"):
            phones.toasts.append((user, given["text"]))
        return True

    def _setMyCommands(self, phones: Phones, given: dict[str, Any], _: Any) -> Any:  # noqa: N802
        scope = given.get("scope") or {"type": "default"}
        key = f"{scope['type']} {scope.get('chat_id', given.get('language_code', ''))}".strip()
        phones.menus[key] = [command["command"] for command in given["commands"]]
        return True

    def _result(self, given: dict[str, Any], ref: str) -> dict[str, Any]:
        chat = int(given["chat_id"])
        kind = "private" if chat > 0 else "supergroup"
        return {"message_id": int(ref), "date": 1_700_000_000, "chat": {"id": chat, "type": kind, "title": "群"}}

    def keep_file(self, name: str, body: bytes) -> None:
        """A file that somebody will send."""
        self.assets[name] = {"data": body, "size": len(body)}


def _base(server: TelegramServer, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
    if method in ("setWebhook", "deleteWebhook", "getUpdates"):
        return [] if method == "getUpdates" else True
    if method in ("sendChatAction", "deleteMyCommands"):
        return True
    return LoBotApiEmulator.validate(server, method, fields, uploads)


def _address(given: dict[str, Any]) -> str:
    thread = given.get("message_thread_id")
    return f"{given['chat_id']}/{thread}" if thread else str(given["chat_id"])


def _message(given: dict[str, Any]) -> Message:
    if not str(given["text"]).strip():
        raise ApiRefusal("Bad Request: message text is empty")
    markup = given.get("reply_markup") or {}
    rows = tuple(
        tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row)
        for row in markup.get("inline_keyboard", ())
    )
    keys = tuple(tuple(Button(b["text"], b["text"]) for b in row) for row in markup.get("keyboard", ()))
    return Message(given["text"], rows or keys, wants="reply" if markup.get("force_reply") else "")
