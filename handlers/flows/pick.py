"""An action was typed, and several cases could take it: which one?"""

from collections.abc import Sequence

from handlers.commands import Begin
from handlers.flow import Flow, Option, choose, flow


@flow("pick", version=2, gives_way=True)
def pick(action: str, cases: list[list[str]], said: str = "", media: Sequence[int] = ()) -> Flow:
    """`cases`: [key, label] each. `said`: what was written before it was understood as this action."""
    key = yield choose("ask.pick", [Option(key, label, literal=True) for key, label in cases])
    return [Begin(action, key, said, tuple(media))]
