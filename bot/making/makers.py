"""Which kind of row is made by what."""

from collections.abc import Callable

from bot.house import House
from bot.making import figures, papers, reviews, scores, sheets
from bot.making.made import Made, Wanted
from storage.database.engine import Connection
from storage.traffic.deliveries import Delivery

MAKERS: dict[str, Callable[[House, Wanted], Made | None]] = {
    "figures": figures.made,
    "papers": papers.made,
    "review": reviews.made,
    "score": scores.made,
    "sheet": sheets.made,
}


def make(connection: Connection, house: House, d: Delivery) -> Made | None:
    """None: it is not theirs to see any more."""
    assert d.person is not None
    desk = house.desk(connection, d.cause)
    return MAKERS[d.kind](house, Wanted(desk, desk.person(d.person), d.payload or {}))
