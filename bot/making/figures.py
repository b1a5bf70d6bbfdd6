"""/stats, with a chart where there is something to draw."""

from datetime import timedelta

from bot import charts
from bot.house import House
from bot.making.made import File, Made
from cases import figures as pure
from cases.figures import Figures, Row
from handlers import figures as words
from handlers.chat import Message
from handlers.context import matter_name
from storage import figures
from storage.deliveries import Delivery
from storage.desk import Desk
from storage.engine import Connection
from storage.keeping import CHART

#: fewer cases need no picture
DRAWN = 5


def made(connection: Connection, house: House, d: Delivery) -> Made | None:
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
    picture = _drawn(house, person.language, found, message)
    return Made(message, now, (File("photo", "image/png", CHART, picture),) if picture else ())


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
