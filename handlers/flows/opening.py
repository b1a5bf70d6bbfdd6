"""How items of the ledger begin: each a few questions, never a form."""

from collections.abc import Generator
from typing import Any

from handlers.commands import CallMe, Consent, Rename, Tell
from handlers.flow import Flow, Look, Option, Question, Said, ask, choose, flow
from handlers.flows.item import Doing, day, who
from handlers.flows.units import pick_unit
from handlers.ledger.commands import (
    Contest,
    Export,
    OpenHousehold,
    OpenNotice,
    OpenPatrol,
    OpenVisit,
    Recruit,
    Review,
    Sit,
    VisitLine,
)
from handlers.ledger.commands import ItemAct as Act

#: days between two visits to a household
EVERY = ("7", "14", "30")
#: 当场解决, 列入清单, 督办部门, 转纪检监察, 化解积案
MARKS = ("settled", "listed", "pressed", "discipline", "old")
WHOSE = ("own", "other")
#: sheets that hold people's words; and whether they are hidden in them
NAMING, HOW = ("cases", "ledger", "visits", "mediation", "works", "patrols"), ("masked", "full")
#: characters of how a household is called
LONGEST_NAME = 20


@flow("needs", version=3)
def needs(consented: bool, named: bool, home: str = "") -> Flow:
    """A household, or somebody for it, says what it needs."""
    if not consented:
        ways = [Option("agree", "option.agree_plain"), Option("drop", "option.drop")]
        if (yield choose("ask.needs.consent", ways)) == "drop":
            return [Tell("talk.cancelled")]
    whose = yield choose("ask.needs.whose", [Option(way, f"option.needs_{way}") for way in WHOSE])
    doing = Doing(0, "household", "open")
    if whose == "other":
        yield from who(doing)
    name = ""
    if whose == "own" and not named:
        called: Said = yield ask("ask.needs.name", "words")
        name = called.words[:LONGEST_NAME]
    unit = ""
    if not home and not (whose == "other" and doing.given["who"][2]):
        unit = yield from living()
        if not unit:
            return [*([] if consented else [Consent()]), *([Rename(name)] if name else []), CallMe()]
    said: Said = yield ask("ask.needs.what")
    return [
        *([] if consented else [Consent()]),
        *([Rename(name)] if name else []),
        OpenHousehold(doing.given.get("who"), said.words, said.media, unit=unit),
    ]


def living() -> Generator[Question | Look, Any, str]:
    """The unit where a household lives, in words or by a point; "": somebody is to call and ask."""
    key = "ask.needs.where"
    while True:
        answer = yield ask(key, "words", "point", options=[Option("call", "option.call")], wants="place")
        if isinstance(answer, str):
            return ""
        found = yield Look("locate", (answer.words, answer.point))
        if len(found) == 1:
            return str(found[0][0])
        if found:
            return str((yield choose("report.which_place", [Option(code, name, literal=True) for code, name in found])))
        key = "ask.needs.where_again"


@flow("household")
def household() -> Flow:
    """A worker writes one down: whom, what is needed, how often somebody looks in."""
    doing = Doing(0, "household", "open")
    yield from who(doing)
    said = yield ask("ask.household.what", options=[Option("none", "option.only_care")])
    every = yield choose("ask.household.every", [Option(days, f"every.{days}") for days in EVERY])
    words, media = ("", ()) if isinstance(said, str) else (said.words, said.media)
    return [OpenHousehold(doing.given["who"], words, media, int(every))]


@flow("visit")
def visit() -> Flow:
    """围炉夜话: where, who came; then one problem after the other."""
    unit = yield from pick_unit("ask.visit.unit", whose="everybody")
    came: Said = yield ask("ask.visit.who", "words")
    weekly = yield choose("ask.visit.weekly", [Option("once", "option.once"), Option("weekly", "option.weekly")])
    return [OpenVisit(unit, came.words, weekly == "weekly")]


@flow("visit_line", version=3)
def visit_line(item: int) -> Flow:
    """One problem in one message, and what becomes of it."""
    said = yield ask("ask.visit.line", options=[Option("close", "option.visit_close")])
    if isinstance(said, str):
        return [Act(item, "close")]
    matter, unit, private = yield Look("understood")
    if private:  # words about a cadre or a worker go where only few read them, whatever is tapped
        return [VisitLine(item, "discipline", said.words, said.media, "", unit), Tell("visit.private")]
    ways = [*(Option(mark, f"mark.{mark}") for mark in MARKS), Option("close", "option.visit_close")]
    mark = yield choose("ask.visit.mark", ways)
    if mark == "close":  # tired: what was said last is on the list
        return [VisitLine(item, "listed", said.words, said.media, matter, unit, last=True), Act(item, "close")]
    return [VisitLine(item, mark, said.words, said.media, matter, unit)]


@flow("patrol", version=2)
def patrol() -> Flow:
    unit = yield from pick_unit("ask.patrol.unit")
    title: Said = yield ask("ask.patrol.title", "words")
    doing = Doing(0, "patrol", "open")
    yield from day(doing)
    return [OpenPatrol(unit, title.words, doing.given["day"])]


@flow("notice", version=2)
def notice() -> Flow:
    unit = yield from pick_unit("ask.notice.unit")
    said: Said = yield ask("ask.notice.words")
    count = yield Look("homes", (unit,))
    until = yield Look("quiet", (unit,))
    ways = [Option("send", "option.send_later" if until else "option.send"),
            *([Option("now", "option.send_now")] if until else []), Option("drop", "option.dont_send")]  # fmt: skip
    way = yield choose("ask.notice.at_night" if until else "ask.notice.sure", ways, words=said.words, count=count,
                       until=until)  # fmt: skip
    return [Tell("talk.cancelled")] if way == "drop" else [
        OpenNotice(unit, said.words, said.media, urgent=way == "now")
    ]  # fmt: skip


@flow("review")
def review() -> Flow:
    unit = yield from pick_unit("ask.review.unit", whose="leaders")
    year = yield choose("ask.review.year", [Option(year, f"option.{year}_year") for year in ("this", "last")])
    return [Review(unit, year)]


@flow("contest")
def contest() -> Flow:
    """A worker's word against one entry of his assessment."""
    found = yield Look("against")
    options = [Option(number, number, literal=True) for number in found]
    number = yield choose("ask.contest.number" if found else "ask.contest.nothing", options)
    said: Said = yield ask("ask.contest.why")
    return [Contest(number, said.words, said.media)]


@flow("export", version=2)
def export(what: list[str]) -> Flow:
    """A ledger as a sheet; numbers and doors hidden."""
    chosen = yield choose("ask.export.what", [Option(name, f"sheet.{name}") for name in what])
    unit = yield from pick_unit("ask.export.unit", whose="leaders")
    how = HOW[0]
    if (yield Look("may_open", (unit,))) and chosen in NAMING:
        how = yield choose("ask.export.how", [Option(how, f"option.export_{how}") for how in HOW])
    if how == HOW[0]:
        return [Export(chosen, unit)]
    why: Said = yield ask("ask.export.why", "words")
    return [Export(chosen, unit, why.words)]


@flow("recruit")
def recruit() -> Flow:
    """招募: a link that many may use, each to apply."""
    role = yield choose("ask.recruit.role", [Option(role, f"role.{role}") for role in ("worker", "micro", "volunteer")])
    unit = yield from pick_unit("ask.invite.unit", micro=role == "micro")
    return [Recruit(role, unit)]


@flow("roster")
def roster() -> Flow:
    unit = yield from pick_unit("ask.roster.unit")
    found = yield Look("coordinators", (unit,))
    options = [Option(str(person), name, literal=True) for person, name in found]
    person = yield choose("ask.roster.who" if found else "ask.item.nobody", options)
    days, key = None, "ask.roster.days"
    while not days:
        said: Said = yield ask(key, "words")
        days = yield Look("days", (said.words,))
        key = "ask.leave.again"
    return [Sit(unit, int(person), days[0], days[1])]
