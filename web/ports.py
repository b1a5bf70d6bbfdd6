"""What the pages ask of the outside."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol


class Picture(NamedTuple):
    bytes: bytes
    mime: str
    name: str


class Shown(NamedTuple):
    """A message on a phone, as it is now; a higher revision replaces a lower one."""

    revision: int
    phone: str
    ref: str
    mine: bool
    at: datetime
    body: dict[str, Any]


class Phones(Protocol):
    """`key` names what was done: the same key twice is done once."""

    async def say(self, phone: str, text: str, reply_to: str = "", key: str = "") -> None: ...
    async def tap(self, phone: str, ref: str, data: str, key: str = "") -> None: ...
    async def attach(self, phone: str, kind: str, picture: Picture, text: str = "", key: str = "") -> None: ...
    async def place(self, phone: str, lat: float, lon: float, key: str = "") -> None: ...
    async def since(self, revision: int) -> list[Shown]: ...
    async def picture(self, number: int) -> Picture | None: ...
    async def wait(self, seconds: float) -> None: ...
    async def push(self, by: timedelta) -> None: ...
    async def speak(self, language: str) -> None: ...
    def now(self) -> datetime: ...
