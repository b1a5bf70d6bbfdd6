"""What a unit sends to those who live there, or has its grids go through."""

from handlers.commands import Tell
from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.item import Doing, day
from handlers.flows.units import pick_unit
from handlers.ledger.commands import OpenNotice, OpenPatrol


@flow("notice", version=2, staff=True)
def notice() -> Flow:
    unit = yield from pick_unit("ask.notice.unit")
    said: Said = yield ask("ask.notice.words")
    count = yield Look("homes", (unit,))
    until = yield Look("quiet", (unit,))
    ways = [
        Option("send", "option.send_later" if until else "option.send"),
        *([Option("now", "option.send_now")] if until else []),
        Option("drop", "option.dont_send"),
    ]
    way = yield choose(
        "ask.notice.at_night" if until else "ask.notice.sure", ways, words=said.words, count=count, until=until
    )
    return (
        [Tell("talk.cancelled")] if way == "drop" else [OpenNotice(unit, said.words, said.media, urgent=way == "now")]
    )


@flow("patrol", version=2, staff=True)
def patrol() -> Flow:
    unit = yield from pick_unit("ask.patrol.unit")
    title: Said = yield ask("ask.patrol.title", "words")
    doing = Doing(0, "patrol", "open")
    yield from day(doing)
    return [OpenPatrol(unit, title.words, doing.given["day"])]
