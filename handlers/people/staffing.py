"""Posts, leave and stand-ins: what the commands of those conversations do, and who hears of it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from cases import routing
from cases.errors import Refused
from handlers import commands, rights, telling
from handlers.context import Context


def apply(context: Context, command: commands.Apply) -> None:
    """The unit's coordinators are asked; with none above, nobody can allow it, and that is said."""
    key, unit = f"role.{command.role}", _name(context, command.unit)
    for coordinator in command.coordinators:
        context.tell(
            coordinator,
            "invite.applies_about" if command.about else "invite.applies",
            name=command.name,
            role=context.reading(coordinator).text(key),
            unit=unit,
            about=command.about,
            buttons=(("option.admit", f"p.y.{command.mark}"), ("option.reject", f"p.n.{command.mark}")),
        )
    context.say("invite.waits" if command.coordinators else "refused.nobody_above", role=context.text(key), unit=unit)


def admit(context: Context, yes: bool, mark: str) -> None:
    """A coordinator answered. Raises Refused when that was done, or is not his to do."""
    taken = context.desk.staffing.admit(mark, context.person.id, yes=yes)
    role, unit = context.reading(taken.person).text(f"role.{taken.role}"), _name(context, taken.unit)
    context.tell(taken.person, "invite.taken" if yes else "invite.rejected", role=role, unit=unit)
    if yes:
        context.tell(taken.person, "led.welcome", buttons=(("option.lessons", "y.1.0"),))
    context.answer("invite.admitted" if yes else "invite.refused", name=context.desk.person(taken.person).name)


def leave(context: Context, command: commands.Leave) -> None:
    """Whole days, by the local calendar. Whoever stands in and the coordinators above hear of it. Raises Refused for
    days that are over: the question was answered late."""
    zone = context.desk.rules.calendar.zone
    first, last = date.fromisoformat(command.first), date.fromisoformat(command.last)
    begins = datetime.combine(first, time(), zone)
    ends = datetime.combine(last + timedelta(days=1), time(), zone)
    if ends <= context.desk.now:
        raise Refused("refused.past")
    context.desk.staffing.leave(context.person.id, max(begins, context.desk.now), ends, command.stand_in)
    name = context.desk.person(command.stand_in).name if command.stand_in else ""
    days: dict[str, Any] = {"first": f"{first:%m-%d}", "last": f"{last:%m-%d}", "name": context.person.name}
    context.say("done.leave", instead=name or context.text("option.nobody"), **days)
    told = set(_coordinators(context)) | ({command.stand_in} if command.stand_in else set())
    for person in sorted(told - {context.person.id}):
        instead = name or context.reading(person).text("option.nobody")
        context.tell(person, "alert.leave", instead=instead, **days)


def back(context: Context, _: commands.Back) -> None:
    leave = context.desk.staffing.leave_of(context.person.id)
    context.desk.staffing.back(context.person.id)
    context.say("done.back")
    told = {*_coordinators(context), leave[2] if leave else None} - {context.person.id, None}
    for person in sorted(filter(None, told)):
        context.tell(person, "alert.back", name=context.person.name)


def dismiss(context: Context, command: commands.Dismiss) -> None:
    """Raises Refused for a unit that is not under this coordinator. Who gets the cases gets one list of them."""
    rights.over(context, command.unit)
    name = context.desk.person(command.person).name
    given = context.desk.staffing.dismiss(command.person, command.unit, context.person.id)
    telling.taken_over(context.world.texts, context.desk, name, given, by=context.person.id)
    context.tell(command.person, "staff.left_you", unit=_name(context, command.unit))
    lines = [
        context.text(
            "staff.given",
            name=context.desk.person(p).name if p else context.text("option.nobody"),
            count=len(numbers),
            numbers="、".join(numbers),
        )
        for p, numbers in given.items()
    ]
    context.say("staff.left", name=name, unit=_name(context, command.unit), cases="\n".join(lines))


def stand_in(context: Context, command: commands.StandIn) -> None:
    rights.over(context, command.unit)
    context.desk.staffing.set_stand_in(command.person, command.unit, command.stand_in)
    name = context.desk.person(command.person).name
    if command.stand_in:
        context.say("staff.stand_in", name=name, instead=context.desk.person(command.stand_in).name)
    else:
        context.say("staff.no_stand_in", name=name)


def _coordinators(context: Context) -> list[int]:
    """The nearest above each of this person's posts who are others."""
    directory, found = context.desk.rules.directory, dict[int, None]()
    for post in context.person.posts:
        found |= dict.fromkeys(routing.coordinators(post.unit, directory, without=(context.person.id,)))
    return list(found)


def _name(context: Context, unit: str) -> str:
    found = context.desk.unit(unit)
    return found.name if found else unit
