"""A household comes into the ledger of needs: written down by who looks after it, or by its own word."""

from datetime import timedelta

from cases.errors import Refused
from cases.ledger import sight
from cases.ledger.effects.household import NEED_DAYS
from cases.ledger.model import Duty, Kind, Member, Part
from cases.ledger.views import NewItem
from cases.views import Subject
from handlers.context import Context
from handlers.ledger import announcing, commands, opening


def household(context: Context, command: commands.OpenHousehold) -> None:
    """Whoever looks after the grid keeps it until somebody is paired with it. Raises Refused: nobody knows where."""
    desk = context.desk
    person = desk.person(context.person.id)  # who has just said his name has one
    name, phone, unit, place = command.who or (person.name, "", person.home, "")
    unit = unit or command.unit or person.home or next((post.unit for post in person.posts), "")
    if not unit:
        raise Refused("refused.no_home")
    them = desk.subject(Subject(name, phone), proxy=person.id) if command.who else person.id
    known = desk.items.household(them, unit)
    if known is not None:  # one household, however often it is spoken of, and by whom
        _once_more(context, known, command, unit)
        return
    candidate = desk.would_hold(unit, them)
    keeper = person.id if person.posts else candidate.person if candidate else None
    item = desk.items.open(
        NewItem(
            Kind.HOUSEHOLD,
            unit,
            name,
            person.id,
            keeper,
            members=(Member(them, Part.PARTY, unit=unit),),
            duties=tuple(_duties(context, command, unit, keeper)),
            facts={"every": command.every} if command.every else {},
            words=place,
            media=command.media,
        )
    )
    if person.posts or them == person.id:
        opening.opened(context, item, "done.open.household")
    else:  # what others say of them later is not for who asked once
        context.say("done.open.household")
    directory = desk.rules.directory
    for told in (keeper,) if keeper else opening.staff(context, unit):
        near = told == keeper or sight.decides(desk.person(told), directory.line(unit), directory)
        said = command.words or context.reading(told).text("card.media_only")
        if told != person.id:
            context.tell(
                told,
                "told.household.open",
                title=name if near else sight.hidden(name),
                words=said if near else "",
                media=command.media if near else (),
                buttons=(("option.look", f"i.show.{item}"),),
            )


def _duties(context: Context, command: commands.OpenHousehold, unit: str, keeper: int | None) -> list[Duty]:
    desk, found = context.desk, []
    calendar = desk.rules.at(unit).calendar
    if command.words or command.media:
        end = calendar.closing(desk.now + timedelta(days=NEED_DAYS))
        found.append(opening.duty(desk.now, "need", unit, end, keeper, command.words))
    if command.every:
        end = calendar.closing(desk.now + timedelta(days=command.every))
        found.append(opening.duty(desk.now, "care", unit, end, keeper))
    return found


def _once_more(context: Context, item: int, command: commands.OpenHousehold, unit: str) -> None:
    """Its keeper has what is needed; who only speaks of it learns nothing of it."""
    for duty in _duties(context, command, unit, None):
        if duty.kind == "need":
            announcing.announce(context, context.desk.items.ask(item, duty, context.person.id, command.media))
    try:
        opening.opened(context, item, "done.open.household")
    except Refused:
        context.say("done.open.household")
