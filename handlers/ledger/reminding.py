"""What the clock says of a duty, and a notice on its way to every home."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cases.ledger.act import parts, staff
from cases.ledger.clock import says
from cases.ledger.model import Duty, ItemFile, Kind
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.ledger import cards

#: homes that one commit writes to
AT_ONCE = 200
WEEK = timedelta(days=7)
PAUSE = timedelta(seconds=1)


def work(context: Context, file: ItemFile, duty: Duty) -> None:
    """What is due of one duty now. Whose context it is does not matter: each is told in his own language."""
    if duty.kind == "mailing":
        mail(context, file, duty)
        return
    what = says(duty, context.desk.now)
    if what and duty.kind == "weekly":
        weekly(context, file, duty)
        return
    if what == "late" and file.item.kind is Kind.PATROL:
        patrol(context, file)
        return
    if what:
        _tell(context, file, duty, what)
    context.desk.items.change_duty(replace(duty, told=2 if what == "late" else max(duty.told, 1)))


def _facts(context: Context, file: ItemFile, duty: Duty) -> dict[str, Any]:
    return {"title": file.title, "what": cards.what(context, duty.kind, duty.words), "number": file.item.number,
            "due": cards.by(context, duty.kind, duty.due)}  # fmt: skip


def _you(context: Context, file: ItemFile, duty: Duty, what: str) -> set[int]:
    """Whose duty it is; who stands in for him while he is on leave. Empty: nobody could be told."""
    desk, told = context.desk, set[int]()
    leave = desk.leave_of(duty.person) if duty.person else None
    away = leave is not None and leave[0] <= desk.now
    for person in (leave[2] if away and leave else None, duty.person):
        if person and desk.chat_of(person) is not None:
            worn = parts(desk.person(person), file, desk.rules.directory)
            context.tell(person, f"duty.{what}_you", buttons=cards.told_buttons(file, worn),
                         **_facts(context, file, duty))  # fmt: skip
            if person != duty.person or not away:
                told.add(person)
    return told


def _tell(context: Context, file: ItemFile, duty: Duty, what: str) -> None:
    desk, item = context.desk, file.item
    told = _you(context, file, duty, what)
    if what != "late" and told:
        return
    name = desk.person(duty.person).name if duty.person else ""
    for person in staff(item.unit, desk.rules.directory):
        if person not in told:
            facts = _facts(context, file, duty)
            if item.kind is Kind.HOUSEHOLD and not cards.near(desk.person(person), item.unit, desk.rules.directory):
                facts |= {"title": cards.hidden(file.title), "what": context.text(f"duty.{duty.kind}")}
            key = "duty.late_staff" if what == "late" else "duty.remind_staff"
            context.tell(person, key, name=name, buttons=(("option.look", f"i.show.{item.id}"),), **facts)
    if what == "late" and item.kind is Kind.WORK and item.case is not None:  # said to those it was promised to
        for person in desk.items.hearing(item.district, item.case):
            context.tell(person, "told.work.late", **_facts(context, file, duty))


def patrol(context: Context, file: ItemFile) -> None:
    """However many grids were not gone through, the coordinators hear of it once."""
    desk = context.desk
    late = [duty for duty in file.open if duty.due <= desk.now and duty.told < 2]
    for duty in late:
        _you(context, file, duty, "late")
        desk.items.change_duty(replace(duty, told=2))
    for person in staff(file.item.unit, desk.rules.directory):
        context.tell(person, "duty.late_patrol", title=file.title, count=len(late),
                     buttons=(("option.look", f"i.show.{file.item.id}"),))  # fmt: skip


def weekly(context: Context, file: ItemFile, duty: Duty) -> None:
    """以后每周二: said once, in the afternoon before, and the next one is set."""
    if duty.person:
        context.tell(duty.person, "visit.tonight", title=file.title)
    context.desk.items.change_duty(replace(duty, due=duty.due + WEEK, made_at=context.desk.now, told=0))


def mail(context: Context, file: ItemFile, duty: Duty) -> None:
    desk, item = context.desk, file.item
    homes = desk.items.homes(item.unit, after=int(item.facts.get("after", 0)), limit=AT_ONCE)
    media = desk.items.media(item.id)
    for person in homes:
        if person == item.by:
            continue
        chat, texts, language = desk.chat_of(person), context.world.texts, desk.person(person).language
        if chat is not None:
            button = Button(texts.say(language, "option.no_notices"), "q.y")
            text = texts.say(language, "notice.sent", words=file.title, unit=desk.items.unit_name(item.unit))
            desk.outbox.say(chat, Message(text, ((button,),), media).pack(), fact=True, idle=True)
    if homes:
        desk.items.mailed(item, homes[-1], len(homes))
    if len(homes) < AT_ONCE:
        desk.items.change_duty(replace(duty, state="done", done_at=desk.now))
    else:  # what else is due goes between
        desk.items.look_again(duty, desk.now + PAUSE)
