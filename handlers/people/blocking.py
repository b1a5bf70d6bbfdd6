"""Who is not listened to: said once, with the reason and the end; what is an emergency is heard all the same."""

import re
from datetime import timedelta

from cases import routing
from cases.views import CaseKey
from handlers import rights
from handlers.chat import Incoming
from handlers.context import Context
from handlers.reports import alarms

#: days a coordinator may say; longer is the operator's to decide (`wangge blocks add`)
LONGEST = 30
#: commands that are answered all the same: what is kept of somebody is his, blocked or not
OWN = ("/privacy", "/quiet")
#: characters of a name or a number
ANSWER = 20
_COMMAND = re.compile(r"(\S+)\s+(\d{1,3})\s*(?:d|天)?\s+(\S.*)", re.DOTALL)


def command(context: Context) -> None:
    """/block NUMBER DAYS REASON: whoever reported this case. The level above hears of it."""
    rights.coordinating(context)
    said = _COMMAND.fullmatch(context.argument)
    case = context.desk.case_by_number(said[1]) if said else None
    if said is None or case is None or not 0 < int(said[2]) <= LONGEST:
        context.say("block.how", days=LONGEST)
        return
    _block(context, case, int(said[2]), said[3].strip())


def _block(context: Context, case: CaseKey, days: int, reason: str) -> None:
    view = context.desk.view(case, context.person.id)
    rights.over(context, view.file.case.desk)
    until = context.desk.now + timedelta(days=days)
    context.desk.block(case, context.person.id, reason, until)
    at = view.file.case.desk
    above = routing.coordinators(at, context.desk.rules.directory, above=at, without=(context.person.id,))
    context.say("block.done" if above else "block.done_alone", number=view.file.case.number, until=context.when(until))
    for person in above:
        context.tell(
            person, "alert.blocked", number=view.file.case.number, name=context.person.name, days=days, reason=reason
        )


def stopped(context: Context, incoming: Incoming, command: str | None) -> bool:
    """Whether nothing more is done with this message. `command`: which one it is, if it is one."""
    block = context.person.block
    if block is None or not block.holds(context.desk.now) or not incoming.private:
        return False
    if command in OWN:
        return False
    if context.understood.handoff:
        alarms.alarm(context, incoming.text.strip(), context.understood.facts())
        return True
    if _asks_what_is_kept(context, incoming):
        return False
    if not block.told:
        until = context.when(block.until) if block.until else context.text("block.no_end")
        context.say("block.you", reason=block.reason, until=until, supervision=context.rules.supervision_phone)
        context.desk.told_of_block(context.person.id)
    return True


def _asks_what_is_kept(context: Context, incoming: Incoming) -> bool:
    """A button of that conversation, or a few words that answer it: never a report beside it."""
    newest = next(iter(context.desk.talks.open(context.chat, context.person.id)), None)
    if newest is None or newest.flow != "privacy":
        return False
    if incoming.tap:
        return incoming.tap.startswith(f"c.{newest.id}.")
    understood = context.understood
    return len(incoming.text.strip()) <= ANSWER and understood.matter is None and not understood.places
