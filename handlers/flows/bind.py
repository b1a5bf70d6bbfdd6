"""/bind: which unit's group this is."""

from handlers.commands import Bind
from handlers.flow import Flow, Look, Option, choose, flow


@flow("bind")
def bind(code: str, bound: bool) -> Flow:
    """A coordinator of one unit is not asked; whoever named a unit's code neither."""
    units = yield Look("units_to_bind", (code,))
    if len(units) == 1 and not bound:
        return [Bind(units[0][0])]
    options = [Option(code, name, literal=True) for code, name in units]
    return [Bind((yield choose("ask.bind", [*options, *([Option("", "option.unbind")] if bound else [])])))]
