"""One flow for every action on an item of the ledger: it asks what the table says the action needs."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any

from handlers.flow import Flow, Look, Option, Question, Said, ask, choose, flow
from handlers.ledger.commands import ItemAct

#: 司法确认: asked for together, or not wanted
COURT = ("applied", "not_wanted")
#: 评议: how a year is marked
GRADES = ("good", "fair", "poor")
Need = Generator[Question | Look, Any, None]


@dataclass(slots=True)
class Doing:
    item: int
    kind: str
    action: str
    given: dict[str, Any] = field(default_factory=dict)
    said: Said = field(default_factory=Said)


def note(doing: Doing) -> Need:
    doing.said = yield ask(f"ask.{doing.kind}.{doing.action}.note")


def proof(doing: Doing) -> Need:
    """Settled by a photo or a tap; words are welcome and never a must."""
    answer = yield ask("ask.item.proof", "words", "media", options=[Option("none", "option.just_done")])
    doing.said = Said() if isinstance(answer, str) else answer


#: days that stand on buttons
DAYS = ("tomorrow", "three", "week", "month")


def day(doing: Doing) -> Need:
    key = "ask.item.day"
    while "day" not in doing.given:
        answer = yield ask(key, "words", options=[Option(name, f"day.{name}") for name in DAYS])
        found = yield Look("day", (answer if isinstance(answer, str) else answer.words,))
        if found:
            doing.given["day"] = found
        key = "ask.item.day_again"


def time(doing: Doing) -> Need:
    key = "ask.item.time"
    while "time" not in doing.given:
        answer = yield ask(key, "words")
        found = yield Look("moment", (answer.words,))
        if found:
            doing.given["time"] = found
        key = "ask.appoint.again"


def duty(doing: Doing) -> Need:
    """The only one there is, or which of them."""
    found = yield Look("item_duties", (doing.item, doing.action))
    if len(found) == 1:
        doing.given["duty"] = found[0][0]
        return
    options = [Option(str(number), label, literal=True) for number, label in found]
    doing.given["duty"] = int((yield choose("ask.item.duty" if found else "ask.item.no_duty", options)))


def member(doing: Doing) -> Need:
    found = yield Look("item_members", (doing.item, doing.action))
    options = [Option(str(person), name, literal=True) for person, name in found]
    doing.given["member"] = int((yield choose("ask.item.member" if found else "ask.item.no_member", options)))


def who(doing: Doing) -> Need:
    """Name, telephone and place in one message."""
    key = "ask.item.who"
    while "who" not in doing.given:
        answer = yield ask(key, "words")
        found = yield Look("who", (answer.words,))
        if found:
            name, phone, unit, place = found
            if place and not unit:
                unit = yield from where(place)
            doing.given["who"] = [name, phone, unit, place]
        key = "ask.item.who_again"


def where(place: str) -> Generator[Question | Look, Any, str]:
    """A place that no unit of ours is called by; "": it is here, where whoever speaks is at home."""
    while True:
        answer = yield ask("ask.item.where", "words", options=[Option("here", "option.here")], place=place)
        if isinstance(answer, str):
            return ""
        unit: str = yield Look("unit_named", (answer.words,))
        if unit:
            return unit
        place = answer.words[:20]


def person(doing: Doing) -> Need:
    found = yield Look("team", (doing.item,))
    options = [Option(str(number), label, literal=True) for number, label in found]
    doing.given["person"] = int((yield choose("ask.item.person" if found else "ask.item.nobody", options)))


def doer(doing: Doing) -> Need:
    found = yield Look("doers", (doing.item,))
    options = [Option(str(number), label, literal=True) for number, label in found]
    doing.given["person"] = int((yield choose("ask.item.doer" if found else "ask.item.nobody", options)))


def mediator(doing: Doing) -> Need:
    found = yield Look("mediators", (doing.item,))
    options = [Option(str(number), label, literal=True) for number, label in found]
    doing.given["person"] = int((yield choose("ask.item.mediator" if found else "ask.item.nobody", options)))


def court(doing: Doing) -> Need:
    doing.given["court"] = yield choose("ask.item.court", [Option(way, f"court.{way}") for way in COURT])


def grade(doing: Doing) -> Need:
    doing.given["grade"] = yield choose("ask.item.grade", [Option(mark, f"grade.{mark}") for mark in GRADES])


#: what the table's `needs` mean as questions
NEEDS: dict[str, Callable[[Doing], Need]] = {
    "note": note,
    "proof": proof,
    "day": day,
    "time": time,
    "duty": duty,
    "member": member,
    "who": who,
    "person": person,
    "mediator": mediator,
    "doer": doer,
    "court": court,
    "grade": grade,
}


@flow("item", version=3)
def item(action: str, item: int, kind: str, needs: list[str]) -> Flow:
    doing = Doing(item, kind, action)
    for need in needs:
        yield from NEEDS[need](doing)
    return [ItemAct(item, action, doing.given, doing.said.words, doing.said.media)]
