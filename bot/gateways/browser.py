"""The browser chat as a platform: its server is our own database, its phones are the page's."""

import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.gateway import File, Gone, Part, Sent, Undemanding
from bot.house import House
from bot.incoming.receiving import receive
from bot.parts.clock import PushedClock
from handlers.chat import Attachment, Incoming, Message
from storage.content import media
from storage.content.media import Blob
from storage.database import meta
from storage.database.engine import Connection
from storage.traffic import phones
from web.ports import Picture, Shown

CHANNEL = "web"
PUSHED = "demo_pushed_seconds"


class BrowserGateway(Undemanding):
    """A gateway for the house, and `web.ports.Phones` for the page."""

    channel = CHANNEL

    def __init__(self, house: House, clock: PushedClock) -> None:
        self._house, self._clock = house, clock
        self._changed = asyncio.Condition()
        self._language = house.settings.language

    def read(self, key: str, raw: Any) -> Incoming:
        point = (float(raw["point"][0]), float(raw["point"][1])) if raw.get("point") else None
        return Incoming(
            channel=CHANNEL,
            key=key,
            chat=raw["phone"],
            user=raw["phone"],
            name=raw.get("name", ""),
            language=raw.get("language", ""),
            ref=raw.get("ref", ""),
            text=raw.get("text", ""),
            tap=raw.get("tap", ""),
            media=tuple(Attachment(**item) for item in raw.get("media", ())),
            point=point,
            reply_to=raw.get("reply_to", ""),
        )

    async def send(self, address: str, part: Part) -> Sent:
        def work(connection: Connection) -> int:
            now = self._clock.now()
            blobs = [
                b if b.id else replace(b, id=media.keep(connection, b.kind, b.mime, b.name, b.bytes, now))
                for b in part.blobs
            ]
            return phones.add(connection, address, _body(part.message, blobs), now, mine=False)

        number = await self._house.database.write(work)
        await self._wake()
        return Sent(str(number))

    async def edit(self, address: str, ref: str, message: Message) -> None:
        await self._change(address, ref, lambda old: _body(message, []) | {"media": old["media"], "edited": True})

    async def strip(self, address: str, ref: str) -> None:
        with contextlib.suppress(Gone):
            await self._change(address, ref, lambda old: old | {"rows": []})

    async def _change(self, address: str, ref: str, how: Any) -> None:
        def work(connection: Connection) -> bool:
            old = phones.get(connection, address, int(ref))
            return old is not None and phones.change(connection, address, int(ref), how(old.body))

        if not await self._house.database.write(work):
            raise Gone(ref)
        await self._wake()

    async def fetch(self, attachment: Attachment) -> File:
        found = await self._house.database.read(media.load, [int(attachment.file)])
        if not found:
            raise Gone(attachment.file)
        return File(found[0].bytes, found[0].mime, found[0].name)

    # What the page asks for: web.ports.Phones

    async def say(self, phone: str, text: str, reply_to: str = "", key: str = "") -> None:
        await self._heard(phone, {"text": text, "reply_to": reply_to}, {"text": text}, key)

    async def tap(self, phone: str, ref: str, data: str, key: str = "") -> None:
        kept = await self._house.database.read(phones.get, phone, int(ref))
        buttons = [b for row in kept.body["rows"] for b in row] if kept else []
        label = next((b["label"] for b in buttons if b["data"] == data), "")
        await self._heard(phone, {"tap": data}, {"text": label, "tapped": True}, key)

    async def attach(self, phone: str, kind: str, picture: Picture, text: str = "", key: str = "") -> None:
        number = await self._house.database.write(
            lambda c: media.keep(c, kind, picture.mime, picture.name, picture.bytes, self._clock.now())
        )
        item = {"kind": kind, "file": str(number), "size": len(picture.bytes), "name": picture.name}
        shown = {"text": text, "media": [{"id": str(number), "kind": kind}]}
        await self._heard(phone, {"text": text, "media": [item]}, shown, key)

    async def place(self, phone: str, lat: float, lon: float, key: str = "") -> None:
        await self._heard(phone, {"point": [lat, lon]}, {"point": [lat, lon]}, key)

    async def _heard(self, phone: str, raw: dict[str, Any], shown: dict[str, Any], key: str) -> None:
        body = {"text": "", "rows": [], "media": []} | shown
        number = await self._house.database.write(lambda c: phones.add(c, phone, body, self._clock.now(), mine=True))
        await self._wake()
        raw |= {"phone": phone, "ref": str(number), "language": self._language}
        await receive(self._house, CHANNEL, key or uuid.uuid4().hex, raw)

    async def since(self, revision: int) -> list[Shown]:
        return [
            Shown(k.revision, k.address, str(k.id), k.mine, k.at.astimezone(self._house.settings.zone), k.body)
            for k in await self._house.database.read(phones.since, revision)
        ]

    async def picture(self, number: int) -> Picture | None:
        found = await self._house.database.read(media.load, [number])
        return Picture(found[0].bytes, found[0].mime, found[0].name) if found else None

    async def wait(self, seconds: float) -> None:
        """Until something changed, or so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait()

    async def _wake(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def now(self) -> datetime:
        return self._clock.now().astimezone(self._house.settings.zone)

    async def push(self, by: timedelta) -> None:
        """The clock goes forward, and stays there over a restart."""
        self._clock.push(by)
        pushed = self._clock.pushed.total_seconds()
        await self._house.database.write(meta.put, PUSHED, pushed)
        self._house.nudge()
        await self._wake()

    async def speak(self, language: str) -> None:
        self._language = language
        await self._house.database.write(phones.speak, CHANNEL, language)


def _body(message: Message, blobs: Sequence[Blob]) -> dict[str, Any]:
    rows = [[{"label": b.label, "data": b.data} for b in row] for row in message.rows]
    # an id is longer than a number of the page can be
    shown = [{"id": str(b.id), "kind": b.kind, "name": b.name} for b in blobs]
    return {"text": message.text, "rows": rows, "media": shown}
