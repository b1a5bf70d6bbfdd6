"""Which kind of row is made by what."""

from collections.abc import Callable

from bot.house import House
from bot.making import figures, papers, reviews, scores, sheets
from bot.making.made import Made
from storage.database.engine import Connection
from storage.traffic.deliveries import Delivery

MAKERS: dict[str, Callable[[Connection, House, Delivery], Made | None]] = {
    "figures": figures.made,
    "papers": papers.made,
    "review": reviews.made,
    "score": scores.made,
    "sheet": sheets.made,
}
