"""Words that could belong to an open case: one question decides, and the words are kept meanwhile."""

from handlers.commands import Resume, Supplement
from handlers.flow import Flow, Option, choose, flow


@flow("which")
def which(draft: int, cases: list[list[str]]) -> Flow:
    """`cases`: [key, label] each."""
    answer = yield choose(
        "ask.which",
        [*(Option(key, label, literal=True) for key, label in cases), Option("new", "option.new_matter")],
    )
    return [Resume(draft)] if answer == "new" else [Supplement(draft, answer)]
