"""Lists of cases, each line a button: mine, my tasks, the coordinator's board."""

from collections.abc import Sequence

from cases.desk import CaseKey, CaseLine
from cases.model import OPEN
from handlers.actions import label
from handlers.chat import Button, Message
from handlers.context import Context

PAGE = 8


def mine(context: Context, page_: int = 1) -> None:
    _list(context, "mine", context.desk.mine(context.person.id), page_)


def tasks(context: Context, page_: int = 1) -> None:
    _list(context, "tasks", context.desk.tasks(context.person.id), page_)


def board(context: Context, page_: int = 1) -> None:
    """Nobody holds · late · about to be late · waiting for me: the heaviest first."""
    groups = context.desk.board(context.person.id)
    counts = "\n".join(context.text(f"board.{name}", count=len(lines)) for name, lines in groups.items())
    ordered = list({line.key: line for lines in groups.values() for line in lines}.values())
    _list(context, "board", ordered, page_, head=f"{context.text('board.head')}\n{counts}")


LISTS = {"mine": mine, "tasks": tasks, "board": board}


def page(context: Context, name: str, number: int) -> None:
    """Raises ValueError on a list nobody has: a forged button."""
    if name not in LISTS:
        raise ValueError(name)
    LISTS[name](context, max(1, number))


def show(context: Context, key: CaseKey) -> None:
    view = context.desk.view(key, context.person.id)
    context.desk.outbox.show(context.chat, context.person.id, view.key)


def _list(context: Context, name: str, lines: Sequence[CaseLine], number: int, head: str = "") -> None:
    if not lines:
        context.say(f"{name}.none")
        return
    shown = lines[(number - 1) * PAGE : number * PAGE]
    text = [head or context.text(f"{name}.head", count=len(lines))]
    text += [_line(context, line) for line in shown]
    rows = [(Button(label(context, line), f"s.{line.key}"),) for line in shown]
    turn = []
    if number > 1:
        turn.append(Button(context.text("option.previous"), f"l.{name}.{number - 1}"))
    if len(lines) > number * PAGE:
        turn.append(Button(context.text("option.next"), f"l.{name}.{number + 1}"))
    context.send(Message("\n".join(text), (*rows, *((tuple(turn),) if turn else ()))))


def _line(context: Context, line: CaseLine) -> str:
    late = line.state in OPEN and line.due is not None and line.due < context.desk.now
    return context.text(
        "list.line_late" if late else "list.line", number=line.number,
        matter=context.matter(line.matter, private=line.private), state=context.text(f"state.{line.state}"),
        place=line.place or line.unit_name, due=context.when(line.due) if line.due else "",
    )  # fmt: skip
