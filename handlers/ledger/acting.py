"""An action on an item, from a tap or a flow: asked for what it needs, done, and told to whom it concerns."""

from collections.abc import Callable

from cases.errors import Refused
from cases.ledger.act import parts
from cases.ledger.model import ItemChange, ItemFile, Kind, Part
from cases.ledger.table import TABLE, Row
from cases.ledger.views import ItemView
from cases.views import Subject
from handlers.chat import Message
from handlers.context import Context
from handlers.ledger import announcing, cards, commands, evenings, mediations, menus
from handlers.reports import reporting

#: what an action is answered with instead of the card; after a line of an evening the next is asked for
AFTER: dict[tuple[Kind, str], Callable[[Context, int], None]] = {
    (Kind.VISIT, "close"): evenings.closed,
    (Kind.VISIT, "line"): lambda context, item: None,  # noqa: ARG005 - as the type has it
}


def tapped(context: Context, action: str, item: int) -> None:
    """Raises Refused in the words of what is in the way."""
    if action == "show":
        show(context, item)
        return
    view = context.desk.items.view(item, context.person.id)
    if action == "papers":
        if not cards.may_print(view):
            raise Refused("refused.not_yours")
        context.desk.outbox.make(context.chat, context.person.id, "papers", {"item": item})
        return
    kind, row = view.file.item.kind, permitted(view, action)
    if "member" in row.needs and Part.PARTY in view.parts:  # for himself, and for nobody else
        perform(context, commands.ItemAct(item, action, {"member": context.person.id}))
    elif action == "line":
        context.start("visit_line", item=item)
    elif row.needs:
        context.start("item", action=action, item=item, kind=kind.value, needs=list(row.needs))
    else:
        perform(context, commands.ItemAct(item, action))


def typed(context: Context, words: str) -> bool:
    """ "去过了" of the one duty it fits; of several, the list of them. False: no label of the ledger."""
    plain = words.strip("[]【】。.!！ ").lower()
    found = {row for row in TABLE.values() if plain == context.text(f"do.{row.kind}.{row.action}").lower()}
    if not found:
        return False
    kinds = {row.kind: row.action for row in found}
    mine = {duty.item: duty.of for duty in context.desk.items.duties_of(context.person.id) if duty.of in kinds}
    if not mine:
        return False
    if len(mine) > 1:
        menus.duties(context)
        return True
    ((item, kind),) = mine.items()
    tapped(context, kinds[kind], item)
    return True


def permitted(view: ItemView, action: str) -> Row:
    """The row of the table. Raises Refused, before anything is written."""
    row = TABLE.get((view.file.item.kind, action))
    if row is None:
        raise Refused("refused.no_case")
    if not row.by & view.parts:
        raise Refused("refused.not_yours")
    if view.file.item.state not in row.begins:
        raise Refused("refused.over")
    return row


def show(context: Context, item: int) -> None:
    context.send(cards.card(context, context.desk.items.view(item, context.person.id)))


def perform(context: Context, command: commands.ItemAct) -> None:
    desk, given = context.desk, dict(command.given)
    permitted(desk.items.view(command.item, context.person.id), command.action)
    if "who" in given:  # a name and a number stand with the person, not in the history
        name, phone, unit, _ = given.pop("who")
        given |= {"person": desk.subject(Subject(name, phone)), "unit": unit}
    change = desk.items.perform(command.item, command.action, context.person.id, given, command.words, command.media)
    announcing.announce(context, change)
    if change.file.item.kind is Kind.MEDIATION:
        mediations.heard_blows(context, command.item, command.words)
    _found(context, change)
    after = AFTER.get((change.file.item.kind, command.action))
    if after is not None:
        after(context, command.item)
        return
    view = desk.items.view(command.item, context.person.id) if _theirs(context, change.file) else None
    deed = f"{change.file.item.kind}.{command.action}"
    own = context.world.texts.has(f"done.{deed}")
    done = context.text(f"done.{deed}") if own else context.text("done.item", what=context.text(f"do.{deed}"))
    context.send(cards.card(context, view, head=done) if view else Message(done))


def _theirs(context: Context, file: ItemFile) -> bool:
    return bool(parts(context.person, file, context.desk.rules.directory))


def _found(context: Context, change: ItemChange) -> None:
    """What somebody saw on a patrol, and what is wrong, becomes a report he only has to submit."""
    if change.file.item.kind is Kind.PATROL and context.understood.matter and context.incoming is not None:
        reporting.report(context, context.incoming, change.note.media)
