"""The way in: one lane a person, worked in order by one worker of one copy; one commit a message."""

import asyncio
from dataclasses import replace
from typing import Any

import structlog

from bot.gateway import File, Gone
from bot.house import House
from bot.turns import Turns
from cases.errors import Transient
from cases.people import Role
from cases.understanding import Understanding
from config.texts import LANGUAGES
from handlers import router
from handlers.chat import Incoming, Message
from handlers.context import Context
from storage import inbox, media
from storage.desk import Desk
from storage.engine import Connection
from storage.inbox import Update

log = structlog.get_logger()

#: what Telegram lets a bot download, in bytes
LARGEST = 20 * 1024 * 1024
#: pauses before the next try, in seconds; the last one repeats
PAUSES = (0.5, 2.0, 8.0, 30.0)


class Lanes(Turns[Update]):
    """Claims lanes as long as there are any, a few at a time."""

    def __init__(self, house: House, *, at_once: int = 8) -> None:
        super().__init__(at_once)
        self._house = house
        self.worked = 0

    async def claim(self) -> Update | None:
        return await self._house.database.write(inbox.claim, self._house.owner)

    async def work(self, piece: Update) -> None:
        """One lane from this update on until it is empty, or rests after a failure."""
        update: Update | None = piece
        while update is not None:
            with structlog.contextvars.bound_contextvars(cause=update.cause, channel=update.channel):
                update = await self._one(update)

    async def _one(self, update: Update) -> Update | None:
        """The next of its lane, if there is one to be worked now."""
        house = self._house
        try:
            gateway = house.gateways[update.channel]
            incoming = gateway.read(update.key, update.raw)
            if incoming.tap_id:
                await gateway.acknowledge(incoming)
            understood = await self._understand(incoming)
            incoming, files, missed = await self._fetch(incoming)
            following = await house.database.write(self._work, update, incoming, understood, files, missed)
        except Transient as error:
            return await self._failed(update, error, dead=update.attempts + 1 >= house.settings.inbox.attempts)
        except Exception as error:
            log.exception("bug", update=update.id)
            return await self._failed(update, error, dead=True)
        self.worked += 1
        house.nudge()
        return following

    async def _understand(self, incoming: Incoming) -> Understanding:
        """Before the transaction, and off the event loop."""
        if not incoming.text.strip() or incoming.tap:
            return Understanding()
        return await asyncio.to_thread(self._house.tagger.understand, incoming.text)

    async def _fetch(self, incoming: Incoming) -> tuple[Incoming, list[File], str]:
        """The attachments' bytes, and the key of the sentence for one that cannot be had."""
        files, kept, missed = [], [], ""
        for attachment in incoming.media:
            if attachment.size > LARGEST:
                missed = "media.too_big"
                continue
            try:
                files.append(await self._house.gateways[incoming.channel].fetch(attachment))
                kept.append(attachment)
            except Gone:
                missed = "media.failed"
        return replace(incoming, media=tuple(kept)), files, missed

    def _work(self, connection: Connection, update: Update, incoming: Incoming, understood: Understanding,
              files: list[File], missed: str) -> Update | None:  # fmt: skip
        """The one transaction of a message."""
        context = self._context(connection, update, incoming, understood)
        ids = tuple(
            media.keep(connection, a.kind, f.mime, f.name or a.name, f.bytes, context.desk.now)
            for a, f in zip(incoming.media, files, strict=True)
        )
        if missed:
            context.say(missed)
        if not missed or ids or incoming.text.strip():
            router.handle(context, incoming, ids)
        return inbox.done(connection, update)

    def _context(self, connection: Connection, update: Update, incoming: Incoming,
                 understood: Understanding) -> Context:  # fmt: skip
        house = self._house
        desk = house.desk(connection, update.cause)
        language = incoming.language if incoming.language in LANGUAGES else house.settings.language
        person = desk.people.greet(incoming.channel, incoming.user, incoming.name, language)
        chat = desk.people.chat(incoming.channel, incoming.chat, private=incoming.private, person=person.id)
        return Context(house.world, desk, person, chat, understood, incoming)

    async def _failed(self, update: Update, error: Exception, *, dead: bool) -> Update | None:
        pause = PAUSES[min(update.attempts, len(PAUSES) - 1)]
        log.warning("update failed", update=update.id, error=repr(error), dead=dead)
        try:
            following = await self._house.database.write(self._record, update, error, pause, dead)
        except Transient:  # the database itself is away: the lease runs out by itself
            await asyncio.sleep(PAUSES[0])
            return None
        self._house.nudge()
        return following

    def _record(
        self, connection: Connection, update: Update, error: Exception, pause: float, dead: bool
    ) -> Update | None:
        if dead:
            self._apologise(connection, update)
        return inbox.failed(connection, update, repr(error), pause=pause, dead=dead)

    def _apologise(self, connection: Connection, update: Update) -> None:
        try:
            incoming = self._house.gateways[update.channel].read(update.key, update.raw)
        except Exception:  # the raw update itself cannot be read: there is nobody to apologise to
            log.exception("unreadable update", update=update.id)
            return
        context = self._context(connection, update, incoming, Understanding())
        context.say("bug.sorry")
        self._tell_operators(self._house.desk(connection, update.cause), update.cause)

    def _tell_operators(self, desk: Desk, cause: str) -> None:
        for person, chat in desk.people.holding(Role.ADMIN):
            language = desk.person(person).language
            text = self._house.world.texts.say(language, "alert.dead_letter", cause=cause)
            desk.outbox.say(chat, Message(text).pack(), fact=True)


async def receive(house: House, channel: str, key: str, raw: Any) -> bool:
    """Commits the raw update; only then may the platform be told it arrived. False: it was here before."""
    raw = inbox.storable(raw)
    lane = house.gateways[channel].read(key, raw).lane
    new = await house.database.write(inbox.put, channel, key, lane, raw, house.clock.now())
    house.nudge()
    return new
