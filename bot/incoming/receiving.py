"""What arrives: kept before the platform is told so. What cannot wait goes first, and who floods is not worked."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from bot.house import House
from bot.parts.flood import Verdict
from handlers.chat import Incoming, Message
from storage.database.engine import Connection
from storage.traffic import inbox

log = structlog.get_logger()


async def receive(house: House, channel: str, key: str, raw: Any) -> bool:
    """Commits the raw update; only then may the platform be told it arrived. False: it was here before, or is nothing
    that was said to us, which is not even kept."""
    raw, gateway = inbox.storable(raw), house.gateways[channel]
    try:
        incoming = gateway.read(key, raw)
    except Exception:  # it is kept and becomes a dead letter: what comes after it must not wait for it
        log.exception("unreadable update", channel=channel, key=key)
        incoming = Incoming(channel, key, "", "unreadable")
    if incoming.ignored:
        return False
    heard = Verdict.FINE if incoming.event else house.flood.heard(incoming.lane)
    if heard is not Verdict.FINE and not await asyncio.to_thread(_urgent, house, incoming):
        house.metrics.updates.labels(channel, "flooded").inc()
        if incoming.tap_id:
            house.taps.stop(gateway, incoming)
        return await house.database.write(_flooded, house, incoming, heard)
    danger = _looked(house.tagger.danger, incoming)
    now = house.clock.now()
    new = await house.database.write(inbox.put, channel, key, incoming.lane, raw, now, "waiting", danger)
    if not new:
        house.metrics.updates.labels(channel, "repeated").inc()
    elif incoming.tap_id:
        house.taps.pressed(gateway, incoming)
    house.nudge()
    return new


def _urgent(house: House, incoming: Incoming) -> bool:
    """What cannot wait is worked, however much came before it."""
    return _looked(lambda text: house.tagger.understand(text).handoff is not None, incoming)


def _looked(look: Callable[[str], bool], incoming: Incoming) -> bool:
    """A text that trips a bug is kept like any other, and becomes a dead letter: nothing after it waits for it."""
    try:
        return bool(incoming.text) and look(incoming.text)
    except Exception:
        log.exception("a text that cannot be looked at", channel=incoming.channel, key=incoming.key)
        return False


def _flooded(connection: Connection, house: House, incoming: Incoming, heard: Verdict) -> bool:
    """Known by its key and not worked; whoever sends so much is told once."""
    new = inbox.put(connection, incoming.channel, incoming.key, incoming.lane, None, house.clock.now(), "flooded")
    if new and heard is Verdict.FIRST:
        desk = house.desk(connection, f"flood {incoming.lane}")
        person = desk.people.greet(incoming.channel, incoming.user, incoming.name, house.settings.language)
        chat = desk.people.chat(incoming.channel, incoming.chat, private=incoming.private, person=person.id)
        desk.outbox.say(chat, Message(house.world.texts.say(person.language, "flood.slow")).pack())
    return new
