"""The list of the day: what somebody holds, what waits for him, what was kept through the night. One message."""

from collections.abc import Sequence
from itertools import islice

from cases import routing
from cases.errors import Refused
from cases.people import Role
from cases.states import FINAL
from cases.views import BOARD, CaseKey, CaseLine
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.naming import label, listed

#: lines of each kind; the rest is a tap away
LINES = 8
#: lines of a list of what comes at once
LONGEST = 12
#: grids without anybody that are named
NAMED = 5
#: the month from which somebody is reminded that next year's holidays are not known
HOLIDAYS_FROM = 12
#: once a week: Monday
HOLIDAYS_ON = 0


def due_today(context: Context, lines: list[CaseLine]) -> bool:
    zone = context.desk.rules.calendar.zone
    today = context.desk.now.astimezone(zone).date()
    return any(line.due is not None and line.due.astimezone(zone).date() <= today for line in lines)


def at_once(context: Context, keys: Sequence[CaseKey]) -> Message | None:
    """Many cases to be told of in the same moment, as one message; None: all of them are over meanwhile."""
    alive = [line for line in context.desk.lists.lines(keys) if line.state not in FINAL]
    lines = list(islice((line for line in alive if _theirs(context, line)), LONGEST))
    if not lines:
        return None
    text = [context.text("morning.at_once", count=len(alive)), *(listed(context, line) for line in lines)]
    rows = [(Button(label(context, line), f"s.{line.key}"),) for line in lines]
    if left := len(alive) - len(lines):
        text.append(context.text("morning.more", count=left))
        key, data = ("board", "b...1") if context.person.serves(Role.COORDINATOR) else ("tasks", "l.tasks.1")
        rows.append((Button(context.text(f"option.{key}"), data),))
    return Message("\n".join(text), tuple(rows))


def _theirs(context: Context, line: CaseLine) -> bool:
    """Not any more, when it was given to somebody else meanwhile."""
    try:
        return bool(context.desk.view(line.key, context.person.id).hats)
    except Refused:
        return False


def compose(context: Context, kept: set[CaseKey], *, workday: bool, next_year_known: bool = True) -> Message | None:
    """None: nothing to say. On a rest day only what cannot wait for a workday, or came in the night."""
    held = list(context.desk.lists.tasks(context.person.id))
    text: list[str] = []
    lines: list[CaseLine] = []
    if held and (workday or kept or due_today(context, held)):
        text.append(context.text("morning.tasks", count=len(held)))
        text += [listed(context, line, new=line.key in kept) for line in held[:LINES]]
        lines += held[:LINES]
    rows = []
    if context.person.serves(Role.COORDINATOR):
        more, shown = _coordinator(context, kept, workday=workday, next_year_known=next_year_known)
        text += more
        lines += [line for line in shown if line.key not in {known.key for known in lines}]
        if more:
            rows.append((Button(context.text("option.board"), "b...1"),))
    rest = kept - {line.key for line in lines}
    if rest:  # what was kept is told, whatever else the list has to say
        kept_lines = context.desk.lists.lines(sorted(rest)[: 2 * LONGEST])
        theirs = list(islice((line for line in kept_lines if _theirs(context, line)), LONGEST))
        text += [listed(context, line, new=True) for line in theirs]
        lines += theirs
        if left := max(0, len(rest) - 2 * LONGEST):
            text.append(context.text("morning.more", count=left))
    if not text:
        return None
    buttons = [(Button(label(context, line), f"s.{line.key}"),) for line in lines]
    return Message("\n".join([context.text("morning.head"), *text]), (*buttons, *rows))


def _coordinator(
    context: Context, kept: set[CaseKey], *, workday: bool, next_year_known: bool
) -> tuple[list[str], list[CaseLine]]:
    desk, person = context.desk, context.person.id
    counts, pressing, late_below = desk.lists.own(person)
    counts = {name: counts[name] for name in BOARD if counts.get(name) and name != "open"}
    text: list[str] = []
    lines: list[CaseLine] = []
    if counts and (workday or kept or counts.keys() - {"soon"}):
        text += [context.text(f"board.{name}", count=count) for name, count in counts.items()]
        text += [listed(context, line, new=line.key in kept) for line in pressing]
        lines += pressing
    if late_below and workday:
        text.append(context.text("morning.late_below", count=late_below))
    names, count = desk.staffing.without_holder(person, NAMED) if workday else ([], 0)
    if count:
        text.append(context.text("morning.nobody", count=count, names="、".join(names)))
    refused, spot = desk.lists.refused_below(person), desk.lists.spot_checks(person)
    for key, found in (("morning.refused", refused), ("morning.spot", spot)):
        if found and workday:
            text += [context.text(key, count=len(found)), *(listed(context, line) for line in found)]
            lines += found
    today = desk.now.astimezone(desk.rules.calendar.zone)
    if not next_year_known and today.month >= HOLIDAYS_FROM and today.weekday() == HOLIDAYS_ON and _highest(context):
        text.append(context.text("morning.holidays"))
    return text, lines


def _highest(context: Context) -> bool:
    """Nobody decides above one of their units. Only they are reminded: they know who runs this."""
    directory = context.desk.rules.directory
    return any(
        not routing.desks(post.unit, directory, above=post.unit) for post in context.person.serves(Role.COORDINATOR)
    )
