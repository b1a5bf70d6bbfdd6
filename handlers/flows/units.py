"""One unit out of a tree, a level at a time: a county has thousands."""

from collections.abc import Generator
from typing import Any

from handlers.flow import Look, Option, Question, choose


def pick_unit(key: str, *, micro: bool = False, whose: str = "coordinators") -> Generator[Question | Look, Any, str]:
    """This one, or one below it; of one's own posts first, where there are several. `micro`: down to micro-grids."""
    found = yield Look("own_units", (whose,))
    own, here = len(found) > 1, found[0][0] if found else ""
    while True:
        below = found if own else (yield Look("units_below", (here, micro)))
        if not below:
            return here
        units = below if own else [[here, (yield Look("unit_name", (here,)))], *below]
        chosen = yield choose(key, [Option(code, name, literal=True) for code, name in units])
        if chosen == here and not own:
            return here
        own, here = False, chosen
