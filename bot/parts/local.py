"""What the settings lay over the standard for single units, as the rules and the conversations want it."""

from pydantic import ValidationError

from cases.places import Place
from cases.timing.deadlines import mistakes as deadline_mistakes
from config import texts, workdays
from config.hours import CalendarSettings
from config.settings import Settings, by_matter
from config.taxonomy import Taxonomy
from config.texts import Texts


def calendars(settings: Settings) -> dict[str, CalendarSettings]:
    """By unit, with what a place leaves out as in the nearest above it. Raises ValidationError."""
    found: dict[str, CalendarSettings] = {}
    for place in sorted(settings.places, key=lambda place: len(place.unit)):
        if place.calendar is not None:
            above = max((code for code in found if place.unit.startswith(code)), key=len, default="")
            found[place.unit] = place.calendar.over(found[above] if above else settings.calendar)
    return found


def places(settings: Settings) -> dict[str, Place]:
    hours = calendars(settings)
    return {
        place.unit: Place(
            place.unit,
            by_matter(place.deadlines) if place.deadlines else {},
            workdays.made(hours[place.unit], settings.zone) if place.unit in hours else None,
            None if place.matters is None else frozenset(place.matters),
            place.supervision_phone,
            place.reports_a_day,
        )
        for place in settings.places
    }


def laid_texts(settings: Settings) -> dict[str, Texts]:
    """By unit, the sentences in force there."""
    laid, keep = [place for place in settings.places if place.texts], settings.keeping.words
    return {place.unit: texts.load(settings.texts, place.texts, keep=keep) for place in laid}


def mistakes(settings: Settings, known: Taxonomy) -> list[str]:
    """Matters that nobody knows, in lists, rules and deadlines of places; all of them at once."""
    found = [
        f"matters: {name}: no such matter in the taxonomy"
        for name in settings.matters or ()
        if name not in known.matters
    ]
    try:
        calendars(settings)
    except ValidationError as error:
        found += [f"places: calendar: {wrong['msg'].removeprefix('Value error, ')}" for wrong in error.errors()]
    for place in settings.places:
        unknown = set(place.matters or ()) - known.matters.keys()
        found += [f"places {place.unit}: matters: {name}: no such matter in the taxonomy" for name in sorted(unknown)]
        given = by_matter(place.deadlines)
        found += [f"places {place.unit}: {wrong}" for wrong in deadline_mistakes(given, frozenset(known.matters))]
        if place.texts:
            found += [
                f"places {place.unit}: {wrong}"
                for wrong in texts.mistakes(texts.read(texts.OURS), texts.read(place.texts))
            ]
    for route in settings.routes:
        for name in route.matters:
            if name not in known.matters and name not in known.categories:
                found.append(f"routes {route.name}: {name}: no such matter or category")
    return found
