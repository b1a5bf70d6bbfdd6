"""A household comes into the ledger of needs: written down by who looks after it, or by its own word."""

from datetime import timedelta

from cases.errors import Refused
from cases.ledger.model import Kind, Member, Part
from cases.ledger.views import NewItem
from cases.views import Subject
from handlers.context import Context
from handlers.ledger import commands, opening

#: a need without a day of its own is looked after within so many days
NEED_DAYS = 3


def household(context: Context, command: commands.OpenHousehold) -> None:
    """Whoever looks after the grid keeps it until somebody is paired with it."""
    desk = context.desk
    person = desk.person(context.person.id)  # who has just said his name has one
    staff = bool(person.posts)
    name, phone, unit = command.who or (person.name, "", person.home)
    unit = unit or person.home or next((post.unit for post in person.posts), "")
    if not unit:
        raise Refused("refused.no_home")
    them = desk.subject(Subject(name, phone), proxy=person.id) if command.who else person.id
    candidate = desk.would_hold(unit, them)
    keeper = person.id if staff else candidate.person if candidate else None
    known = desk.items.household(them, unit)
    duties = []
    if command.words or command.media:
        end = desk.rules.calendar.closing(desk.now + timedelta(days=NEED_DAYS))
        duties.append(opening.duty(desk.now, "need", unit, end, keeper, command.words))
    if command.every:
        end = desk.rules.calendar.closing(desk.now + timedelta(days=command.every))
        duties.append(opening.duty(desk.now, "care", unit, end, keeper))
    if known is not None:  # one household, however often it speaks
        for duty in duties:
            desk.items.add_duty(known, duty)
    item = known or desk.items.open(NewItem(
        Kind.HOUSEHOLD, unit, name, person.id, keeper, members=(Member(them, Part.PARTY, unit=unit),),
        duties=tuple(duties), facts={"every": command.every} if command.every else {}, media=command.media,
    ))  # fmt: skip
    opening.opened(context, item, "done.open.household")
    if keeper and keeper != person.id:
        context.tell(keeper, "told.household.open", title=name, words=command.words, media=command.media,
                     buttons=(("option.look", f"i.show.{item}"),))  # fmt: skip
    elif not keeper:
        for coordinator in opening.staff(context, unit):
            context.tell(coordinator, "told.household.open", title=name, words=command.words, media=command.media,
                         buttons=(("option.look", f"i.show.{item}"),))  # fmt: skip
