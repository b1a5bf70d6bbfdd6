"""The way in: one lane a person, worked in order by one worker of one copy; one commit a message."""

import asyncio
from dataclasses import replace
from functools import partial

import structlog

from bot import menus
from bot.gateway import File, Gone, TooBig
from bot.house import House
from bot.incoming.files import Unfit, clean, straight
from bot.logs import hidden
from bot.turns import Turns
from cases.errors import Transient
from cases.people import Role
from cases.understanding import Understanding
from config.texts import LANGUAGES
from handlers.chat import Attachment, Incoming, Message
from handlers.context import Context
from handlers.door import router
from storage.content import media
from storage.database.engine import Connection
from storage.desk import Desk
from storage.traffic import inbox
from storage.traffic.inbox import Update

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
        return await self._house.database.write(inbox.claim, self._house.owner, list(self._house.gateways))

    async def work(self, piece: Update) -> None:
        """One lane from this update on until it is empty, or rests after a failure."""
        update: Update | None = piece
        while update is not None:
            with structlog.contextvars.bound_contextvars(cause=update.cause, channel=update.channel):
                update = await self._one(update)

    async def _one(self, update: Update) -> Update | None:
        """The next of its lane, if there is one to be worked now."""
        house, stage = self._house, self._house.metrics.stage
        try:
            gateway = house.gateways[update.channel]
            incoming = straight(gateway.read(update.key, update.raw))
            last = update.attempts + 1 >= house.settings.inbox.attempts
            with stage("fetch"):
                incoming, files, missed = await self._fetch(incoming, give_up=last)
            with stage("hear"):
                incoming = await self._hear(incoming, files)
            with stage("understand"):
                understood = await self._understand(incoming)
            with stage("work"):
                following, toast = await house.database.write(self._work, update, incoming, understood, files, missed)
        except Transient as error:
            return await self._failed(update, error, dead=update.attempts + 1 >= house.settings.inbox.attempts)
        except Exception as error:
            log.exception("bug", update=update.id)
            return await self._failed(update, error, dead=True)
        if incoming.tap_id:
            house.taps.worked(gateway, incoming, toast)
        self.worked += 1
        house.metrics.updates.labels(update.channel, "done").inc()
        house.nudge()
        return following

    async def _hear(self, incoming: Incoming, files: list[File]) -> Incoming:
        """A voice note without words, in words, where this place can."""
        voice = next((f for a, f in zip(incoming.media, files, strict=True) if a.kind == "voice"), None)
        if voice is None or incoming.text.strip():
            return incoming
        return replace(incoming, text=await self._house.ears.hear(voice.bytes))

    async def _understand(self, incoming: Incoming) -> Understanding:
        """Before the transaction, and off the event loop."""
        if not incoming.text.strip() or incoming.tap:
            return Understanding()
        understood = await asyncio.to_thread(self._house.tagger.understand, incoming.text)
        return understood.within(incoming.district)

    async def _fetch(self, incoming: Incoming, *, give_up: bool) -> tuple[Incoming, list[File], str]:
        """The attachments' bytes, and the key of the sentence for one that cannot be had."""
        files, kept, missed = [], [], ""
        if incoming.media:
            self._house.taps.typing(self._house.gateways[incoming.channel], incoming)
        for attachment in incoming.media:
            try:
                files.append(await self._fetched(incoming.channel, attachment))
                kept.append(attachment)
            except TooBig:
                missed = "media.too_big"
            except Unfit:
                missed = "media.unfit"
            except Gone:
                missed = "media.failed"
            except Transient:
                if not give_up:  # the words are worth more than the picture
                    raise
                missed = "media.failed"
        return replace(incoming, media=tuple(kept)), files, missed

    async def _fetched(self, channel: str, attachment: Attachment) -> File:
        if attachment.size > LARGEST:
            raise TooBig(attachment.name)
        found = await self._house.gateways[channel].fetch(attachment)
        return await asyncio.to_thread(clean, attachment.kind, found)

    def _work(
        self,
        connection: Connection,
        update: Update,
        incoming: Incoming,
        understood: Understanding,
        files: list[File],
        missed: str,
    ) -> tuple[Update | None, str]:
        """The one transaction of a message: the next of its lane, and what is shown over the pressed button."""
        context, desk = self._context(connection, update, incoming, understood)
        ids = tuple(
            media.keep(connection, a.kind, f.mime, f.name or a.name, f.bytes, context.desk.now)
            for a, f in zip(incoming.media, files, strict=True)
        )
        if missed:
            context.say(missed)
        if not missed or ids or incoming.text.strip():
            router.handle(context, incoming, ids)
        if incoming.private and self._house.gateways[incoming.channel].menus:
            menus.renew(desk, self._house.world.texts, context)
        return inbox.done(connection, update), context.toast

    def _context(
        self, connection: Connection, update: Update, incoming: Incoming, understood: Understanding
    ) -> tuple[Context, Desk]:
        house = self._house
        desk = house.desk(connection, update.cause)
        language = incoming.language if incoming.language in LANGUAGES else house.settings.language
        person = desk.people.greet(incoming.channel, incoming.user, incoming.name, language)
        chat = desk.people.chat(incoming.channel, incoming.chat, private=incoming.private, person=person.id)
        where = person.posts[0].unit if person.posts else person.home
        world = house.world.at(desk.directory.line(where)) if house.world.laid and where else house.world
        return Context(world, desk, person, chat, understood, incoming), desk

    async def _failed(self, update: Update, error: Exception, *, dead: bool) -> Update | None:
        pause = PAUSES[min(update.attempts, len(PAUSES) - 1)]
        log.warning("update failed", update=update.id, error=repr(error), dead=dead)
        self._house.metrics.updates.labels(update.channel, "dead" if dead else "again").inc()
        record = partial(self._record, update=update, error=error, pause=pause, dead=dead)
        try:
            try:
                following = await self._house.database.write(record, dead)
            except Transient:
                raise
            except Exception:  # the apology came to the same bug
                log.exception("no apology", update=update.id)
                following = await self._house.database.write(record)
        except Transient:  # the database itself is away: the lease runs out by itself
            await asyncio.sleep(PAUSES[0])
            return None
        self._house.nudge()
        return following

    def _record(
        self,
        connection: Connection,
        apology: bool = False,
        *,
        update: Update,
        error: Exception,
        pause: float,
        dead: bool,
    ) -> Update | None:
        if apology:
            self._apologise(connection, update)
        return inbox.failed(connection, update, hidden(repr(error)), pause=pause, dead=dead)

    def _apologise(self, connection: Connection, update: Update) -> None:
        try:
            incoming = self._house.gateways[update.channel].read(update.key, update.raw)
        except Exception:  # the raw update itself cannot be read: there is nobody to apologise to
            log.exception("unreadable update", update=update.id)
            return
        context, desk = self._context(connection, update, incoming, Understanding())
        context.say("bug.sorry")
        self._tell_operators(desk, update.cause)

    def _tell_operators(self, desk: Desk, cause: str) -> None:
        for person, chat in desk.people.holding(Role.ADMIN):
            language = desk.person(person).language
            text = self._house.world.texts.say(language, "alert.dead_letter", cause=cause)
            desk.outbox.say(chat, Message(text).pack(), fact=True)
