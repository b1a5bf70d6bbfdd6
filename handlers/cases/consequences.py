"""What may stand in the way of an action besides the table, and what follows it: a row an action."""

from collections.abc import Callable

from cases import routing
from cases.errors import Refused
from cases.life.lifecycle import TABLE
from cases.model import CaseFile
from cases.states import State
from cases.views import CaseKey
from handlers.cases import outside
from handlers.commands import Act
from handlers.context import Context
from handlers.flows.act import UNSATISFIED


def _may_see_phone(context: Context, key: CaseKey) -> None:
    """Who may not see the number has not looked at it either: asked before the look is entered."""
    if not context.private:
        raise Refused("refused.in_private")
    context.desk.reporter_phone(key, context.person.id)


def _not_agreed_yet(context: Context, key: CaseKey) -> None:
    if context.person.id in context.desk.view(key, context.person.id).consented():
        raise Refused("refused.consented")


def done(context: Context, _: CaseKey, file: CaseFile, act: Act) -> None:
    """The sentence of the action, where it has one."""
    if context.world.texts.has(f"done.{act.action}"):
        context.answer(f"done.{act.action}", number=file.case.number)


def _phone_seen(context: Context, key: CaseKey, file: CaseFile, _: Act) -> None:
    phone = context.desk.reporter_phone(key, context.person.id)
    context.say("done.see_phone", number=file.case.number, phone=phone)


def _confirmed(context: Context, key: CaseKey, file: CaseFile, act: Act) -> None:
    """Who only follows is thanked; whose trouble it was is asked how it was."""
    if TABLE["rate"].permits(context.desk.view(key, context.person.id).hats, file.case.state):
        context.start("act", action="rate", case=act.case, needs=list(TABLE["rate"].needs))
    else:
        ended = file.case.state is State.ARCHIVED
        context.answer("done.confirm.ended" if ended else "done.confirm.heard", number=file.case.number)


def _withdrawn(context: Context, _: CaseKey, file: CaseFile, act: Act) -> None:
    goes_on = file.case.state is not State.VOID
    context.answer("done.withdraw.goes_on" if goes_on else f"done.{act.action}", number=file.case.number)


def _disputed(context: Context, key: CaseKey, file: CaseFile, act: Act) -> None:
    if file.case.state is State.WAITING:
        context.answer("done.dispute.decides", number=file.case.number)
    else:
        done(context, key, file, act)


def _rated(context: Context, key: CaseKey, file: CaseFile, act: Act) -> None:
    done(context, key, file, act)
    if act.given.get("stars") == UNSATISFIED:
        _unsatisfied(context, key, file, act.words)


#: what may stand in the way besides the table
BEFORE: dict[str, Callable[[Context, CaseKey], None]] = {"see_phone": _may_see_phone, "consent": _not_agreed_yet}
#: what follows, where it is more than a sentence
AFTER: dict[str, Callable[[Context, CaseKey, CaseFile, Act], None]] = {
    "see_phone": _phone_seen,
    "reply": lambda context, key, _, __: outside.reply(context, key),
    "confirm": _confirmed,
    "withdraw": _withdrawn,
    "dispute": _disputed,
    "rate": _rated,
}


def _unsatisfied(context: Context, key: CaseKey, file: CaseFile, words: str) -> None:
    """Why, where somebody says it: told to the coordinators, and never to who worked it."""
    if not words:
        context.start("unsatisfied", case=str(key))
        return
    for person in routing.coordinators(file.case.desk, context.desk.rules.directory, without=(file.worker,)):
        context.tell(
            person, "told.unsatisfied", number=file.case.number, words=words, buttons=(("option.see_case", f"s.{key}"),)
        )


def proxy_says(context: Context, key: CaseKey, words: str, media: tuple[int, ...]) -> None:
    """Who reported for somebody else does not say whether it is solved; whoever phones that somebody reads it."""
    file = context.desk.view(key, context.person.id).file
    for person in routing.coordinators(file.case.desk, context.desk.rules.directory, without=(file.worker,)):
        context.tell(
            person,
            "told.proxy_says",
            number=file.case.number,
            words=words,
            media=media,
            buttons=(("option.see_case", f"s.{key}"),),
        )
    context.say("done.proxy_says", number=file.case.number)
