"""What a pressed button says: a letter and its parts. One table; nothing in it is trusted."""

from collections.abc import Callable

from cases.errors import Refused
from cases.views import CaseKey
from handlers.asking import engine
from handlers.cases import actions, board, lists
from handlers.context import Context
from handlers.counts import figures, scores
from handlers.ledger import acting, menus, notices, visits
from handlers.ledger.commands import Silence
from handlers.people import staffing, training
from handlers.reports import alarms, storms

Tap = Callable[[Context, list[str]], None]
#: more than a database's number holds
LARGEST = 2**63


def number(part: str) -> int:
    """Raises ValueError for what no database holds: a forged button."""
    found = int(part)
    if abs(found) >= LARGEST:
        raise ValueError(part)
    return found


def question(context: Context, parts: list[str]) -> None:
    """CONVERSATION.REVISION.INDEX."""
    which, revision, index = (number(part) for part in parts)
    conversation = context.desk.talks.get(which)
    if conversation is None or conversation.person != context.person.id:
        raise Refused("refused.answered" if context.private else "refused.not_asked")
    engine.tapped(context, conversation, revision, index)


TAPS: dict[str, Tap] = {
    "c": question,
    # ACTION.CASE
    "a": lambda context, parts: actions.begin(context, parts[0], CaseKey.parse(parts[1])),
    # CASE, to see it
    "s": lambda context, parts: lists.show(context, CaseKey.parse(parts[0])),
    # LIST.PAGE
    "l": lambda context, parts: lists.page(context, parts[0], number(parts[1])),
    # UNIT.GROUP.PAGE of the board
    "b": lambda context, parts: board.board(context, parts[0], parts[1], number(parts[2])),
    # OF.DAYS of the figures
    "t": lambda context, parts: figures.show(context, parts[0], number(parts[1])),
    # y|n.MARK: whether somebody gets a post
    "p": lambda context, parts: staffing.admit(context, parts[1], yes=parts[0] == "y"),
    # y|n.CASE: whether a storm is one thing
    "m": lambda context, parts: storms.answered(context, CaseKey.parse(parts[1]), one=parts[0] == "y"),
    # OF.PERIOD of the assessment
    "e": lambda context, parts: scores.show(context, parts[0], parts[1]),
    # LESSON, or LESSON.ANSWER
    "y": training.tapped,
    # ACTION.ITEM of the ledger
    "i": lambda context, parts: acting.tapped(context, parts[0], number(parts[1])),
    # UNIT of the ledger of needs
    "n": lambda context, parts: menus.below(context, parts[0]),
    # KIND of the ledger, to begin one
    "o": lambda context, parts: menus.begin(context, parts[0]),
    # DRAFT that was an alarm, to say something to who is in danger
    "h": lambda context, parts: alarms.begin_answer(context, number(parts[0])),
    # one's own duties, all of them
    "d": lambda context, _: menus.duties(context),
    # no more reminders of evenings
    "w": lambda context, _: visits.no_more(context),
    # y|n: no more notices from the unit, or notices again
    "q": lambda context, parts: notices.silence(context, Silence(parts[0] == "y")),
}

#: what is never answered before a group
PRIVATE = frozenset("ineoqydwh")


def tapped(context: Context, data: str) -> None:
    """Raises Refused, also for what was never on a button of ours."""
    kind, *parts = data.split(".")
    if kind in PRIVATE and not context.private:
        raise Refused("refused.in_private")
    try:
        TAPS[kind](context, parts)
    except (ValueError, IndexError, KeyError) as forged:
        raise Refused("refused.no_case") from forged
