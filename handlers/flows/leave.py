"""/leave: from when to when, and who stands in."""

from handlers.commands import Back, Leave, Tell
from handlers.flow import Flow, Look, Option, Said, ask, choose, flow


@flow("leave", staff=True)
def leave(words: str, away: bool) -> Flow:
    if away and not words:
        answer = yield choose("ask.leave.back", [Option("back", "option.back_to_work"), Option("stay", "option.stay")])
        return [Back()] if answer == "back" else [Tell("done.leave_stays")]
    days = yield Look("days", (words,))
    key = "ask.leave.days"
    while not days:
        said: Said = yield ask(key, "words")
        days = yield Look("days", (said.words,))
        key = "ask.leave.again"
    found = yield Look("stand_ins")
    options = [Option(str(person), label, literal=True) for person, label in found]
    person = yield choose("ask.leave.stand_in", [*options, Option("", "option.nobody")])
    return [Leave(days[0], days[1], int(person) if person else None)]
