"""Which matter it is: the best guesses first, then by category."""

from handlers.flow import Look, Option, Said, choose
from handlers.flows.facts import Asking, Facts, told

UNSURE = Option("", "option.unsure")


def labelled(kind: str, ids: list[str]) -> list[Option]:
    """Options whose labels the taxonomy names when they are shown."""
    return [Option(id_, f"{kind}:{id_}", literal=True) for id_ in ids]


#: what may be said instead of choosing
INSTEAD = ("words", "media")


def told_matter(facts: Facts, guesses: list[str]) -> Asking:
    """Which matter it is; what is said instead belongs to the report, and may tell it."""
    key = "report.which_matter"
    while guesses:
        options = [*labelled("matter", guesses), Option("other", "option.other_matter")]
        answer = yield choose(key, options, *INSTEAD)
        if answer == "other":
            break
        if not isinstance(answer, Said):
            return answer
        yield from told(facts, answer)
        if facts.matter:
            return facts.matter
        key = "report.which_matter_noted"
    return (yield from pick_matter(facts))


def pick_matter(facts: Facts | None = None) -> Asking:
    """By category, with a way out for whoever cannot say."""
    categories, key = (yield Look("categories")), "report.which_category"
    while True:
        takes = INSTEAD if facts else ()
        category = yield choose(key, [*labelled("category", categories), UNSURE], *takes)
        if facts is None or not isinstance(category, Said):
            break
        yield from told(facts, category)
        if facts.matter:
            return facts.matter
        key = "report.which_category_noted"
    if not category:
        return ""
    matters = yield Look("matters", (category,))
    return (yield choose("report.which_matter", [*labelled("matter", matters), UNSURE]))
