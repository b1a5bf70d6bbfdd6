"""考评: somebody's own score, or a unit's stars with a picture and a sheet."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot import charts
from bot.house import House
from bot.making.made import File, Made
from bot.sheets import assessment as sheet
from bot.sheets.book import MIME, in_memory
from bot.sheets.words import Words
from cases import assessment
from cases.assessment import Formula, Row, Score
from handlers import scores as words
from storage import assessments, directory, people
from storage.deliveries import Delivery
from storage.engine import Connection

#: characters of a street's code (docs/howto/a-place.md)
STREET = 9


def made(connection: Connection, house: House, d: Delivery) -> Made | None:
    assert d.payload is not None
    assert d.person is not None
    desk = house.desk(connection, d.cause)
    of, period, formula = d.payload["of"], d.payload["period"], house.settings.assessment.formula()
    since, until = words.since(period, desk.now, house.settings.zone)
    person = desk.person(d.person)
    if of == words.OWN:
        found = assessment.score(assessments.rows(connection, "", since, until, person=d.person), formula)
        return Made(words.own(house.world, person.language, found, formula, period, person.name), desk.now)
    unit = desk.unit(of)
    if unit is None or not words.may(person, of, desk.directory):
        return None
    rows = assessments.rows(connection, desk.directory.path(of), since, until)
    ranked = by_kind(connection, rows, formula)
    whole = assessment.score(rows, formula)
    mine = assessment.score([row for row in rows if row.officer == d.person], formula)
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


def centre(unit: str) -> str:
    """The governance centre of a town or street that a unit belongs to, by its code; above, the unit's own."""
    return unit[:STREET]


def words_of(house: House) -> Words:
    world, settings = house.world, house.settings
    return Words(world.texts, settings.language, world.taxonomy, settings.zone)


def by_kind(connection: Connection, rows: Sequence[Row], formula: Formula) -> list[tuple[str, list[tuple[str, Score]]]]:
    """The four awards: centres, grids, officers and workers, the best first; who has too few cases stands last."""
    units = directory.names_of(connection, {code for row in rows for code in (row.unit, centre(row.unit))})
    named = people.names_of(connection, {row.person for row in rows} | {row.officer for row in rows if row.officer})
    kinds: dict[str, tuple[Callable[[Row], Any], Mapping[Any, str]]] = {
        "centres": (lambda row: centre(row.unit), units),
        "grids": (lambda row: row.unit, units),
        "officers": (lambda row: row.officer, named),
        "workers": (lambda row: row.person, named),
    }
    ranked = []
    for what, (key, names) in kinds.items():
        groups: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            if key(row):
                groups[key(row)].append(row)
        found = [(names.get(k, ""), assessment.score(group, formula)) for k, group in groups.items()]
        ranked.append((what, sorted(found, key=lambda f: (f[1].points is None, -(f[1].points or 0), f[0]))))
    return ranked
