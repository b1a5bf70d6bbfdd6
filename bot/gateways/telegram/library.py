"""What a Telegram library gives: types, calls, uploads. Both name all as the Bot API does, so one gateway serves."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

from bot.gateway import Closed, Gone, Limited, TooBig, Unreachable
from cases.errors import Transient

__all__ = ["Library", "Rejected", "refusal"]


class Rejected(Exception):
    """400: the request itself. What it means depends on what was asked."""


class Library(Protocol):
    #: its bot: the methods of the Bot API in snake_case
    bot: Any

    def update(self, raw: dict[str, Any]) -> Any:
        """Its Update."""
        ...

    def build(self, kind: str, /, **fields: Any) -> Any:
        """Its type of that name."""
        ...

    def upload(self, body: bytes, name: str, *, attach: bool = False) -> Any:
        """Its file to send; `attach`: as part of an album."""
        ...

    def refusals(self) -> AbstractContextManager[None]:
        """Its errors inside become ours: Rejected, Unreachable, Moved, or a kind of Transient."""
        ...

    async def download(self, file: str) -> bytes: ...
    async def close(self) -> None: ...


#: Telegram's words, in lower case, for chats that will not have us any more (its server's source, td/telegram)
_UNREACHABLE = (
    "chat not found",
    "user is deactivated",
    "bot was blocked",
    "bot was kicked",
    "bot is not a member",
    "thread not found",
    "topic_closed",
    "topic_deleted",
    "group chat was deleted",
    "group is deactivated",
    "not enough rights to send",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_restricted",
    "peer_id_invalid",
    "user not found",
    "can't initiate conversation",
    "need administrator rights in the channel chat",
)
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message not found",
    "there is no text in the message to edit",
    "wrong file_id",
    "file is temporarily unavailable",
    "invalid file_id",
)


def refusal(words: str) -> Exception:
    """A 400, by its words: the code says no more."""
    low = words.lower()
    if any(sign in low for sign in _UNREACHABLE):
        return Unreachable(words)
    if "file is too big" in low:
        return TooBig(words)
    if any(sign in low for sign in _GONE):
        return Gone(words)
    return Rejected(words)


def network(error: object) -> Transient:
    return Transient(f"telegram: {error}")


def limited(seconds: float) -> Limited:
    return Limited("telegram: too many requests", retry_after=float(seconds))


def closed(words: str) -> Closed:
    return Closed(f"telegram: the token is refused ({words})")
