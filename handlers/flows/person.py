"""Whoever wants to talk to a person, and not to a bot, is phoned."""

from handlers.commands import CallMe, Phone
from handlers.flow import Flow, flow
from handlers.flows.phone import pick_phone


@flow("person")
def person(known: bool) -> Flow:
    number = "" if known else (yield from pick_phone())
    return [*([Phone(number)] if number else []), CallMe()]
