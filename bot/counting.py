"""/stats made before it is sent: counted in a reader, outside of what writes, then kept as a message."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot import charts
from bot.house import House
from cases import figures as pure
from cases.figures import Figures, Row
from handlers import figures as words
from handlers.chat import Message
from handlers.context import matter_name
from storage import figures, media, receipts
from storage.deliveries import Delivery
from storage.desk import Desk
from storage.engine import Connection
from storage.keeping import CHART

#: fewer cases need no picture
DRAWN = 5


class Counted(NamedTuple):
    message: Message
    #: a PNG; empty where there is little to draw
    picture: bytes
    at: datetime


def made(connection: Connection, house: House, d: Delivery) -> Counted | None:
    """None: it is not theirs to see any more."""
    assert d.payload is not None
    assert d.person is not None
    desk = house.desk(connection, d.cause)
    person, of, days = desk.person(d.person), d.payload["of"], d.payload["days"]
    if not words.may(person, of, desk.rules.directory):
        return None
    zone, now = house.settings.zone, desk.now
    local = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = pure.of(_rows(desk, d.person, of, days), now, local - timedelta(days=local.weekday()))
    if of != words.OWN and not words.sees_below(person, of, desk.rules.directory):
        found = pure.blurred(found)
    unit = desk.unit(of)
    below = list(desk.children(of)) if unit else []
    message = words.message(house.world, person.language, found, of, unit.name if unit else "", days, now, zone, below)
    return Counted(message, _drawn(house, person.language, found, message), now)


def keep(connection: Connection, d: Delivery, counted: Counted | None) -> None:
    """In the place of what was to be counted."""
    if counted is None:
        receipts.made(connection, d, None)
        return
    message = counted.message
    if counted.picture:
        number = media.keep(connection, "photo", "image/png", CHART, counted.picture, counted.at)
        message = replace(message, media=(number,))
    receipts.made(connection, d, message.pack())


def _rows(desk: Desk, person: int, of: str, days: int) -> list[Row]:
    since, until = desk.now - timedelta(days=days), desk.now + timedelta(seconds=1)
    if of == words.OWN:
        return figures.reported_by(desk.connection, person, since, until)
    if of == words.HELD:
        return figures.held_by(desk.connection, person, since, until)
    return figures.of_unit(desk.connection, desk.directory.path(of), since, until)


def _drawn(house: House, language: str, found: Figures, message: Message) -> bytes:
    if found.taken < DRAWN:
        return b""
    labels = (house.world.texts.say(language, "figures.reported"), house.world.texts.say(language, "figures.closed"))
    named = [(matter_name(house.world, language, matter), times) for matter, times in found.matters]
    return charts.weeks_and_matters(message.text.split("\n")[0], labels, found.weeks, named)
