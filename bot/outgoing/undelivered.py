"""What becomes of a fact that cannot reach its person: it does not count, so somebody else hears of it."""

from cases import routing
from cases.life import act
from cases.model import Case
from cases.people import Role
from cases.states import Hat, State
from config.texts import Texts
from handlers.chat import Message
from storage.cases import casefiles
from storage.desk import Desk
from storage.traffic.deliveries import Delivery


def succeed(desk: Desk, texts: Texts, d: Delivery) -> None:
    """The coordinators are told; a case that waited for this person to accept it goes to the next."""
    if d.klass != "fact" or d.person is None:
        return
    if d.case is None:
        if d.urgent:
            _to_the_level_above(desk, d)
        _to_the_desk(desk, texts, d)
        return
    file = casefiles.load(desk.connection, d.case, lock=True)
    if d.private and file.holder == d.person and Hat.HOLDER in desk.groups.near(file):
        return  # the group of his unit is his chat, and has it
    if d.private and not act.hats(desk.person(d.person), file, desk.rules):
        return  # it is none of his any more, and that was told when it became so
    passes_on = d.private and file.holder == d.person and file.case.state in (State.DISPATCHED, State.WORKING)
    _tell_coordinators(desk, texts, d, file.case, show=not passes_on)
    if passes_on:
        desk.save(file, act.act(file, "unreached", act.CLOCK, desk.now, desk.rules))


def _tell_coordinators(desk: Desk, texts: Texts, d: Delivery, case: Case, *, show: bool) -> None:
    assert d.person is not None
    assert d.case is not None
    key = "alert.undelivered" if d.private else "alert.undelivered_group"
    name = desk.person(d.person).name if d.private else desk.group_name(d.chat)
    for coordinator in routing.coordinators(case.desk, desk.directory, without=(d.person,)):
        chat = desk.chat_of(coordinator)
        if chat is not None and chat != d.chat:
            text = texts.say(desk.person(coordinator).language, key, name=name, number=case.number)
            # of one case and one person once a day, however much of it did not get there
            once = f"undelivered:{d.case}:{d.person}:{d.chat}:{chat}:{_today(desk)}"
            desk.outbox.say(chat, Message(text).pack(), person=coordinator, fact=True, once=once)
            if show:
                desk.outbox.show(chat, coordinator, d.case)


def _to_the_desk(desk: Desk, texts: Texts, d: Delivery) -> None:
    """What somebody who serves was to be told, of the ledger or of a post: that it was not read, and not what it was,
    which may be of a household they are far from."""
    assert d.person is not None
    person = desk.person(d.person)
    if not person.posts or (d.urgent and person.serves(Role.COORDINATOR)):
        return
    own = person.posts[0].unit
    above = own if person.serves(Role.COORDINATOR) else None
    asked = routing.coordinators(own, desk.directory, above=above)
    for number, chat in desk.people.chats_of(asked).items():
        words = texts.say(desk.person(number).language, "alert.not_reached", name=person.name)
        once = f"undelivered:{d.person}:{chat}:{_today(desk)}"
        desk.outbox.say(chat, Message(words).pack(), person=number, fact=True, once=once)


def _today(desk: Desk) -> str:
    return f"{desk.now.astimezone(desk.rules.calendar.zone):%Y%m%d}"


def _to_the_level_above(desk: Desk, d: Delivery) -> None:
    """An alert that did not reach a coordinator goes to those above; it names no case that would wait for them."""
    assert d.person is not None
    assert d.payload is not None
    for post in desk.person(d.person).serves(Role.COORDINATOR):
        above = routing.coordinators(post.unit, desk.directory, above=post.unit)
        for person, chat in desk.people.chats_of(above).items():
            desk.outbox.say(chat, d.payload, person=person, fact=True, urgent=True)
