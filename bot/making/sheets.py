"""/export: a ledger as a sheet, for whoever answers for the unit; people hidden in it, or in full for a reason."""

from dataclasses import replace
from datetime import timedelta

import structlog

from bot.house import House
from bot.making.made import File, Made
from bot.making.scores import words_of
from bot.sheets.book import MIME, in_memory
from bot.sheets.named import SHEETS, Asked
from handlers.chat import Message
from handlers.counts import scores
from handlers.counts.reviews import may
from handlers.ledger import exports
from storage.database.engine import Connection
from storage.traffic.deliveries import Delivery

log = structlog.get_logger()

#: days back
YEAR = 366


def made(connection: Connection, house: House, d: Delivery) -> Made | None:
    assert d.payload is not None
    assert d.person is not None
    desk = house.desk(connection, d.cause)
    what, of, person = d.payload["what"], d.payload["of"], desk.person(d.person)
    unit = desk.unit(of)
    if unit is None or not may(person, of, desk.directory):
        return None
    path, since, until = desk.directory.path(of), desk.now - timedelta(days=YEAR), desk.now + timedelta(seconds=1)
    full = bool(d.payload.get("full")) and exports.may(person, of, desk.directory)
    words = replace(words_of(house), full=full)
    if full:
        log.info("a ledger in full", what=what, unit=of, by=d.person)
    if what == "assessment":
        since, until = scores.since("quarter", desk.now, house.settings.zone)
    asked = Asked(connection, path, since, until, words, house.settings.assessment.formula())
    body = in_memory(lambda file: SHEETS[what](asked, file))
    text = house.world.texts.say(person.language, "export.made", what=words.say(f"sheet.{what}"), unit=unit.name)
    return Made(Message(text), desk.now, (File("document", MIME, "台账.xlsx", body),))
