"""The way out: what waits in the outbox is rendered, sent, and its receipt kept. One sender a chat at a time."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from bot.gateway import Gone, Unreachable
from bot.house import House
from bot.turns import Turns
from cases import routing
from cases.errors import Refused, Transient
from cases.people import Role
from handlers.cards import Card
from handlers.chat import Message
from storage import casefiles, deliveries, media, viewing
from storage.deliveries import Chat, Delivery, Live
from storage.desk import Desk
from storage.engine import Connection
from storage.media import Blob

log = structlog.get_logger()

#: pauses before another try in seconds, where the platform names none
PAUSES = (1.0, 5.0, 30.0, 120.0, 300.0)
#: a notice that cannot even be rendered is given up after so many tries, and stays visible in `wangge check`
RENDERINGS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    #: None: there is nothing to send (any more)
    message: Message | None
    blobs: list[Blob]
    live: Sequence[Live]


def digest(message: Message) -> str:
    return hashlib.sha256(json.dumps(message.pack(), sort_keys=True).encode()).hexdigest()


class Outbox(Turns[Chat]):
    def __init__(self, house: House, *, at_once: int = 4) -> None:
        super().__init__(at_once)
        self._house = house
        self.sent = 0

    async def claim(self) -> Chat | None:
        return await self._house.database.write(deliveries.claim, self._house.owner)

    async def work(self, piece: Chat) -> None:
        while (delivery := await self._house.database.write(deliveries.first, piece)) is not None:
            with structlog.contextvars.bound_contextvars(cause=delivery.cause, delivery=delivery.id):
                if not await self._one(delivery):
                    return

    async def _one(self, d: Delivery) -> bool:
        """False: the chat rests."""
        database = self._house.database
        try:
            plan = await database.read(self._plan, d)
            ref, state = await self._deliver(d, plan)
        except Transient as error:
            pause = error.retry_after or PAUSES[min(d.attempts, len(PAUSES) - 1)]
            log.warning("postponed", error=str(error), pause=pause)
            await database.write(deliveries.postponed, d, str(error), pause)
            return False
        except Unreachable as error:
            log.warning("undeliverable", error=str(error))
            await database.write(self._undeliverable, d, str(error))
            self._house.nudge()
            return True
        except Exception as error:
            log.exception("bug", delivery=d.id)
            if d.attempts + 1 >= RENDERINGS:
                await database.write(self._given_up, d, repr(error))
                return True
            await database.write(deliveries.postponed, d, repr(error), PAUSES[0])
            return False
        mark = digest(plan.message) if plan.message else ""
        stripped = await self._strip(d, [m for m in plan.live if m.ref != ref])
        await database.write(lambda c: deliveries.sent(c, d, ref=ref, digest=mark, stripped=stripped, state=state))
        self.sent += 1
        return True

    def _plan(self, connection: Connection, d: Delivery) -> Plan:
        """What the message is by now: cards and rings show the latest state, not the one they were written in."""
        live = deliveries.live(connection, d)
        if d.kind == "strip":
            return Plan(None, [], live)
        if d.payload is not None:
            message = Message.unpack(d.payload)
        else:
            rendered = self._render(connection, d)
            if rendered is None:
                return Plan(None, [], live)
            message = rendered
        blobs = media.load(connection, message.media, d.channel) if d.kind != "card" else []
        return Plan(message, blobs, live)

    def _render(self, connection: Connection, d: Delivery) -> Message | None:
        assert d.case is not None
        assert d.person is not None
        house = self._house
        desk = house.desk(connection, d.cause)
        try:
            view = desk.view(d.case, d.person)
        except Refused:  # a role lost meanwhile: it is not theirs to see any more
            return None
        card = Card(house.world, view, desk.person(d.person), desk.now, house.settings.zone)
        if d.kind == "ring":
            assert d.seq is not None
            return card.ring(viewing.entry(connection, d.case, d.seq), d.audience)
        return card.message()

    async def _deliver(self, d: Delivery, plan: Plan) -> tuple[str | None, str]:
        """(the message's name where it is to be remembered, the state of the row)."""
        gateway, message = self._house.gateways[d.channel], plan.message
        if message is None:  # its conversation is over, or it is no longer theirs to see: only the buttons go
            return None, "sent" if d.kind == "strip" else "merged"
        if d.kind != "card":
            return await gateway.send(d.address, message, plan.blobs), "sent"
        if not plan.live:
            return None, "merged"  # they hold no card of it, and an edit must not ring
        newest = plan.live[-1]
        if newest.digest != digest(message):
            try:
                await gateway.edit(d.address, newest.ref, message)
            except Gone:
                return await gateway.send(d.address, message, plan.blobs), "sent"
        return newest.ref, "sent"

    async def _strip(self, d: Delivery, old: Sequence[Live]) -> list[Live]:
        """Those whose buttons are gone. The others keep them until the next message, and a stale press is answered:
        what was sent is not sent again for their sake."""
        done = []
        for shown in old:
            try:
                await self._house.gateways[d.channel].strip(d.address, shown.ref)
                done.append(shown)
            except Exception as error:
                log.warning("buttons stay", ref=shown.ref, error=repr(error))
        return done

    def _undeliverable(self, connection: Connection, d: Delivery, error: str) -> None:
        """It did not arrive, so it does not count: the coordinators hear of it."""
        house = self._house
        desk = house.desk(connection, d.cause)
        deliveries.undeliverable(connection, d, error, desk.now, unreachable=True)
        if d.klass != "fact" or d.person is None:
            return
        if d.case is None:
            self._to_the_level_above(desk, d)
            return
        case = casefiles.load(connection, d.case).case
        name = desk.person(d.person).name
        for coordinator in desk.directory.coordinators(case.desk):
            chat = desk.chat_of(coordinator)
            if chat is not None and coordinator != d.person:
                language = desk.person(coordinator).language
                text = house.world.texts.say(language, "alert.undelivered", name=name, number=case.number)
                desk.outbox.say(chat, Message(text).pack(), fact=True)
                desk.outbox.show(chat, coordinator, d.case)

    def _given_up(self, connection: Connection, d: Delivery, error: str) -> None:
        deliveries.undeliverable(connection, d, error, self._house.clock.now(), unreachable=False)

    def _to_the_level_above(self, desk: Desk, d: Delivery) -> None:
        """An alert that did not reach a coordinator goes to those above; it names no case that would wait for them."""
        assert d.person is not None
        assert d.payload is not None
        for post in desk.person(d.person).serves(Role.COORDINATOR):
            above = routing.desk(post.unit, desk.directory, above=post.unit)
            for person, chat in desk.people.chats_of(desk.directory.coordinators(above) if above else ()).items():
                desk.outbox.say(chat, d.payload, person=person, fact=True, urgent=True)
