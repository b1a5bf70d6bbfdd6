"""围炉夜话: an evening is opened, and each problem is a line."""

from datetime import datetime, time, timedelta

from cases.ledger.model import Kind
from cases.ledger.views import NewItem
from handlers.context import Context
from handlers.ledger import acting, commands, evenings, opening

#: 围炉夜话 is on Tuesday evenings
TUESDAY, EVENING = 2, time(18)


def visit(context: Context, command: commands.OpenVisit) -> None:
    desk, person = context.desk, context.person
    desk.items.drop_weekly(person.id)  # one reminder, of the evening that was set last
    duties = (
        [opening.duty(desk.now, "weekly", command.unit, next_tuesday(context), person.id)] if command.weekly else []
    )
    unit = desk.unit(command.unit)
    title = f"{desk.now.astimezone(desk.rules.calendar.zone):%m-%d} {unit.name if unit else ''} {command.who_came}"
    item = desk.items.open(NewItem(Kind.VISIT, command.unit, title.strip(), person.id, person.id, duties=tuple(duties)))
    context.start("visit_line", item=item)


def no_more(context: Context) -> None:
    context.desk.items.drop_weekly(context.person.id)
    context.say("visit.no_weekly")


def next_tuesday(context: Context) -> datetime:
    zone, now = context.desk.rules.calendar.zone, context.desk.now
    day = now.astimezone(zone).date() + timedelta(days=1)
    while day.isoweekday() != TUESDAY:
        day += timedelta(days=1)
    return datetime.combine(day, EVENING, zone)


def visit_line(context: Context, command: commands.VisitLine) -> None:
    """What is for the discipline body goes there at once, and leaves no word where others read."""
    given = {"mark": command.mark, "matter": command.matter, "unit": command.unit}
    words, media = command.words, command.media
    acting.permitted(context.desk.items.view(command.item, context.person.id), "line")
    if command.mark == "discipline":
        evenings.filed(context, command.item, words, media, given)
        words, media = "", ()
    acting.perform(context, commands.ItemAct(command.item, "line", given, words, media))
    if not command.last:
        context.start("visit_line", item=command.item)
