"""Which matter it is: the best guesses first, else by category."""

from collections.abc import Generator
from typing import Any

from handlers.flow import Look, Option, Question, choose

UNSURE = Option("", "option.unsure")


def labelled(kind: str, ids: list[str]) -> list[Option]:
    """Options whose labels the taxonomy names when they are shown."""
    return [Option(id_, f"{kind}:{id_}", literal=True) for id_ in ids]


def pick_matter(guesses: list[str]) -> Generator[Question | Look, Any, Any]:
    """The best guesses first, then the categories, and a way out for whoever cannot say."""
    if guesses:
        answer = yield choose(
            "report.which_matter", [*labelled("matter", guesses), Option("other", "option.other_matter")]
        )
        if answer != "other":
            return answer
    categories = yield Look("categories")
    category = yield choose("report.which_category", [*labelled("category", categories), UNSURE])
    if not category:
        return ""
    matters = yield Look("matters", (category,))
    return (yield choose("report.which_matter", [*labelled("matter", matters), UNSURE]))
