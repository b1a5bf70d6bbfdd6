"""考评: somebody's own score, or a unit's stars with a picture and a sheet."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot import charts, sheets
from bot.house import House
from bot.making.made import File, Made
from cases import assessment
from cases.assessment import Formula, Row, Score
from handlers import scores as words
from storage import assessments, directory, people
from storage.deliveries import Delivery
from storage.engine import Connection


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
    message = words.unit(house.world, person.language, unit.name, of, period, whole, ranked, formula)
    if not rows:
        return Made(message, desk.now)
    title = message.text.partition("\n")[0]
    picture = charts.stars(title, [(name, s.points) for _, found in ranked for name, s in found if s.star])
    book = sheets.in_memory(lambda file: sheets.assessment(file, words_of(house), ranked, formula))
    files: tuple[File, ...] = (File("document", sheets.MIME, "考评.xlsx", book),)
    if picture:
        files = (File("photo", "image/png", "stars.png", picture), *files)
    return Made(message, desk.now, files)


def words_of(house: House) -> sheets.Words:
    world, settings = house.world, house.settings
    return sheets.Words(world.texts, settings.language, world.taxonomy, settings.zone)


def by_kind(connection: Connection, rows: Sequence[Row], formula: Formula) -> list[tuple[str, list[tuple[str, Score]]]]:
    """Workers, grids and officers, the best first; who has too few cases stands last."""
    units = directory.names_of(connection, {row.unit for row in rows})
    named = people.names_of(connection, {row.person for row in rows} | {row.officer for row in rows if row.officer})
    kinds: dict[str, tuple[Callable[[Row], Any], Mapping[Any, str]]] = {
        "workers": (lambda row: row.person, named),
        "grids": (lambda row: row.unit, units),
        "officers": (lambda row: row.officer, named),
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
