"""One flow for every action on a case: it asks what the lifecycle table says the action needs."""

from collections.abc import Callable, Generator, Sequence
from typing import Any

from handlers.commands import Act, Phone, Tell
from handlers.flow import Flow, Look, Option, Question, Said, ask, choose, flow
from handlers.flows.matter import pick_matter
from handlers.flows.phone import pick_phone
from handlers.ledger.commands import OpenWork

RETURN_REASONS = ("not_my_grid", "not_my_duty", "recusal", "other")
OUTCOMES = ("solved", "explained", "referred", "planned")
UNSATISFIED = "unsatisfied"
STARS = ("satisfied", "fair", UNSATISFIED)
WAYS = ("phoned", "visited", "messaged")
ANSWERS = ("solved", "unsolved", "no_answer")
#: working days an extension may be asked for
DAYS = ("3", "5", "10")
#: what a telephone number is wanted for; entered in the history, and shown to whose it is
WHY = ("visit", "check", "follow_up", "emergency")
#: moments of a visit, one tap away
VISITS = ("this_afternoon", "tomorrow_morning", "tomorrow_afternoon")

Need = Generator[Question | Look, Any, None]


def options(prefix: str, values: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(value, f"{prefix}.{value}") for value in values)


def _pick(name: str, key: str, values: tuple[str, ...]) -> Callable[[Act], Need]:
    def need(act: Act) -> Need:
        act.given[name] = yield choose(f"ask.{act.action}.{name}", options(key, values))

    return need


def outcome(act: Act) -> Need:
    """列入计划 is a promise, so its days are asked for: a step a line. Who has none yet, or none that can be read when
    asked again, promises a clear word within a month, and has said already how it stands."""
    act.given["outcome"] = yield choose("ask.resolve.outcome", options("outcome", OUTCOMES))
    if act.given["outcome"] != "planned":
        return
    for key in ("ask.resolve.steps", "ask.resolve.steps_again"):
        answer = yield ask(key, "words")
        found = yield Look("steps", (answer.words,))
        if found is None or (not found and key.endswith("again")):
            act.given["said"] = answer
            found = [[(yield Look("in_a_month")), answer.words]]
        if found:
            act.given["steps"] = found
            return


def reason(act: Act) -> Need:
    act.given["reason"] = yield choose("ask.return.reason", options("reason", RETURN_REASONS))
    if act.given["reason"] == "other":
        yield from note(act)


def note(act: Act) -> Need:
    if not act.given.get("said"):
        act.given["said"] = yield ask(f"ask.{act.action}.note")


def photo(act: Act) -> Need:
    """A picture, where the matter asks for one and none came with the note; or a word with a picture that came alone,
    since the resident reads it. Never a must."""
    said: Said = act.given["said"]
    wanted = yield Look("photo_wanted", (act.case,))
    if said.media and not said.words:
        answer = yield ask("ask.resolve.words", "media", "words", options=[Option("none", "option.no_words")])
    elif wanted and not said.media:
        answer = yield ask("ask.resolve.photo", "media", "words", options=[Option("none", "option.no_photo")])
    else:
        return
    if isinstance(answer, Said):
        words = "\n".join(filter(None, (said.words, answer.words)))
        act.given["said"] = Said(words, said.media + answer.media)


def holder(act: Act) -> Need:
    """People first; a unit below opens another list, so that a county's thousands are a few taps away."""
    unit = ""
    while not act.given.get("holder"):
        found = yield Look("holders", (act.case, unit))
        people = [Option(f"{person}:{at}", label, literal=True) for person, at, label in found["people"]]
        below = [Option(f"@{code}", f"{name} ▸", literal=True) for code, name in found["below"]]
        chosen = yield choose("ask.dispatch.holder" if people else "ask.dispatch.nobody", [*people, *below])
        if chosen.startswith("@"):
            unit = chosen[1:]
        else:
            _given(act, chosen)


def units(act: Act) -> Need:
    """One body after the other, until it is enough."""
    asked: dict[str, dict[str, Any]] = {}
    unit = ""
    while True:
        found = yield Look("bodies", (act.case, unit))
        free = [
            Option(f"{person}:{at}", label, literal=True) for at, person, label in found["people"] if at not in asked
        ]
        below = [Option(f"@{code}", f"{name} ▸", literal=True) for code, name in found["below"]]
        enough = [Option("", "option.enough")] if asked else []
        key = "ask.joint.more" if asked else "ask.joint.units" if free or below else "ask.joint.nobody"
        chosen = yield choose(key, [*enough, *free, *below])
        if chosen.startswith("@"):
            unit = chosen[1:]
            continue
        if not chosen:
            break
        person, _, at = chosen.partition(":")
        asked[at] = {"unit": at, "person": int(person)}
    act.given["units"] = list(asked.values())


def receiver(act: Act) -> Need:
    found = yield Look("receivers", (act.case,))
    options_ = [Option(f"{person}:{unit}", label, literal=True) for person, unit, label in found]
    _given(act, (yield choose("ask.hand_over.receiver" if found else "ask.dispatch.nobody", options_)))


def _given(act: Act, chosen: str) -> None:
    person, _, unit = chosen.partition(":")
    act.given.update(holder=int(person), unit=unit)


def time(act: Act) -> Need:
    """On a button, or in one's own words; asked until it is a moment to come."""
    key = "ask.appoint.time"
    while "time" not in act.given:
        answer = yield ask(key, "words", options=options("visit", VISITS))
        moment = yield Look("moment", (answer if isinstance(answer, str) else answer.words,))
        if moment:
            act.given["time"] = moment
        key = "ask.appoint.again"


def main(act: Act) -> Need:
    found = yield Look("mergeable", (act.case,))
    options_ = [Option(key, label, literal=True) for key, label in found]
    act.given["main"] = yield choose("ask.merge.main" if found else "ask.merge.nothing", options_)


def phone(act: Act) -> Need:
    """Only where none is known yet."""
    known = yield Look("phone_known")
    if not known:
        act.given["phone"] = yield from pick_phone()


def matter(act: Act) -> Need:
    act.given["matter"] = yield from pick_matter()


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
    "outcome": outcome,
    "stars": _pick("stars", "stars", STARS),
    "answer": _pick("answer", "answer", ANSWERS),
    "days": _pick("days", "days", DAYS),
    "receiver": receiver,
    "units": units,
    "time": time,
    "main": main,
    "matter": matter,
    "how": _pick("how", "how", WAYS),
    "why": _pick("why", "see_why", WHY),
}


@flow("act", version=8)
def act(action: str, case: str, needs: list[str], said: str = "", media: Sequence[int] = ()) -> Flow:
    """`said`: what was written before it was understood as this action."""
    doing = Act(action, case)
    if said or media:
        doing.given["said"] = Said(said, tuple(media))
    for need in dict.fromkeys(NEEDS[name] for name in needs):
        yield from need(doing)
    note = doing.given.pop("said", Said())
    number = doing.given.pop("phone", None)
    if number == "":
        return [Tell("talk.no_phone")]
    steps = tuple((at, words) for at, words in doing.given.pop("steps", ()))
    return [
        *([Phone(number)] if number else []),
        Act(action, case, doing.given, note.words, note.media),
        *([OpenWork(case, steps)] if steps else []),
    ]
