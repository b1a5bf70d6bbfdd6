"""The way out: what waits in the outbox is rendered, sent, and its receipt kept. One sender a chat at a time."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from bot.gateway import Closed, Gone, Limited, Moved, Unreachable
from bot.house import House
from bot.making.made import keep
from bot.making.makers import MAKERS, make
from bot.outgoing import undelivered
from bot.outgoing.rendering import Plan, digest, plan
from bot.turns import Turns
from cases.errors import Transient
from handlers.chat import Message
from storage.content.media import Blob
from storage.database.engine import Connection
from storage.traffic import deliveries, receipts
from storage.traffic.deliveries import FULL, Chat, Delivery, Full, Live
from storage.traffic.pacing import LATE
from storage.units import moving

log = structlog.get_logger()

#: pauses before another try in seconds, where the platform names none
PAUSES = (1.0, 2.0, 5.0, 10.0, 15.0)
#: a notice that cannot be rendered, or is never taken, is given up after so many tries; `wangge check` shows it
TRIES = 3
#: so many of our hands make figures and sheets at once, at most
MAKING = 4
#: seconds between two looks whether the platform knows our bot again
CLOSED = 30.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row: the message's name where it is to be remembered, and the state of the row."""

    ref: str | None = None
    state: str = "sent"
    files: Mapping[int, str] = field(default_factory=dict)
    #: a message was sent, so that the chat rests
    spoke: bool = False
    #: more messages of the same row follow
    more: bool = False


class Outbox(Turns[Chat]):
    def __init__(self, house: House, *, at_once: int = 12) -> None:
        super().__init__(at_once)
        self._house = house
        self.sent = 0
        #: those that missed a turn: the next is theirs, however late we are
        self._missed: set[int] = set()
        self._making = 0

    async def claim(self) -> Chat | None:
        return await self._house.database.write(deliveries.claim, self._house.owner, list(self._house.gateways))

    async def work(self, piece: Chat) -> None:
        paces = {channel: gateway.pace for channel, gateway in self._house.gateways.items()}
        while (delivery := await self._house.database.write(deliveries.first, piece, paces)) is not None:
            if isinstance(delivery, Full):
                await asyncio.sleep(FULL)
                return
            with structlog.contextvars.bound_contextvars(cause=delivery.cause, delivery=delivery.id):
                if not await self._one(delivery):
                    return

    async def _one(self, d: Delivery) -> bool:
        """False: the chat rests."""
        database = self._house.database
        try:
            if d.kind in MAKERS:
                return await self._make(d)
            shown = await database.read(plan, self._house, d)
            if not await self._in_turn(d):
                return True
            with self._house.metrics.stage("send"):
                outcome = await self._deliver(d, shown)
        except Moved as error:
            await database.write(moving.move_chat, d.chat, error.to)
            return True
        except (Transient, Unreachable) as error:
            return await self._refused(d, error)
        except Exception as error:
            log.exception("bug", delivery=d.id)
            self._became(d, "failed" if d.attempts + 1 >= TRIES else "postponed")
            if d.attempts + 1 >= TRIES:
                await database.write(self._given_up, d, repr(error))
                return True
            await database.write(receipts.postponed, d, repr(error), PAUSES[0])
            return False
        pace = self._house.gateways[d.channel].pace
        rest = pace.chat if pace and outcome.spoke else 0.0
        if outcome.more:
            await database.write(receipts.arrived, d, outcome.files, rest)
        else:
            await self._receipt(d, shown, outcome, rest)
        if rest:
            asyncio.get_running_loop().call_later(rest, self.nudge)
        return not rest

    async def _make(self, d: Delivery) -> bool:
        """What takes seconds takes no hand from what waits to be sent, however much of it there is."""
        if self._making >= MAKING:
            await self._house.database.write(deliveries.rest, d, FULL)
            return False
        self._making += 1
        try:
            made = await self._house.database.make(make, self._house, d)
        finally:
            self._making -= 1
        await self._house.database.write(keep, d, made)
        return True

    async def _receipt(self, d: Delivery, shown: Plan, outcome: Outcome, rest: float) -> None:
        mark = digest(shown.message) if shown.message else ""
        stripped = await self._strip(d, [m for m in shown.live if m.ref != outcome.ref])
        await self._house.database.write(
            lambda c: receipts.sent(
                c,
                d,
                ref=outcome.ref,
                digest=mark,
                stripped=stripped,
                state=outcome.state,
                files=outcome.files,
                rest=rest,
            )
        )
        self.sent += 1
        self._became(d, outcome.state)

    async def _refused(self, d: Delivery, error: Transient | Unreachable) -> bool:
        """Later, or never: by what the platform said."""
        write = self._house.database.write
        if isinstance(error, Unreachable):
            log.warning("undeliverable", error=str(error))
            self._became(d, "unreachable")
            await write(self._undeliverable, d, str(error))
            self._house.nudge()
            return True
        pause = error.retry_after or PAUSES[min(d.attempts, len(PAUSES) - 1)]
        log.warning("postponed", error=str(error), pause=pause)
        self._became(d, "limited" if isinstance(error, Limited) else "postponed")
        if isinstance(error, Limited):
            await write(receipts.refused_for_now, d, pause)
        elif isinstance(error, Closed):
            await write(receipts.closed, d, CLOSED)
        else:
            await write(receipts.postponed, d, str(error), pause)
        return False

    async def _in_turn(self, d: Delivery) -> bool:
        """Waits for its turn with the platform. False: it was missed, and another must be taken; once, since on a slow
        machine every turn is."""
        if not d.turn:
            return True
        await asyncio.sleep(max(0.0, d.turn - time.monotonic()))
        if time.monotonic() - d.turn >= LATE and d.id not in self._missed:
            self._missed.add(d.id)
            return False
        self._missed.discard(d.id)
        return True

    def _became(self, d: Delivery, what: str) -> None:
        self._house.metrics.deliveries.labels(d.channel, what).inc()

    async def _deliver(self, d: Delivery, shown: Plan) -> Outcome:
        gateway, message = self._house.gateways[d.channel], shown.message
        if d.kind == "menu":
            await gateway.menu(d.address, d.payload or {})
            return Outcome()
        if message is None:  # its conversation is over, or it is no longer theirs to see: only the buttons go
            return Outcome(state="sent" if d.kind == "strip" else "merged")
        if d.kind != "card":
            return await self._send(d, message, shown.blobs)
        if not shown.live:
            return Outcome(state="merged")  # they hold no card of it, and an edit must not ring
        newest = shown.live[-1]
        if newest.digest != digest(message):
            try:
                await gateway.edit(d.address, newest.ref, message)
            except Gone:
                return await self._send(d, message, shown.blobs)
        return Outcome(newest.ref)

    async def _send(self, d: Delivery, message: Message, blobs: list[Blob]) -> Outcome:
        """The next of the messages that the platform makes of it."""
        gateway = self._house.gateways[d.channel]
        parts = gateway.parts(message, blobs)
        at = min(d.parts, len(parts) - 1)
        sent = await gateway.send(d.address, parts[at])
        return Outcome(sent.ref, files=sent.files, spoke=True, more=at + 1 < len(parts))

    async def _strip(self, d: Delivery, old: Sequence[Live]) -> list[Live]:
        """Those whose buttons are gone. The others keep them until the next message, and a stale press is answered:
        what was sent is not sent again for their sake."""
        done = []
        for message in old:
            try:
                await self._house.gateways[d.channel].strip(d.address, message.ref)
                done.append(message)
            except Exception as error:
                log.warning("buttons stay", ref=message.ref, error=repr(error))
        return done

    def _undeliverable(self, connection: Connection, d: Delivery, error: str) -> None:
        desk = self._house.desk(connection, d.cause)
        receipts.undeliverable(connection, d, error, desk.now, unreachable=True)
        undelivered.succeed(desk, self._house.world.texts, d)

    def _given_up(self, connection: Connection, d: Delivery, error: str) -> None:
        """What the platform will not take: the next person hears of it all the same."""
        desk = self._house.desk(connection, d.cause)
        receipts.undeliverable(connection, d, error, desk.now, unreachable=False)
        undelivered.succeed(desk, self._house.world.texts, d)
