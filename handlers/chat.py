"""What comes from a chat and what goes to it, whatever the platform."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Attachment:
    #: photo, voice, video or document
    kind: str
    #: the platform's name for it, until `id` is ours
    file: str = ""
    id: int | None = None
    size: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    channel: str
    #: the platform's own key of the update: a second delivery has the same
    key: str
    chat: str
    user: str
    name: str = ""
    #: the platform's guess of what they read: "zh", "en" or nothing
    language: str = ""
    private: bool = True
    #: the message's own name in its chat
    ref: str = ""
    text: str = ""
    #: data of the button that was pressed
    tap: str = ""
    #: what a platform wants back to stop the button's spinner
    tap_id: str = ""
    media: tuple[Attachment, ...] = ()
    album: str = ""
    point: tuple[float, float] | None = None
    reply_to: str = ""
    edited: bool = False
    phone: str = ""
    #: somebody else's words or picture, passed on
    forwarded: bool = False
    #: in a group: a command, our name, or an answer to a message of ours
    addressed: bool = False
    #: a group's administrator who hides behind the group
    anonymous: bool = False
    #: a place chosen on the platform's map, with a name
    venue: bool = False
    #: what happened to the chat: joined, left or moved (to `moved_to`); "nothing" is not for us
    event: str = ""
    moved_to: str = ""
    #: where this bot is spoken to in private
    link: str = ""

    @property
    def lane(self) -> str:
        return f"{self.channel}:{self.user}"

    @property
    def district(self) -> str:
        """Of a bot that serves only one: "telegram/370481"; else empty."""
        return self.channel.partition("/")[2]

    @property
    def ignored(self) -> bool:
        """What people say among themselves in a group is not even kept."""
        return self.event == "nothing" or not (self.private or self.addressed or self.tap or self.event)


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    data: str = ""
    #: leads out of the chat instead
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    #: ids of media that go with it
    media: tuple[int, ...] = ()
    #: what the platform may make easy to answer with: "" "place" "phone" "reply"
    wants: str = ""
    #: in a group, the platform's user whom the first words of the text name
    mention: str = ""

    def pack(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def unpack(cls, data: Mapping[str, Any]) -> "Message":
        rows = tuple(tuple(Button(**button) for button in row) for row in data["rows"])
        return cls(data["text"], rows, tuple(data["media"]), data["wants"], data.get("mention", ""))


#: a row holds this much (a Chinese character counts 2) before buttons become unreadable on a phone
ROW_WIDTH = 28


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def in_rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows that read well on a phone: at most three, fewer when the labels are long."""
    rows: list[list[Button]] = []
    for button in buttons:
        last = rows[-1] if rows else []
        together = sum(width(b.label) for b in last) + width(button.label)
        if last and len(last) < 3 and together <= ROW_WIDTH:
            last.append(button)
        else:
            rows.append([button])
    return tuple(tuple(row) for row in rows)
