"""围炉夜话: where, who came; then one problem after the other."""

from handlers.commands import Tell
from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.units import pick_unit
from handlers.ledger.cards import MARKS
from handlers.ledger.commands import ItemAct, OpenVisit, VisitLine


@flow("visit", staff=True)
def visit() -> Flow:
    """围炉夜话: where, who came; then one problem after the other."""
    unit = yield from pick_unit("ask.visit.unit", whose="everybody")
    came: Said = yield ask("ask.visit.who", "words")
    weekly = yield choose("ask.visit.weekly", [Option("once", "option.once"), Option("weekly", "option.weekly")])
    return [OpenVisit(unit, came.words, weekly == "weekly")]


@flow("visit_line", version=3, staff=True, takes_down=True)
def visit_line(item: int) -> Flow:
    """One problem in one message, and what becomes of it."""
    said = yield ask("ask.visit.line", options=[Option("close", "option.visit_close")])
    if isinstance(said, str):
        return [ItemAct(item, "close")]
    matter, unit, private = yield Look("understood")
    if private:  # words about a cadre or a worker go where only few read them, whatever is tapped
        return [VisitLine(item, "discipline", said.words, said.media, "", unit), Tell("visit.private")]
    ways = [*(Option(mark, f"mark.{mark}") for mark in MARKS), Option("close", "option.visit_close")]
    mark = yield choose("ask.visit.mark", ways)
    if mark == "close":  # tired: what was said last is on the list
        return [VisitLine(item, "listed", said.words, said.media, matter, unit, last=True), ItemAct(item, "close")]
    return [VisitLine(item, mark, said.words, said.media, matter, unit)]
