"""/roster (值班): who sits at a unit's desk, today and in the days to come. Who sits there is rung, nobody else."""

from datetime import date, datetime, time, timedelta

from handlers import rights
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.ledger import commands

#: days that are shown
AHEAD = 7


def command(context: Context) -> None:
    posts = rights.coordinating(context)
    desk, text = context.desk, []
    for post in posts:
        unit = desk.unit(post.unit)
        text.append(context.text("roster.head", unit=unit.name if unit else ""))
        sitting = desk.staffing.roster(post.unit, desk.now + timedelta(days=AHEAD))
        lines = [
            context.text("roster.line", name=name, begins=context.when(begins), ends=context.when(ends))
            for name, begins, ends in sitting
        ]
        text += lines or [context.text("roster.everybody")]
    context.send(Message("\n".join(text), ((Button(context.text("option.roster"), "o.roster"),),)))


def sit(context: Context, command_: commands.Sit) -> None:
    """Whole days; hours come by `wangge import roster`. Raises Refused for a unit that is none of theirs."""
    rights.over(context, command_.unit)
    zone = context.desk.rules.calendar.zone
    first, last = date.fromisoformat(command_.first), date.fromisoformat(command_.last)
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    context.desk.staffing.sit(command_.unit, command_.person, begins, ends)
    name = context.desk.person(command_.person).name
    context.say("done.roster", name=name, first=f"{first:%m-%d}", last=f"{last:%m-%d}")
    if command_.person != context.person.id:
        context.tell(command_.person, "told.roster", first=f"{first:%m-%d}", last=f"{last:%m-%d}")
