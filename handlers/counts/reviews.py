"""/review (述职评议): a unit's year as one document, and the list of what is to be mended after it."""

from datetime import datetime

from cases.errors import Refused
from cases.ledger.model import Kind
from cases.ledger.views import NewItem
from handlers import rights
from handlers.context import Context
from handlers.ledger import commands


def command(context: Context) -> None:
    rights.coordinating(context, *rights.OVERSEEING)
    context.start("review")


def begin(context: Context, command_: commands.Review) -> None:
    """The same unit and year again is the same list, and a new document."""
    desk = context.desk
    if not rights.oversees(context.person, command_.unit, desk.rules.directory):
        raise Refused("refused.not_yours")
    zone = desk.rules.calendar.zone
    year = desk.now.astimezone(zone).year - (command_.year == "last")
    unit = desk.unit(command_.unit)
    title = f"{unit.name if unit else ''} {year}"
    known = [
        line.id
        for line in desk.items.lines(context.person, (Kind.REVIEW,), command_.unit, ("open",))
        if line.title == title and line.unit == command_.unit
    ]
    item = (
        known[0]
        if known
        else desk.items.open(NewItem(Kind.REVIEW, command_.unit, title, context.person.id, context.person.id))
    )
    since, until = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    desk.outbox.make(
        context.chat,
        context.person.id,
        "review",
        {
            "of": command_.unit,
            "since": since.isoformat(),
            "until": until.isoformat(),
            "item": item,
        },
    )
