"""A platform in memory: for transcripts, replay and benchmarks. Keeps what every chat shows, as a phone would."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from bot.gateway import File, Gone, Part, Sent, Undemanding, Unreachable
from handlers.chat import Attachment, Incoming, Message
from storage.content.media import Blob


@dataclass
class Shown:
    ref: str
    message: Message
    blobs: list[Blob] = field(default_factory=list)
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.message.rows for button in row]


class MemoryGateway(Undemanding):
    def __init__(self, channel: str = "memory") -> None:
        self.channel = channel
        self.chats: dict[str, list[Shown]] = defaultdict(list)
        self.files: dict[str, File] = {}
        self.blocked: set[str] = set()
        self.acknowledged: list[str] = []
        #: (user, words) shown over the button to whoever pressed it
        self.toasts: list[tuple[str, str]] = []
        #: (what, address, message) of all that was sent and edited, in order
        self.events: list[tuple[str, str, Shown]] = []
        self._next = 0

    def read(self, key: str, raw: Any) -> Incoming:
        media = tuple(Attachment(**item) for item in raw.get("media", ()))
        point = tuple(raw["point"]) if raw.get("point") else None
        return Incoming(
            **{"channel": self.channel, "key": key, "chat": raw["user"], **raw, "media": media, "point": point}
        )

    async def send(self, address: str, part: Part) -> Sent:
        if address in self.blocked:
            raise Unreachable(address)
        self._next += 1
        shown = Shown(f"m{self._next}", part.message, list(part.blobs))
        self.chats[address].append(shown)
        self.events.append(("send", address, replace(shown)))
        return Sent(shown.ref)

    async def edit(self, address: str, ref: str, message: Message) -> None:
        shown = self._find(address, ref)
        shown.message = message
        shown.edits += 1
        self.events.append(("edit", address, replace(shown)))

    async def strip(self, address: str, ref: str) -> None:
        try:
            shown = self._find(address, ref)
        except Gone:
            return
        shown.message = Message(shown.message.text, (), shown.message.media)

    def _find(self, address: str, ref: str) -> Shown:
        for shown in self.chats[address]:
            if shown.ref == ref:
                return shown
        raise Gone(ref)

    async def acknowledge(self, incoming: Incoming, words: str = "") -> None:
        self.acknowledged.append(incoming.key)
        if words:
            self.toasts.append((incoming.user, words))

    async def fetch(self, attachment: Attachment) -> File:
        try:
            return self.files[attachment.file]
        except KeyError:
            raise Gone(attachment.file) from None
