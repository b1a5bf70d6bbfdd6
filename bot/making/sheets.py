"""/export: a ledger as a sheet, for whoever answers for the unit; people hidden in it, or in full for a reason."""

from dataclasses import replace
from datetime import timedelta

import structlog

from bot.house import House
from bot.making.made import File, Made, Wanted
from bot.making.scores import words_of
from bot.sheets.book import MIME, in_memory
from bot.sheets.named import SHEETS, Asked
from handlers import rights
from handlers.chat import Message
from handlers.counts import scores
from handlers.ledger import exports

log = structlog.get_logger()

#: days back
YEAR = 366


def made(house: House, wanted: Wanted) -> Made | None:
    desk, person, given = wanted.desk, wanted.person, wanted.given
    what, of = given["what"], given["of"]
    unit = desk.unit(of)
    if unit is None or not rights.oversees(person, of, desk.directory):
        return None
    path, since, until = desk.directory.path(of), desk.now - timedelta(days=YEAR), desk.now + timedelta(seconds=1)
    full = bool(given.get("full")) and exports.may(person, of, desk.directory)
    words = replace(words_of(house), full=full)
    if full:
        log.info("a ledger in full", what=what, unit=of, by=person.id)
    if what == "assessment":
        since, until = scores.since("quarter", desk.now, house.settings.zone)
    asked = Asked(desk.connection, path, since, until, words, house.settings.assessment.formula())
    body = in_memory(lambda file: SHEETS[what](asked, file))
    text = house.world.texts.say(person.language, "export.made", what=words.say(f"sheet.{what}"), unit=unit.name)
    return Made(Message(text), desk.now, (File("document", MIME, "台账.xlsx", body),))
