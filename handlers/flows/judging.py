"""述职评议 and 考评: a year to be answered for, and a word against an entry of one's score."""

from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.units import pick_unit
from handlers.ledger.commands import Contest, Review


@flow("review", staff=True)
def review() -> Flow:
    unit = yield from pick_unit("ask.review.unit", whose="leaders")
    year = yield choose("ask.review.year", [Option(year, f"option.{year}_year") for year in ("this", "last")])
    return [Review(unit, year)]


@flow("contest", staff=True)
def contest() -> Flow:
    """A worker's word against one entry of his assessment."""
    found = yield Look("against")
    options = [Option(number, number, literal=True) for number in found]
    number = yield choose("ask.contest.number" if found else "ask.contest.nothing", options)
    said: Said = yield ask("ask.contest.why")
    return [Contest(number, said.words, said.media)]
