"""Where it is: in words, by a point, at home; else a phone call."""

from handlers.flow import Look, Option, ask, choose
from handlers.flows.facts import Asking, Facts, about, added, told
from handlers.places import at_point


def asked_as(facts: Facts) -> str:
    """Whoever sent no word is told first that it arrived."""
    if facts.complaint_only:
        return "report.where_person"
    if not facts.wordless:
        return "report.where_danger" if facts.danger else "report.where"
    return "report.where_voice" if facts.voice else "report.where_photo"


def pick_place(facts: Facts, key: str = "report.where") -> Asking:
    """A place in words, by a point, the home grid, or a phone call. What else the answer tells is added."""
    ways = [Option(way, f"option.{way}") for way in ("home", "point", "call")]
    before, there = facts.place, facts.unit
    facts.unit, facts.place, facts.point, facts.call = "", "", None, False
    while True:
        answer = yield ask(key, "words", "point", options=ways, wants="place")
        if answer == "call":
            facts.call = True
            return
        if answer == "home" and facts.home:
            facts.unit = facts.home
            return
        if isinstance(answer, str):
            key = f"report.where_{answer}"
            continue
        found = yield Look("locate", (answer.words, answer.point))
        somewhere = yield Look("names_a_place", (answer.words,))
        # asked now, since what is understood later is another message
        place = yield Look("place_words", (answer.words,))
        if place != answer.words:  # kept, found or not
            yield from added(facts, answer)
            yield from about(facts)
        unit = found[0][0] if found else ""
        if len(found) > 1:
            unit = yield choose("report.which_place", grids(found))
        if unit:
            facts.unit, facts.point = unit, answer.point
            facts.place = at_point(place, answer.point) if answer.point else place
            return
        if before and not found and (fixed := (yield Look("other_building", (answer.words, before)))):
            facts.place, facts.unit = fixed, there
            return
        if place == answer.words and not found:  # no place that we know, and words of theirs all the same
            yield from told(facts, answer)
        if facts.danger:  # asked once; whoever is on duty has heard the words, and phones
            if place == answer.words and found:
                yield from added(facts, answer)
            facts.call = True
            return
        unknown = "report.where_unknown" if somewhere else "report.where_noted"
        key = "report.where" if found else "report.where_outside" if answer.point else unknown


def narrow(facts: Facts) -> Asking:
    """The words name a place that several grids share: which of them?"""
    found = yield Look("locate", (facts.place, None))
    if facts.complaint_only or len(found) == 1:
        facts.unit = found[0][0] if found else ""
    elif found:
        facts.unit = yield choose("report.which_place", grids(found))


def grids(found: list[list[str]]) -> list[Option]:
    return [*(Option(code, label, literal=True) for code, label in found), Option("", "option.other_place")]


def moved(facts: Facts, point: tuple[float, float]) -> Asking:
    """A location sent at the review: there it is. The words of the place stay; outside our area nothing changes, and
    that is said."""
    found = yield Look("locate", ("", point))
    if len(found) != 1:
        return False
    facts.unit = found[0][0]
    facts.place, facts.point = at_point(facts.place, point), point
    return True
