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


def work(context: Context, file: ItemFile, duty: Duty) -> None:
    """What is due of one duty now. Whose context it is does not matter: each is told in his own language."""
    if duty.kind == "mailing":
        mail(context, file, duty)
        return
    what = says(duty, context.desk.now)
    if what and duty.kind == "weekly":
        weekly(context, file, duty)
        return
    if what:
        _tell(context, file, duty, what)
    context.desk.items.change_duty(replace(duty, told=2 if what == "late" else max(duty.told, 1)))


def _tell(context: Context, file: ItemFile, duty: Duty, what: str) -> None:
    desk, item = context.desk, file.item
    facts: dict[str, Any] = {
        "title": file.title, "what": cards.what(context, duty.kind, duty.words), "number": item.number,
        "due": cards.by(context, duty.kind, duty.due),
    }  # fmt: skip
    told = set[int]()
    if duty.person:
        who = desk.person(duty.person)
        worn = parts(who, file, desk.rules.directory)
        context.tell(duty.person, f"duty.{what}_you", buttons=cards.told_buttons(file, worn), **facts)
        told.add(duty.person)
    if what != "late":
        return
    name = desk.person(duty.person).name if duty.person else ""
    for person in staff(item.unit, desk.rules.directory):
        if person not in told:
            context.tell(person, "duty.late_staff", name=name, buttons=(("option.look", f"i.show.{item.id}"),), **facts)
    if item.kind is Kind.WORK and item.case is not None:  # a promise that was missed is said to those it was made to
        for person in desk.items.hearing(item.district, item.case):
            context.tell(person, "told.work.late", **facts)


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
            desk.outbox.say(chat, Message(text, ((button,),), media).pack(), person=person, fact=True, idle=True)
    if homes:
        desk.items.mailed(item, homes[-1], len(homes))
    else:
        desk.items.change_duty(replace(duty, state="done", done_at=desk.now))
