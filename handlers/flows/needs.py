"""A household comes into the ledger: by its own word, by a neighbour, or written down by who looks after it."""

from collections.abc import Generator
from typing import Any

from handlers.commands import CallMe, Consent, Rename, Tell
from handlers.flow import Flow, Look, Option, Question, Said, ask, choose, flow
from handlers.flows.item import Doing, who
from handlers.ledger.commands import OpenHousehold

#: days between two visits to a household
EVERY = ("7", "14", "30")
WHOSE = ("own", "other")
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


@flow("household", staff=True)
def household() -> Flow:
    """A worker writes one down: whom, what is needed, how often somebody looks in."""
    doing = Doing(0, "household", "open")
    yield from who(doing)
    said = yield ask("ask.household.what", options=[Option("none", "option.only_care")])
    every = yield choose("ask.household.every", [Option(days, f"every.{days}") for days in EVERY])
    words, media = ("", ()) if isinstance(said, str) else (said.words, said.media)
    return [OpenHousehold(doing.given["who"], words, media, int(every))]
