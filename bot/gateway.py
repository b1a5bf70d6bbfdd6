"""A platform, as the rest of the house sees it. Thin: types, calls and uploads; no decision is made there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from cases.errors import Transient
from handlers.chat import Attachment, Incoming, Message
from storage.content.media import Blob
from storage.traffic.pacing import Pace


class Unreachable(Exception):
    """This chat will not have us: blocked, deleted, never begun. Not tried again."""


class Gone(Exception):
    """That message, or that file, cannot be had any more: a message is sent anew."""


class TooBig(Gone):
    """The platform will not give a file of this size."""


class Limited(Transient):
    """Too many messages; `retry_after` says for how long nothing more is taken."""


class Closed(Transient):
    """The platform no longer knows our bot: nothing can be sent to anybody."""


class Moved(Exception):
    """The chat has another address by now."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


@dataclass(frozen=True, slots=True)
class File:
    bytes: bytes
    mime: str
    name: str = ""


class Part(NamedTuple):
    """What the platform takes in one message; `blobs` more than one: an album."""

    message: Message
    blobs: Sequence[Blob] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    #: the message's name in its chat
    ref: str
    #: the platform's names of the files that went with it, by our media id
    files: Mapping[int, str] = field(default_factory=dict)


class Gateway(Protocol):
    """Every call may raise `cases.errors.Transient` (with `retry_after` where the platform names it)."""

    #: "telegram", "telegram/370481", "web": names the bot too
    channel: str
    #: None: it takes whatever comes
    pace: Pace | None
    #: whether a chat has a command menu of its own
    menus: bool

    def read(self, key: str, raw: Any) -> Incoming:
        """Pure: the same raw update gives the same Incoming, however often it is worked."""
        ...

    def parts(self, message: Message, blobs: Sequence[Blob], *, silent: bool = False) -> list[Part]:
        """The message as the platform takes it: too long a text, or several pictures, become several."""
        ...

    async def send(self, address: str, part: Part) -> Sent:
        """Raises Unreachable, Moved."""
        ...

    async def edit(self, address: str, ref: str, message: Message) -> None:
        """Raises Gone, Unreachable. An edit that changes nothing is no error."""
        ...

    async def strip(self, address: str, ref: str) -> None:
        """Take the buttons away; a message that is gone has none."""
        ...

    async def acknowledge(self, incoming: Incoming, words: str = "") -> None:
        """A pressed button stops spinning; `words` are shown to who pressed it. Never fails: a courtesy."""
        ...

    async def typing(self, incoming: Incoming) -> None:
        """Work takes a while. Never fails."""
        ...

    async def menu(self, address: str, commands: Mapping[str, str]) -> None:
        """The commands this chat offers: name, sentence; none: those of everybody. Raises Unreachable."""
        ...

    async def fetch(self, attachment: Attachment) -> File:
        """Raises Gone when the platform no longer has it, TooBig."""
        ...


class Undemanding:
    """For platforms that take a message whole, at any pace, and know neither spinner nor menu."""

    pace: Pace | None = None
    menus = False

    def parts(self, message: Message, blobs: Sequence[Blob], *, silent: bool = False) -> list[Part]:
        return [Part(message, blobs, silent)]

    async def acknowledge(self, incoming: Incoming, words: str = "") -> None:
        pass

    async def typing(self, incoming: Incoming) -> None:
        pass

    async def menu(self, address: str, commands: Mapping[str, str]) -> None:
        pass
