"""Later words of a case that are worth reading again: who reads which of them, and how many."""

from collections.abc import Sequence

from cases.model import Entry
from cases.states import State

#: later words that each side reads again; what a worker writes upward is not written for residents
FOR_RESIDENTS = ("resolve", "void")
FOR_STAFF = (
    "supplement",
    "follow",
    "amend",
    "dispute",
    "resolve",
    "return",
    "escalate",
    "appeal",
    "hand_over",
    "decline",
    "supervise",
    "ask_extension",
    "tell",
    "follow_up",
    "settle",
    "joint",
    "stay_out",
    "plan",
    "part_done",
    "analyse",
)
FOR_COORDINATORS = (*FOR_STAFF, "rate")
FROM_RESIDENTS = ("supplement", "follow", "amend", "dispute")
#: of each kind so many
LATEST = 4
SHOWN_WHILE = {"resolve": (State.RESOLVED, State.ARCHIVED), "void": (State.VOID,)}


def again(side: str, state: State, said: Sequence[Entry], told: Entry | None) -> list[Entry]:
    """In their order; without `told`, which stands on top of the card. Supplements for those who work the case, answers
    for the resident."""
    shown = {"resident": FOR_RESIDENTS, "coordinator": FOR_COORDINATORS}.get(side, FOR_STAFF)
    current = [e for e in said if e.action in shown and (told is None or e.seq != told.seq)]
    if side == "resident":
        if told is not None and told.action in shown:
            return []
        return [e for e in current if state in SHOWN_WHILE[e.action]][-1:]
    # what residents say is not pushed off by what is said about the work
    theirs = [e for e in current if e.action in FROM_RESIDENTS][-LATEST:]
    ours = [e for e in current if e.action not in FROM_RESIDENTS][-LATEST:]
    return sorted((*theirs, *ours), key=lambda e: e.seq)
