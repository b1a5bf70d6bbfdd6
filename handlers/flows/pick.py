"""An action was typed, and several cases could take it: which one?"""

from handlers.commands import Begin
from handlers.flow import Flow, Option, choose, flow


@flow("pick")
def pick(action: str, cases: list[list[str]]) -> Flow:
    """`cases`: [key, label] each."""
    key = yield choose("ask.pick", [Option(key, label, literal=True) for key, label in cases])
    return [Begin(action, key)]
