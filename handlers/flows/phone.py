"""A telephone number, for who wants to be called: asked until it is one, or there is none."""

from collections.abc import Generator
from typing import Any

from cases.reading.phones import phone_in, plain_phone
from handlers.flow import Look, Option, Question, Said, ask

WAYS = (Option("share", "option.share_phone"), Option("none", "option.no_phone"))


def number_in(said: Said) -> str:
    """ "" when there is none in it."""
    if said.phone:
        return said.phone
    found = phone_in(said.words)
    return plain_phone(found[0]) if found else ""


def pick_phone(key: str = "report.phone", *, own: bool = True) -> Generator[Question | Look, Any, str]:
    """`own`: the number of who is asked, which the platform may hand over by a button."""
    while True:
        answer = yield ask(key, "words", "phone", options=WAYS if own else WAYS[1:], wants="phone" if own else "")
        if answer == "none":
            return ""
        number = number_in(answer) if isinstance(answer, Said) else ""
        if number:
            return number
        key = "report.phone_how" if answer == "share" else "report.phone_again"
