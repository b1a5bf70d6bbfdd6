"""Which matter it is: the best guesses first, then by category."""

from handlers.flow import Look, Option, Said, choose
from handlers.flows.facts import Asking, Facts, told

UNSURE = Option("", "option.unsure")


def labelled(kind: str, ids: list[str]) -> list[Option]:
    """Options whose labels the taxonomy names when they are shown."""
    return [Option(id_, f"{kind}:{id_}", literal=True) for id_ in ids]


def told_matter(facts: Facts, guesses: list[str]) -> Asking:
    """Which matter it is; what is said instead belongs to the report, and may tell it."""
    while guesses:
        options = [*labelled("matter", guesses), Option("other", "option.other_matter")]
        answer = yield choose("report.which_matter", options, "words", "media")
        if not isinstance(answer, Said):
            return answer if answer != "other" else (yield from pick_matter())
        yield from told(facts, answer)
        if facts.matter:
            return facts.matter
    return (yield from pick_matter())


def pick_matter() -> Asking:
    """By category, with a way out for whoever cannot say."""
    categories = yield Look("categories")
    category = yield choose("report.which_category", [*labelled("category", categories), UNSURE])
    if not category:
        return ""
    matters = yield Look("matters", (category,))
    return (yield choose("report.which_matter", [*labelled("matter", matters), UNSURE]))
