"""A notice on its way to every home, a few hundred at a time."""

from dataclasses import replace
from datetime import timedelta

from cases.ledger.model import Duty, ItemFile
from handlers.chat import Button, Message
from handlers.context import Context

#: homes that one commit writes to
AT_ONCE = 200
PAUSE = timedelta(seconds=1)


def mail(context: Context, file: ItemFile, duty: Duty) -> None:
    desk, item = context.desk, file.item
    homes = desk.items.homes(item.unit, after=int(item.facts.get("after", 0)), limit=AT_ONCE)
    media, urgent = desk.items.media(item.id), bool(item.facts.get("urgent"))
    unit, texts = desk.items.unit_name(item.unit) if homes else "", context.world.texts
    in_language = {
        language: Message(
            texts.say(language, "notice.sent", words=file.title, unit=unit),
            ((Button(texts.say(language, "option.no_notices"), "q.y"),),),
            media,
        ).pack()
        for language in {home.language for home in homes}
    }
    for home in homes:
        if home.person != item.by:
            message = in_language[home.language]
            desk.outbox.say(home.chat, message, fact=True, idle=not urgent, urgent=urgent, unit=item.unit)
    if homes:
        desk.items.mailed(item, homes[-1].person, len(homes))
    if len(homes) < AT_ONCE:
        desk.items.change_duty(replace(duty, state="done", done_at=desk.now))
    else:  # what else is due goes between
        desk.items.look_again(duty, desk.now + PAUSE)
