"""What a row of the outbox says by now: cards and rings show the latest state, not the one they were written in."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.house import House
from cases.errors import Refused
from handlers.cases.cards import Card
from handlers.chat import Message
from storage.cases import viewing
from storage.content import media
from storage.content.media import Blob
from storage.database.engine import Connection
from storage.traffic import deliveries
from storage.traffic.deliveries import Delivery, Live


@dataclass(frozen=True, slots=True)
class Plan:
    #: None: there is nothing to send (any more)
    message: Message | None
    blobs: list[Blob]
    live: Sequence[Live]


def digest(message: Message) -> str:
    return hashlib.sha256(json.dumps(message.pack(), sort_keys=True).encode()).hexdigest()


def plan(connection: Connection, house: House, d: Delivery) -> Plan:
    """What the message is by now: cards and rings show the latest state, not the one they were written in."""
    live = deliveries.live(connection, d)
    if d.kind in ("strip", "menu"):
        return Plan(None, [], live)
    if d.payload is not None:
        message = Message.unpack(d.payload)
    else:
        rendered = _render(connection, house, d, first=not live)
        if rendered is None:
            return Plan(None, [], live)
        message = rendered
    blobs = media.load(connection, message.media, d.channel) if d.kind != "card" else []
    return Plan(message, blobs, live)


def _render(connection: Connection, house: House, d: Delivery, *, first: bool) -> Message | None:
    assert d.case is not None
    assert d.person is not None
    desk = house.desk(connection, d.cause)
    try:
        view = desk.view(d.case, d.person) if d.private else desk.group_view(d.case, d.chat)
    except Refused:  # a role lost meanwhile: it is not theirs to see any more
        return None
    language = desk.person(d.person).language if d.private else house.settings.language
    unit = view.file.case.unit
    card = Card(
        house.world.at(desk.directory.line(unit)),
        view,
        language,
        desk.now,
        house.settings.zone,
        reader=d.person,
        group=not d.private,
        calendar=desk.rules.at(unit).calendar,
    )
    if d.kind == "ring":
        assert d.seq is not None
        return card.ring(viewing.entry(connection, d.case, d.seq), d.audience, first=first)
    return card.opened() if d.kind == "show" else card.message()
