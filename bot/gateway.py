"""A platform, as the rest of the house sees it. Thin: types, calls and uploads; no decision is made there."""

from dataclasses import dataclass
from typing import Any, Protocol

from handlers.chat import Attachment, Incoming, Message
from storage.media import Blob


class Unreachable(Exception):
    """This chat will not have us: blocked, deleted, never begun. Not tried again."""


class Gone(Exception):
    """That message cannot be changed any more: it is sent anew."""


@dataclass(frozen=True, slots=True)
class File:
    bytes: bytes
    mime: str
    name: str = ""


class Gateway(Protocol):
    """Every call may raise `cases.errors.Transient` (with `retry_after` where the platform names it)."""

    #: "telegram", "telegram/370481", "web": names the bot too
    channel: str

    def read(self, key: str, raw: Any) -> Incoming:
        """Pure: the same raw update gives the same Incoming, however often it is worked."""
        ...

    async def send(self, address: str, message: Message, blobs: list[Blob]) -> str:
        """The message's name in its chat. Raises Unreachable."""
        ...

    async def edit(self, address: str, ref: str, message: Message) -> None:
        """Raises Gone, Unreachable. An edit that changes nothing is no error."""
        ...

    async def strip(self, address: str, ref: str) -> None:
        """Take the buttons away; a message that is gone has none."""
        ...

    async def acknowledge(self, incoming: Incoming) -> None:
        """A pressed button stops spinning. Never fails: it is only a courtesy."""
        ...

    async def fetch(self, attachment: Attachment) -> File:
        """Raises Gone when the platform no longer has it."""
        ...
