"""A case in a few words: on a button, in a list."""

import re
from typing import Any

from cases.people import CALLED, Candidate
from cases.states import OPEN, State
from cases.views import CaseLine
from handlers.context import Context


def label(context: Context, line: CaseLine) -> str:
    """A case on a button: its short number, its matter, its place."""
    parts: list[Any] = [
        line.number[-9:],
        context.matter(line.matter, private=line.private),
        public(line) if line.follows else line.place,
    ]
    return " ".join(part for part in parts if part)[:40]


#: where a place becomes somebody's own: a building, a staircase, a door
_OWN = re.compile(r"[0-9０-９A-Za-z]|[一二三四五六七八九十]+(?:号|栋|幢|座|单元|楼|层|排)")


def public(line: CaseLine) -> str:
    """Where it is, as anybody may read it: no building, no door."""
    name = _OWN.split(line.place or "")[0].strip(" (")
    return line.unit_name if not name or "家" in name else name


def state_key(state: str, *, refused: bool) -> str:
    """What was not accepted is void as what was withdrawn is, and is told apart."""
    return "state.refused" if refused else f"state.{state}"


#: what nobody has taken yet
UNTAKEN = (State.WAITING, State.DISPATCHED, State.ESCALATED)


def listed(context: Context, line: CaseLine, *, new: bool = False) -> str:
    """A case as a line of a list; `new`: something of it was kept while nobody was rung, or all of it."""
    late = line.state in OPEN and line.due is not None and line.due < context.desk.now
    state = context.text(state_key(line.state, refused=line.refused))
    place = public(line) if line.follows else line.place or line.unit_name
    text = context.text(
        "list.line_late" if late else "list.line",
        number=line.number,
        matter=context.matter(line.matter, private=line.private),
        state=state,
        place=place,
        due=context.when(line.due) if line.due else "",
    )
    pending = context.text(f"pending.{line.pending}") if line.pending else ""
    mark = context.text("list.new" if line.state in UNTAKEN else "list.news") if new else ""
    return " · ".join(filter(None, (mark, text, pending)))


def candidate(context: Context, c: Candidate, *, gave_back: bool = False) -> str:
    """A name on a button: where he is, how he is there, and whether he gave it back before."""
    marks = []
    if c.mode == CALLED:
        marks.append(context.text("who.called"))
    if c.hours:
        marks.append(c.hours)
    if gave_back:
        marks.append(context.text("who.gave_back"))
    return " · ".join([c.name, c.unit_name, *marks])[:60]
