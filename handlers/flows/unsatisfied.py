"""Whoever is not satisfied may say why, after it counts already; whoever worked it does not read it."""

from handlers.commands import Act
from handlers.flow import Flow, Option, Said, ask, flow
from handlers.flows.act import UNSATISFIED


@flow("unsatisfied", optional=True)
def unsatisfied(case: str) -> Flow:
    answer = yield ask("ask.rate.why", "words", options=[Option("none", "option.no_words")])
    said = answer.words if isinstance(answer, Said) else ""
    return [Act("rate", case, {"stars": UNSATISFIED}, said)] if said else []
