"""The coordinator's board: what waits for him, what nobody holds, what is late or about to be, down the tree."""

from cases.errors import Refused
from cases.views import BOARD
from handlers import rights
from handlers.chat import Button, Message, in_rows
from handlers.context import Context
from handlers.naming import label, listed


def board(context: Context, unit: str = "", group: str = "", page: int = 1) -> None:
    """Raises Refused for who coordinates nothing here, and for a forged button."""
    rights.coordinating(context)
    if group and group not in BOARD:
        raise Refused("refused.no_case")
    found = context.desk.lists.board(context.person.id, unit, group, max(1, page))
    if not any(found.counts.values()) and not unit:
        context.say("board.none")
        return
    name = context.desk.unit(unit) if unit else None
    head = context.text("board.unit", unit=name.name) if name else context.text("board.head")
    counts = [context.text(f"board.{key}", count=found.counts[key]) for key in BOARD]
    text = [head, *counts]
    if found.lines:
        text.append(context.text("board.listed", group=context.text(f"group.{group}")) if group else "")
    text += [listed(context, line) for line in found.lines]
    rows: list[tuple[Button, ...]] = [(Button(label(context, line), f"s.{line.key}"),) for line in found.lines]
    narrower = [
        Button(context.text(f"group.{key}"), f"b.{unit}.{key}.1") for key in BOARD if found.counts[key] and key != group
    ]
    below = [Button(f"{name} {count} ▸"[:40], f"b.{code}..1") for code, name, count in found.below]
    turn = []
    if page > 1:
        turn.append(Button(context.text("option.previous"), f"b.{unit}.{group}.{page - 1}"))
    if found.more:
        turn.append(Button(context.text("option.next"), f"b.{unit}.{group}.{page + 1}"))
    several = sum(1 for count in found.counts.values() if count) > 1 or group
    rows += [*(in_rows(narrower) if several else ()), *in_rows(below), *((tuple(turn),) if turn else ())]
    context.send(Message("\n".join(line for line in text if line), tuple(rows)))
