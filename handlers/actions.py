"""An action on a case, from a tap, a typed label or a flow: checked by the table, asked for what it needs, done."""

import re

from cases import routing
from cases.act import Actor, permitted
from cases.errors import Refused
from cases.lifecycle import TABLE
from cases.model import CaseFile
from cases.states import State
from cases.views import CaseKey, CaseLine, CaseView
from handlers import outside, training
from handlers.chat import Incoming
from handlers.commands import Act
from handlers.context import Context
from handlers.flows.act import UNSATISFIED
from handlers.ledger import mediations
from handlers.naming import label

_NUMBER = re.compile(r"\d{6}-\d{8}-\d{4,}")
#: done only as part of something else: by merging, by reporting, by what is said, sent or edited
INNER = ("absorb", "settle", "attach", "amend", "follow")


def begin(context: Context, action: str, key: CaseKey, said: str = "", media: tuple[int, ...] = ()) -> None:
    """`said`: words that came with it already. Raises Refused in the words of what is in the way."""
    if action not in TABLE or action in INNER:
        raise Refused("refused.no_case")
    needs = TABLE[action].needs
    if not needs:
        perform(context, Act(action, str(key)))
        return
    view = context.desk.view(key, context.person.id)
    permitted(action, view.file, Actor(context.person.id, view.hats))
    if action == "resolve" and view.file.parts and view.file.holder == context.person.id:
        raise Refused("refused.parts_open")  # before a note and a picture are asked for
    due = view.file.round.due
    if action == "ask_extension" and (due is None or context.desk.now > due):
        raise Refused("refused.extension_late")  # likewise
    told = {"said": said, "media": list(media)} if said or media else {}
    context.start("act", action=action, case=str(key), needs=list(needs), **told)


def perform(context: Context, act: Act) -> None:
    key = CaseKey.parse(act.case)
    if act.action == "mediate":
        mediations.mediation(context, key)
        return
    # who may not see the number has not looked at it either: asked before the look is entered
    if act.action == "see_phone" and not context.private:
        raise Refused("refused.in_private")
    if act.action == "consent" and agreed_already(context.desk.view(key, context.person.id), context.person.id):
        raise Refused("refused.consented")
    phone = context.desk.reporter_phone(key, context.person.id) if act.action == "see_phone" else ""
    file = context.desk.perform(key, act.action, context.person.id, context.chat, act.given, act.words, act.media)
    if act.media and context.incoming is not None and context.incoming.album:
        context.desk.talks.note_album(context.chat, context.incoming.album, key, context.person.id)
    if act.action == "see_phone":
        context.say("done.see_phone", number=file.case.number, phone=phone)
        return
    if act.action == "reply":
        outside.reply(context, key)
        return
    done = f"done.{act.action}"
    if act.action == "confirm" and file.case.state is not State.ARCHIVED:
        done = "done.confirm.heard"
    if act.action == "dispute" and file.case.state is State.WAITING:
        done = "done.dispute.decides"
    if context.world.texts.has(done):
        context.answer(done, number=file.case.number)
    training.led(context, act.action)
    if act.action == "confirm" and file.case.state is State.ARCHIVED:
        context.start("act", action="rate", case=act.case, needs=list(TABLE["rate"].needs))
    if act.action == "rate" and act.given.get("stars") == UNSATISFIED:
        _unsatisfied(context, key, file, act.words)


def _unsatisfied(context: Context, key: CaseKey, file: CaseFile, words: str) -> None:
    """Why, where somebody says it: told to the coordinators, and never to who worked it."""
    if not words:
        context.start("unsatisfied", case=str(key))
        return
    for person in routing.coordinators(file.case.desk, context.desk.rules.directory, without=(file.worker,)):
        context.tell(person, "told.unsatisfied", number=file.case.number, words=words,
                     buttons=(("option.see_case", f"s.{key}"),))  # fmt: skip


def proxy_says(context: Context, key: CaseKey, words: str) -> None:
    """Who reported for somebody else does not say whether it is solved; whoever phones that somebody reads it."""
    file = context.desk.view(key, context.person.id).file
    for person in routing.coordinators(file.case.desk, context.desk.rules.directory, without=(file.worker,)):
        context.tell(person, "told.proxy_says", number=file.case.number, words=words,
                     buttons=(("option.see_case", f"s.{key}"),))  # fmt: skip
    context.say("done.proxy_says", number=file.case.number)


def agreed_already(view: CaseView, person: int) -> bool:
    """To the plan as it stands now."""
    return any(e.action == "consent" and e.by == person and e.seq > view.file.case.plan for e in view.steps)


def numbered(context: Context, words: str) -> CaseKey | None:
    """The case whose number somebody typed, and nothing else. Raises Refused for one he may not see."""
    if not _NUMBER.fullmatch(words):
        return None
    key = context.desk.case_by_number(words)
    if key is None:
        raise Refused("refused.no_case")
    context.desk.view(key, context.person.id)
    return key


def add(context: Context, key: CaseKey, words: str, media: tuple[int, ...]) -> None:
    """Words said about a case. Where it takes no more of them, they are handed back beside its buttons."""
    view = context.desk.view(key, context.person.id)
    if TABLE["supplement"].permits(view.hats, view.file.case.state):
        perform(context, Act("supplement", str(key), {}, words, media))
        return
    context.say("talk.use_buttons", words=words or context.text("card.media_only"))
    context.desk.outbox.show(context.chat, context.person.id, key)


def late_picture(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """The second picture of an album whose first came to a case: it goes there too, without another word."""
    case = context.desk.talks.case_of_album(context.chat, incoming.album) if incoming.album and media else None
    if case is None:
        return False
    view = context.desk.view(case, context.person.id)
    more = "supplement" if TABLE["supplement"].permits(view.hats, view.file.case.state) else "attach"
    context.desk.perform(case, more, context.person.id, context.chat, {}, incoming.text.strip(), media)
    return True


def typed(context: Context, action: str, said: str = "", media: tuple[int, ...] = ()) -> None:
    """An action that was written instead of tapped: the one case it fits, or the question which. `said`: more than its
    label."""
    fitting = [line for line in _in_reach(context) if _fits(context, action, line)]
    if not fitting:
        raise Refused("refused.nothing_to_do", action=action)
    if len(fitting) == 1:
        begin(context, action, fitting[0].key, said, media)
    else:
        cases = [[str(line.key), label(context, line)] for line in fitting[:8]]
        context.start("pick", action=action, cases=cases, said=said, media=list(media))


def _in_reach(context: Context) -> list[CaseLine]:
    desk, person = context.desk, context.person.id
    lines = [*desk.lists.tasks(person), *desk.lists.board(person).lines, *desk.lists.mine(person)]
    return list({line.key: line for line in lines}.values())


def _fits(context: Context, action: str, line: CaseLine) -> bool:
    if State(line.state) not in TABLE[action].begins:
        return False
    view = context.desk.view(line.key, context.person.id)
    return TABLE[action].permits(view.hats, State(line.state)) and TABLE[action].fits(view.file)
