"""Something new: a report, a greeting, a question how far it is, or words that could belong to an open case."""

from collections.abc import Sequence

from cases.views import CaseLine
from handlers.cases import lists
from handlers.chat import Incoming
from handlers.context import Context
from handlers.door import beside, spoken
from handlers.naming import label
from handlers.places import words_of
from handlers.reports import reporting

#: answered with a sentence, whatever question is open
SMALL_TALK = ("thanks", "hello", "chatter", "spam")
#: of so many open cases it is asked which
ASKED = 5


def fresh(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    if incoming.text.strip() or media:
        by_kind(context, incoming, media)
    elif incoming.phone:
        context.say("done.phone")
    else:
        located(context, incoming)


def located(context: Context, incoming: Incoming) -> None:
    """A place without a word: what is wrong there is the only question."""
    unit = context.unit_at(incoming.point) if incoming.point else None
    if unit:
        context.start("here", unit=unit, point=incoming.point)
    else:
        context.say("report.point_outside" if incoming.point else "report.empty")


def by_kind(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """Answered as what it is."""
    if not media and beside.answered(context, incoming):
        return
    kind = context.understood.kind
    open_cases = context.desk.lists.mine(context.person.id, only_open=True)
    if kind == "status" and (open_cases or not context.understood.matter or context.desk.lists.mine(context.person.id)):
        lists.mine(context)
    elif not media and spoken.chases(context, incoming.text) and (own := _own(context, open_cases)):
        lists.shown(context, "mine", own)
    elif kind in SMALL_TALK and not media and not (kind == "chatter" and open_cases and _has_words(incoming)):
        context.say(f"kind.{kind}")
    elif open_cases and (
        (media and kind in SMALL_TALK)
        or not (context.understood.matter or context.understood.handoff or context.understood.private)
    ):
        draft = reporting.keep(context, incoming, media)
        cases = [[str(line.key), label(context, line)] for line in open_cases[:ASKED]]
        context.start("which", draft=draft, cases=cases)
    else:
        reporting.report(context, incoming, media)


def _own(context: Context, lines: Sequence[CaseLine]) -> list[CaseLine]:
    """Their open cases of the matter that is spoken of, where no other place is named."""
    said, place = context.understood, words_of(context.understood.facts()["places"])
    if said.handoff or said.private or said.second:
        return []
    return [
        line
        for line in lines
        if line.matter
        and line.matter == said.matter
        and not line.private
        and (not place or place in line.place or line.place in place)
    ]


def _has_words(incoming: Incoming) -> bool:
    return sum(c.isalnum() for c in incoming.text) >= 4
