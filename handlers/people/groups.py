"""In groups: a unit's own group shows its cards; whoever else speaks to us is led to a private chat."""

from cases import routing
from handlers import rights
from handlers.chat import Button, Incoming, Message
from handlers.context import Context


def happened(context: Context, incoming: Incoming) -> None:
    """The chat itself changed."""
    if incoming.event == "left":
        context.desk.groups.leave(context.chat)
        if incoming.private:
            _lost(context)
    elif incoming.event == "moved":
        context.desk.groups.move(context.chat, incoming.moved_to)
    elif incoming.event == "joined" and not incoming.private:
        lead(context, "group.joined")


def _lost(context: Context) -> None:
    """Who works here and stops the chat: nothing waits with him, and those above him know it now."""
    given = context.desk.staffing.lost(context.person.id)
    units = dict.fromkeys(post.unit for post in context.person.posts)
    told = (routing.coordinators(unit, context.desk.rules.directory, without=(context.person.id,)) for unit in units)
    for person in dict.fromkeys(person for found in told for person in found):
        key = "alert.lost" if given else "alert.lost_free"
        context.tell(person, key, name=context.person.name, count=len(given), numbers="、".join(given))


def lead(context: Context, key: str = "group.in_private") -> None:
    """Where to speak in private, one tap away; nothing of what was said is repeated."""
    assert context.incoming is not None
    link = context.incoming.link
    rows = ((Button(context.text("option.in_private"), url=f"{link}?start=report"),),) if link else ()
    context.send(Message(context.text(key), rows))


def bind(context: Context) -> None:
    """/bind, said in the group by a coordinator of the unit."""
    if context.private:
        context.say("bind.in_group")
        return
    rights.coordinating(context)
    context.start("bind", code=context.argument, bound=bool(context.desk.groups.unit_of(context.chat)))


def bound(context: Context, unit: str) -> None:
    """Raises Refused for a unit that is not under this coordinator."""
    if unit:
        rights.over(context, unit)
    context.desk.groups.bind(context.chat, unit or None)
    found = context.desk.unit(unit) if unit else None
    context.say("bind.done" if found else "bind.undone", unit=found.name if found else "")
