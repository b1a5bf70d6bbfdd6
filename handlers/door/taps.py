"""What a pressed button says: a letter and its parts. One table; nothing in it is trusted."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.errors import Refused
from cases.views import CaseKey
from handlers.asking import engine
from handlers.cases import actions, board, lists
from handlers.context import Context
from handlers.counts import figures, scores
from handlers.ledger import acting, menus, notices, visits
from handlers.ledger.commands import Silence
from handlers.people import staffing, training
from handlers.reports import duty, storms

Reads = Callable[[str], Any]
#: more than a database's number holds
LARGEST = 2**63


def number(part: str) -> int:
    """Raises ValueError for what no database holds: a forged button."""
    found = int(part)
    if abs(found) >= LARGEST:
        raise ValueError(part)
    return found


def yes(part: str) -> bool:
    return {"y": True, "n": False}[part]


def question(context: Context, which: int, revision: int, index: int) -> None:
    conversation = context.desk.talks.get(which)
    if conversation is None or conversation.person != context.person.id:
        raise Refused("refused.answered" if context.private else "refused.not_asked")
    engine.tapped(context, conversation, revision, index)


#: by its letter: how its parts are read, in their order, and what is done with them
TAPS: Mapping[str, tuple[tuple[Reads, ...], Callable[..., None]]] = {
    # an option of a question: conversation, revision, index
    "c": ((number, number, number), question),
    # an action on a case
    "a": ((str, CaseKey.parse), actions.begin),
    # a case, to see it
    "s": ((CaseKey.parse,), lists.show),
    # a page of a list
    "l": ((str, number), lists.page),
    # of the board: unit, group, page
    "b": ((str, str, number), board.board),
    # figures: of whom, days
    "t": ((str, number), figures.show),
    # whether somebody gets a post
    "p": ((yes, str), staffing.admit),
    # whether a storm is one thing
    "m": ((yes, CaseKey.parse), storms.answered),
    # the assessment: of whom, which period
    "e": ((str, str), scores.show),
    # a lesson, and the answer to its quiz; none is 0
    "y": ((number, number), training.tapped),
    # an action on an item of the ledger
    "i": ((str, number), acting.tapped),
    # a unit of the ledger of needs
    "n": ((str,), menus.below),
    # a kind of the ledger, to begin one
    "o": ((str,), menus.begin),
    # a draft that was an alarm, to say something to who is in danger
    "h": ((number,), duty.begin_answer),
    # one's own duties, all of them
    "d": ((), menus.duties),
    # no more reminders of evenings
    "w": ((), visits.no_more),
    # no more notices from the unit, or notices again
    "q": ((yes,), lambda context, silent: notices.silence(context, Silence(silent))),
}
#: what is never answered before a group
PRIVATE = frozenset("ineoqydwh")


def tapped(context: Context, data: str) -> None:
    """Raises Refused, also for what was never on a button of ours."""
    kind, *parts = data.split(".")
    if kind in PRIVATE and not context.private:
        raise Refused("refused.in_private")
    try:
        reads, do = TAPS[kind]
        said = [read(part) for read, part in zip(reads, parts, strict=True)]
    except (ValueError, KeyError) as forged:
        raise Refused("refused.no_case") from forged
    do(context, *said)
