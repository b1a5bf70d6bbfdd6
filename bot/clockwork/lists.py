"""The list of the day for one person: made, put into the outbox, and the next one set."""

from datetime import time

from bot.house import House
from cases.people import Person
from cases.timing import hours
from config import workdays
from handlers.cases import morning as words
from handlers.context import Context
from storage.database.engine import Connection
from storage.desk import Desk
from storage.traffic import morning


def make(house: House, desk: Desk, number: int) -> None:
    person, now = desk.person(number), desk.now
    rules = desk.rules.at(person.posts[0].unit) if person.posts else desk.rules
    calendar = rules.calendar
    if not person.posts or calendar.morning is None:
        morning.next_list(desk.connection, number, None)
        return
    ahead = calendar.awake(calendar.next_morning(now, begins(person)))
    morning.next_list(desk.connection, number, ahead)
    chat = desk.chat_of(number)
    if chat is None or calendar.asleep(now):
        return
    kept = morning.kept(desk.connection, chat, now)
    world = house.world.at(desk.directory.line(person.posts[0].unit))
    local = now.astimezone(calendar.zone)
    message = words.compose(
        Context(world, desk, person, chat),
        kept,
        workday=calendar.is_workday(local.date()),
        next_year_known=workdays.known(local.year + 1, house.settings),
    )
    if message is not None:
        desk.outbox.say(chat, message.pack(), person=number, fact=True)


def fold(house: House, connection: Connection) -> bool:
    """Somebody would be rung for many cases in one moment: he gets one list instead. False: nobody would."""
    desk = house.desk(connection, "list")
    found = morning.crowded(connection, desk.now)
    if found is None:
        return False
    number, chat = found
    keys = morning.kept(connection, chat, desk.now)
    person = desk.person(number)
    where = person.posts[0].unit if person.posts else person.home
    context = Context(house.world.at(desk.directory.line(where)), desk, person, chat)
    message = words.at_once(context, sorted(keys))
    if message is not None:
        desk.outbox.say(chat, message.pack(), person=number, fact=True)
    return True


def begins(person: Person) -> time | None:
    """When a part-timer's own hours begin, every day; None: with everybody's."""
    declared = [hours.parse(post.hours) for post in person.posts]
    if not declared or not all(h.windows for h in declared):
        return None
    return min(w.begin for h in declared for w in h.windows)
