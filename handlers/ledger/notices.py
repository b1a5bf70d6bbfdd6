"""A unit writes to those who live there; who wants none, gets none."""

from cases import routing
from cases.errors import Refused
from cases.ledger.model import Kind
from cases.ledger.views import NewItem
from handlers import rights
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.ledger import acting, commands


def notice(context: Context, command: commands.OpenNotice) -> None:
    """Sent at once, or first read by somebody one level up where the place wants that. Raises Refused: nobody is."""
    rights.over(context, command.unit)
    desk = context.desk
    approved, directory = desk.rules.notices_approved, desk.rules.directory
    asked = routing.coordinators(command.unit, directory, above=command.unit) if approved else []
    if approved and not asked:
        raise Refused("refused.nobody_above")
    item = desk.items.open(
        NewItem(
            Kind.NOTICE,
            command.unit,
            command.words,
            context.person.id,
            context.person.id,
            media=command.media,
            facts={"urgent": True} if command.urgent else {},
        )
    )
    if not asked:
        acting.perform(context, commands.ItemAct(item, "send"))
        return
    for person in asked:
        context.tell(
            person,
            "told.notice.open",
            words=command.words,
            by=context.person.name,
            media=command.media,
            buttons=(("do.notice.approve", f"i.approve.{item}"), ("do.notice.reject", f"i.reject.{item}")),
        )
    context.say("done.open.notice")


def silence(context: Context, command: commands.Silence) -> None:
    context.desk.silence(context.person.id, silent=command.silent)
    if command.silent:
        again = Button(context.text("option.notices_again"), "q.n")
        context.send(Message(context.text("notices.off"), ((again,),)))
    else:
        context.say("notices.on")


def quiet(context: Context, unit: str) -> str:
    """Until when nothing rings now, in words; "": it rings."""
    told = context.desk.rules.at(unit).calendar.told(context.desk.now)
    return context.when(told) if told > context.desk.now else ""
