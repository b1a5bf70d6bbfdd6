"""A unit writes to those who live there; who wants none, gets none."""

from cases.ledger.model import Kind
from cases.ledger.views import NewItem
from handlers.chat import Button, Message
from handlers.context import Context
from handlers.ledger import acting, commands, opening


def notice(context: Context, command: commands.OpenNotice) -> None:
    """Sent at once, or first read by somebody one level up where the place wants that."""
    opening.serves(context, command.unit)
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


def silence(context: Context, command: commands.Silence) -> None:
    context.desk.silence(context.person.id, silent=command.silent)
    if command.silent:
        again = Button(context.text("option.notices_again"), "q.n")
        context.send(Message(context.text("notices.off"), ((again,),)))
    else:
        context.say("notices.on")
