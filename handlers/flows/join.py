"""Whoever used an invitation says his name and where he can be phoned; then a coordinator allows it."""

from handlers.commands import Apply, Phone, Rename
from handlers.flow import Flow, Option, Said, ask, flow
from handlers.flows.phone import pick_phone

#: characters; a longer answer is no name
LONGEST = 20


@flow("join", version=3)
def join(
    known: bool,
    mark: str = "",
    role: str = "",
    unit: str = "",
    coordinators: list[int] | None = None,
    opening: bool = False,
) -> Flow:
    said: Said = yield ask("ask.join.name", "words")
    while len(said.words) > LONGEST:
        said = yield ask("ask.join.name_short", "words")
    number = "" if known else (yield from pick_phone("ask.join.phone"))
    about = Said()
    if opening:
        answer = yield ask("ask.join.about", "words", options=[Option("none", "option.skip")])
        about = Said() if isinstance(answer, str) else answer
    name = Rename(said.words)
    phone = [Phone(number)] if number else []
    return [name, *phone, Apply(mark, role, unit, tuple(coordinators or ()), said.words, about.words)]
