"""考评: somebody's own score, or a unit's stars with a picture and a sheet."""

from bot.house import House
from bot.making import charts
from bot.making.made import File, Made, Wanted
from bot.sheets import assessment as sheet
from bot.sheets import awards
from bot.sheets.book import MIME, in_memory
from bot.sheets.words import Words
from cases.counts import assessment
from handlers.counts import scores as words
from storage.counts import assessments


def made(house: House, wanted: Wanted) -> Made | None:
    desk, person, given = wanted.desk, wanted.person, wanted.given
    of, period, formula = given["of"], given["period"], house.settings.assessment.formula()
    since, until = words.since(period, desk.now, house.settings.zone)
    if of == words.OWN:
        found = assessment.score(assessments.rows(desk.connection, "", since, until, person=person.id), formula)
        return Made(words.own(house.world, person.language, found, formula, period, person.name), desk.now)
    unit = desk.unit(of)
    if unit is None or not words.may(person, of, desk.directory):
        return None
    rows = assessments.rows(desk.connection, desk.directory.path(of), since, until)
    ranked = awards.ranked(desk.connection, rows, formula)
    whole = assessment.score(rows, formula)
    mine = assessment.score([row for row in rows if row.officer == person.id], formula)
    standing = words.Standing(unit.name, of, whole, ranked, mine)
    message = words.unit(house.world, person.language, standing, period, formula)
    if not rows:
        return Made(message, desk.now)
    title = message.text.partition("\n")[0]
    picture = charts.stars(title, [(name, s.points) for _, found in ranked for name, s in found if s.star])
    book = in_memory(lambda file: sheet.write(file, words_of(house), ranked, formula))
    files: tuple[File, ...] = (File("document", MIME, "考评.xlsx", book),)
    if picture:
        files = (File("photo", "image/png", "stars.png", picture), *files)
    return Made(message, desk.now, files)


def words_of(house: House) -> Words:
    world, settings = house.world, house.settings
    return Words(world.texts, settings.language, world.taxonomy, settings.zone)
