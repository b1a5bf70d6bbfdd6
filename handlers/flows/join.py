"""Whoever took on a post by an invitation says by what name residents know him, and where he can be phoned."""

from handlers.commands import Phone, Rename, Tell
from handlers.flow import Flow, Said, ask, flow
from handlers.flows.phone import pick_phone

#: characters; a longer answer is no name
LONGEST = 20


@flow("join")
def join(known: bool) -> Flow:
    said: Said = yield ask("ask.join.name", "words")
    while len(said.words) > LONGEST:
        said = yield ask("ask.join.name_short", "words")
    number = "" if known else (yield from pick_phone("ask.join.phone"))
    return [Rename(said.words), *([Phone(number)] if number else []), Tell("done.join")]
