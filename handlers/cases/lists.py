"""Lists of cases, each line a button: mine, and my tasks."""

from collections.abc import Sequence

from cases.errors import Refused
from cases.views import CaseKey, CaseLine
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.naming import label, listed

PAGE = 8


def mine(context: Context, page_: int = 1) -> None:
    _list(context, "mine", context.desk.lists.mine(context.person.id), page_)


def tasks(context: Context, page_: int = 1) -> None:
    _list(context, "tasks", context.desk.lists.tasks(context.person.id), page_)
    if page_ == 1 and (more := len(context.desk.items.duties_of(context.person.id))):
        context.say("tasks.ledger", count=more)


LISTS = {"mine": mine, "tasks": tasks}


def page(context: Context, name: str, number: int) -> None:
    """Raises Refused for a list nobody has: a forged button."""
    if name not in LISTS:
        raise Refused("refused.no_case")
    LISTS[name](context, max(1, number))


def show(context: Context, key: CaseKey) -> None:
    view = context.desk.view(key, context.person.id)
    context.desk.outbox.show(context.chat, context.person.id, view.key)


def shown(context: Context, name: str, lines: Sequence[CaseLine]) -> None:
    """One is shown whole, of several the list."""
    if len(lines) == 1:
        show(context, lines[0].key)
    else:
        _list(context, name, lines, 1)


def _list(context: Context, name: str, lines: Sequence[CaseLine], number: int) -> None:
    if not lines:
        context.say(f"{name}.none")
        return
    shown = lines[(number - 1) * PAGE : number * PAGE]
    text = [context.text(f"{name}.head", count=len(lines))]
    text += [listed(context, line) for line in shown]
    rows = [(Button(label(context, line), f"s.{line.key}"),) for line in shown]
    turn = []
    if number > 1:
        turn.append(Button(context.text("option.previous"), f"l.{name}.{number - 1}"))
    if len(lines) > number * PAGE:
        turn.append(Button(context.text("option.next"), f"l.{name}.{number + 1}"))
    context.send(Message("\n".join(text), (*rows, *((tuple(turn),) if turn else ()))))
