"""One flow for every action on a case: it asks what the lifecycle table says the action needs."""

from collections.abc import Callable, Generator
from typing import Any

from handlers.commands import Act, Phone, Tell
from handlers.flow import Flow, Look, Option, Question, Said, ask, choose, flow
from handlers.flows.phone import pick_phone

RETURN_REASONS = ("not_my_grid", "not_my_duty", "recusal", "other")
OUTCOMES = ("solved", "explained", "referred", "planned")
STARS = ("satisfied", "fair", "unsatisfied")
WAYS = ("phoned", "visited", "messaged")

Need = Generator[Question | Look, Any, None]


def options(prefix: str, values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value, f"{prefix}.{value}") for value in values)


def _pick(name: str, key: str, values: tuple[str, ...]) -> Callable[[Act], Need]:
    def need(act: Act) -> Need:
        act.given[name] = yield choose(f"ask.{act.action}.{name}", options(key, values))

    return need


def reason(act: Act) -> Need:
    act.given["reason"] = yield choose("ask.return.reason", options("reason", RETURN_REASONS))
    if act.given["reason"] == "other":
        yield from note(act)


def note(act: Act) -> Need:
    said = yield ask(f"ask.{act.action}.note")
    act.given["said"] = said


def photo(act: Act) -> Need:
    """Only where the matter asks for one and none came with the note; never a must."""
    said: Said = act.given["said"]
    wanted = yield Look("photo_wanted", (act.case,))
    if not wanted or said.media:
        return
    answer = yield ask("ask.resolve.photo", "media", "words", options=[Option("none", "option.no_photo")])
    if isinstance(answer, Said):
        words = "\n".join(filter(None, (said.words, answer.words)))
        act.given["said"] = Said(words, said.media + answer.media)


def holder(act: Act) -> Need:
    found = yield Look("holders", (act.case,))
    chosen = yield choose(
        "ask.dispatch.holder" if found else "ask.dispatch.nobody",
        [Option(f"{person}:{unit}", label, literal=True) for person, unit, label in found],
    )
    person, _, unit = chosen.partition(":")
    act.given.update(holder=int(person), unit=unit)


def phone(act: Act) -> Need:
    """Only where none is known yet."""
    known = yield Look("phone_known")
    if not known:
        act.given["phone"] = yield from pick_phone()


#: what the table's `needs` mean as questions
NEEDS: dict[str, Callable[[Act], Need]] = {
    "reason": reason,
    "note": note,
    "photo": photo,
    "holder": holder,
    "more": note,
    "wrong": note,
    "way": note,
    "phone": phone,
    "outcome": _pick("outcome", "outcome", OUTCOMES),
    "stars": _pick("stars", "stars", STARS),
    "how": _pick("how", "how", WAYS),
}


@flow("act", version=2)
def act(action: str, case: str, needs: list[str]) -> Flow:
    doing = Act(action, case)
    for need in dict.fromkeys(NEEDS[name] for name in needs):
        yield from need(doing)
    said = doing.given.pop("said", Said())
    number = doing.given.pop("phone", None)
    if number == "":
        return [Tell("talk.no_phone")]
    return [*([Phone(number)] if number else []), Act(action, case, doing.given, said.words, said.media)]
