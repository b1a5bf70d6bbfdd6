"""An action on a case, from a tap, a typed label or a flow: checked by the table, asked for what it needs, done."""

import re

from cases.errors import Refused
from cases.life.act import Actor, permitted
from cases.life.lifecycle import TABLE
from cases.states import State
from cases.views import CaseKey, CaseLine
from handlers.cases.consequences import AFTER, BEFORE, done
from handlers.chat import Incoming
from handlers.commands import Act
from handlers.context import Context
from handlers.ledger import mediations
from handlers.naming import label
from handlers.people import training

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
    """Raises Refused, and then nothing was done."""
    key = CaseKey.parse(act.case)
    if act.action == "mediate":  # a dispute is brought to the ledger, and comes back from there
        mediations.mediation(context, key)
        return
    if act.action in BEFORE:
        BEFORE[act.action](context, key)
    file = context.desk.perform(key, act.action, context.person.id, context.chat, act.given, act.words, act.media)
    if act.media and context.incoming is not None and context.incoming.album:
        context.desk.talks.note_album(context.chat, context.incoming.album, key, context.person.id)
    AFTER.get(act.action, done)(context, key, file, act)
    training.led(context, act.action)


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
    if context.private:
        context.say("talk.use_buttons", words=words or context.text("card.media_only"))
    else:  # nothing is repeated before everybody
        context.say("talk.use_buttons_here")
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
    # "垃圾清完了": of several the one whose matter it names
    named = [line for line in fitting if said and line.matter and line.matter == context.understood.best]
    if len(fitting) == 1 or len(named) == 1:
        begin(context, action, (named or fitting)[0].key, said, media)
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
