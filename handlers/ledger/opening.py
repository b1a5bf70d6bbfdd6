"""Items of the ledger begin: what the commands of those conversations do."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from cases.errors import Refused
from cases.ledger.model import Duty, Kind, Member, Part
from cases.ledger.views import NewItem
from cases.model import Hat
from cases.people import Role
from cases.views import CaseKey, NewCase, Subject
from handlers import commands, telling
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.ledger import acting, cards
from handlers.naming import public

#: a need without a day of its own is looked after within so many working days' worth of days
NEED_DAYS = 3
#: 围炉夜话 is on Tuesday evenings
TUESDAY, EVENING = 2, time(18)
#: "张大爷：路灯不亮": who raised it, before what it is
_RAISED = re.compile(r"^([\u4e00-\u9fff]{2,8})\s*(1\d{10})?\s*[：:]\s*(?!\d)(.+)$", re.DOTALL)


def _opened(context: Context, item: int, key: str, **params: object) -> None:
    view = context.desk.items.view(item, context.person.id)
    context.send(cards.card(context, view, head=context.text(key, **params)))


def work(context: Context, command: commands.OpenWork) -> None:
    """The holder answers for it; every step is a duty of his."""
    desk, key = context.desk, CaseKey.parse(command.case)
    view = desk.view(key, context.person.id)
    case = view.file.case
    if desk.items.of_case(key, Kind.WORK) is not None and case.round == 1:
        return
    duties = tuple(_duty(desk.now, "milestone", case.unit, datetime.fromisoformat(at), context.person.id, words)
                   for at, words in command.steps)  # fmt: skip
    place = "" if case.confidential else public(desk.lines([key])[0])
    title = " · ".join(filter(None, (context.matter(case.matter), place)))
    item = desk.items.open(NewItem(Kind.WORK, case.unit, title, context.person.id, context.person.id, key,
                                   duties=duties))  # fmt: skip
    _opened(context, item, "done.open.work")
    last = max(duty.due for duty in duties)
    for person in desk.items.hearing(case.district, case.id):
        if person != context.person.id:
            context.tell(person, "told.work.open", number=case.number, title=title, day=context.day(last),
                         words="\n".join(f"{context.day(d.due)} {d.words}" for d in duties))  # fmt: skip


def _duty(now: datetime, kind: str, unit: str, due: datetime, person: int | None, words: str = "") -> Duty:
    return Duty(0, kind, person, unit, due, now, words)


def mediation(context: Context, case: CaseKey) -> None:
    """转调解: the case's reporter is the first party. Never where blows were spoken of (反家暴条例, 人民调解法 25)."""
    desk = context.desk
    view = desk.view(case, context.person.id)
    if desk.items.of_case(case, Kind.MEDIATION) is not None:
        raise Refused("refused.mediated_already")
    if violent(context, view.words):
        raise Refused("refused.violence")
    desk.perform(case, "mediate", context.person.id, context.chat, {}, "", ())
    if view.file.case.confidential and Hat.COORDINATOR not in view.hats:
        raise Refused("refused.coordinators_only")  # the holder is not to learn who reported it
    voices = [party.person for party in view.file.voices]
    title = " · ".join(filter(None, (context.matter(view.file.case.matter), view.unit_name)))
    item = desk.items.open(NewItem(
        Kind.MEDIATION, view.file.case.unit, title, context.person.id, context.person.id, case,
        members=tuple(Member(person, Part.PARTY, unit=view.file.case.unit) for person in voices),
    ))  # fmt: skip
    _opened(context, item, "done.open.mediation")


def violent(context: Context, words: str) -> bool:
    police = [h for h in context.world.taxonomy.handoffs if h.id in ("police", "minor_protect")]
    return any(word in words for handoff in police for word in handoff.keywords)


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
        duties.append(_duty(desk.now, "need", unit, end, keeper, command.words))
    if command.every:
        end = desk.rules.calendar.closing(desk.now + timedelta(days=command.every))
        duties.append(_duty(desk.now, "care", unit, end, keeper))
    if known is not None:  # one household, however often it speaks
        for duty in duties:
            desk.items.add_duty(known, duty)
    item = known or desk.items.open(NewItem(
        Kind.HOUSEHOLD, unit, name, person.id, keeper, members=(Member(them, Part.PARTY, unit=unit),),
        duties=tuple(duties), facts={"every": command.every} if command.every else {}, media=command.media,
    ))  # fmt: skip
    _opened(context, item, "done.open.household")
    if keeper and keeper != person.id:
        context.tell(keeper, "told.household.open", title=name, words=command.words, media=command.media,
                     buttons=(("option.look", f"i.show.{item}"),))  # fmt: skip
    elif not keeper:
        for coordinator in _staff(context, unit):
            context.tell(coordinator, "told.household.open", title=name, words=command.words, media=command.media,
                         buttons=(("option.look", f"i.show.{item}"),))  # fmt: skip


def _staff(context: Context, unit: str) -> Sequence[int]:
    directory = context.desk.rules.directory
    return next((found for code in directory.line(unit) if (found := directory.coordinators(code))), ())


def visit(context: Context, command: commands.OpenVisit) -> None:
    desk, person = context.desk, context.person
    desk.items.drop_weekly(person.id)  # one reminder, of the evening that was set last
    duties = [_duty(desk.now, "weekly", command.unit, next_tuesday(context), person.id)] if command.weekly else []
    unit = desk.unit(command.unit)
    title = f"{desk.now.astimezone(desk.rules.calendar.zone):%m-%d} {unit.name if unit else ''} {command.who_came}"
    item = desk.items.open(NewItem(Kind.VISIT, command.unit, title.strip(), person.id, person.id,
                                   duties=tuple(duties)))  # fmt: skip
    context.start("visit_line", item=item)


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
        _file(context, command.item, words, media, given)
        words, media = "", ()
    acting.perform(context, commands.ItemAct(command.item, "line", given, words, media))
    context.start("visit_line", item=command.item)


def _file(context: Context, item: int, words: str, media: tuple[int, ...], given: Mapping[str, Any]) -> CaseKey:
    """A line becomes a case; whoever raised it is named in front: 张大爷：…"""
    view = context.desk.items.view(item, context.person.id)
    raised = _RAISED.match(words)
    subject = Subject(raised[1].strip(), raised[2] or "") if raised else None
    private = given["mark"] == "discipline"
    return context.desk.file(NewCase(
        draft=None, part="complaint" if private else "whole", person=context.person.id, chat=context.chat,
        hat=Hat.PROXY if subject else Hat.REPORTER, matter="" if private else given["matter"],
        unit=given["unit"] or view.file.item.unit, place="", words=raised[3].strip() if raised else words, media=media,
        private=private, source="visit", subject=subject,
    ))  # fmt: skip


def visit_closed(context: Context, item: int) -> None:
    """What goes on the list becomes cases; what is to be pressed is supervised from the first minute; the evening's
    figures go to the coordinators."""
    desk = context.desk
    view = desk.items.view(item, context.person.id)
    filed: list[CaseKey] = []
    for note in view.notes:
        if note.given.get("mark") in ("listed", "pressed"):
            filed.append(_file(context, item, note.words, note.media, note.given))
            if note.given["mark"] == "pressed":
                _press(context, filed[-1])
    facts = view.file.item.facts
    figures: dict[str, Any] = {mark: facts.get(mark, 0) for mark in cards.MARKS}
    text = context.text("visit.closed", title=view.file.title, gathered=sum(figures.values()), **figures)
    context.send(Message("\n".join([text, *(line.number for line in desk.lines(filed))])))
    for person in _staff(context, view.file.item.unit):
        if person != context.person.id:
            telling.tell(context.world.texts, desk, person, "visit.closed", title=view.file.title,
                         gathered=sum(figures.values()), **figures)  # fmt: skip


def _press(context: Context, case: CaseKey) -> None:
    """督办, where the one who listened may; else those who may are asked to."""
    line, unit = context.desk.lines([case])[0], context.desk.view(case, context.person.id).file.case.unit
    above = context.desk.rules.directory.line(unit)
    if any(post.unit in above for post in context.person.serves(Role.COORDINATOR)):
        context.desk.perform(case, "supervise", context.person.id, context.chat, {},
                             context.text("visit.press_note"), ())  # fmt: skip
        return
    for person in _staff(context, unit):
        context.tell(person, "told.visit.pressed", number=line.number, by=context.person.name,
                     buttons=(("action.supervise", f"a.supervise.{case}"),))  # fmt: skip


def patrol(context: Context, command: commands.OpenPatrol) -> None:
    """A duty for a worker of every grid; a grid without one is said."""
    _serves(context, command.unit)
    desk = context.desk
    due = datetime.fromisoformat(command.day)
    grids = desk.items.grids(command.unit)
    duties = tuple(_duty(desk.now, "patrol", unit, due, person) for unit, person in grids if person)
    if not duties:
        raise Refused("refused.no_workers")
    item = desk.items.open(NewItem(Kind.PATROL, command.unit, command.title, context.person.id, duties=duties))
    _opened(context, item, "done.open.patrol", missing=len(grids) - len(duties))
    for person in dict.fromkeys(duty.person for duty in duties if duty.person):
        context.tell(person, "told.patrol.open", title=command.title, day=context.day(due),
                     buttons=(("do.patrol.done", f"i.done.{item}"),))  # fmt: skip


def _serves(context: Context, unit: str) -> None:
    line = context.desk.rules.directory.line(unit)
    if not any(post.unit in line for post in context.person.serves(Role.COORDINATOR)):
        raise Refused("refused.not_your_unit")


def notice(context: Context, command: commands.OpenNotice) -> None:
    """Sent at once, or first read by somebody one level up where the place wants that."""
    _serves(context, command.unit)
    desk = context.desk
    item = desk.items.open(NewItem(Kind.NOTICE, command.unit, command.words, context.person.id, context.person.id,
                                   media=command.media))  # fmt: skip
    if not desk.rules.notices_approved:
        acting.perform(context, commands.ItemAct(item, "send"))
        return
    above = desk.rules.directory.line(command.unit)[1:]
    asked = next((found for code in above if (found := desk.rules.directory.coordinators(code))), ())
    for person in asked:
        context.tell(person, "told.notice.open", words=command.words, by=context.person.name, media=command.media,
                     buttons=(("do.notice.approve", f"i.approve.{item}"),
                              ("do.notice.reject", f"i.reject.{item}")))  # fmt: skip
    context.say("done.open.notice" if asked else "refused.nobody_above")


def contest(context: Context, command: commands.Contest) -> None:
    """A coordinator decides; it is kept either way."""
    desk, person = context.desk, context.person
    unit = next(post.unit for post in person.posts)
    view = desk.case_by_number(command.number)
    if view is None or not any(a.person == person.id for a in desk.view(view, person.id).file.assignments):
        raise Refused("refused.no_case")
    title = f"{person.name} {command.number}"
    if any(line.title == title for line in desk.items.lines(person, (Kind.CONTEST,))):
        raise Refused("refused.contested")
    item = desk.items.open(NewItem(Kind.CONTEST, unit, title, person.id, media=command.media,
                                   words=command.words, facts={"number": command.number}))  # fmt: skip
    context.say("done.open.contest")
    line = desk.rules.directory.line(unit)
    others = ([c for c in desk.rules.directory.coordinators(code) if c != person.id] for code in line)
    for coordinator in next((found for found in others if found), []):
        context.tell(coordinator, "told.contest.open", title=title, words=command.words, media=command.media,
                     buttons=(("do.contest.uphold", f"i.uphold.{item}"),
                              ("do.contest.dismiss", f"i.dismiss.{item}")))  # fmt: skip


def export(context: Context, command: commands.Export) -> None:
    context.desk.outbox.make(context.chat, context.person.id, "sheet", {"what": command.what, "of": command.unit})


def silence(context: Context, command: commands.Silence) -> None:
    context.desk.silence(context.person.id, silent=command.silent)
    if command.silent:
        again = Button(context.text("option.notices_again"), "q.n")
        context.send(Message(context.text("notices.off"), ((again,),)))
    else:
        context.say("notices.on")


def _nothing_more(context: Context, item: int) -> None:
    """The next one is asked for at once."""
    del context, item


acting.AFTER |= {(Kind.VISIT, "close"): visit_closed, (Kind.VISIT, "line"): _nothing_more}
