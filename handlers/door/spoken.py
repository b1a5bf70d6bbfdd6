"""What people say of a case instead of pressing its button: 修好了, 还是没水, 不用来了, 马上去.

Looked at where nothing else was asked. The ways of saying it are patterns in the catalogues (`says.…`), so that a place
can have its own.
"""

import re
from functools import lru_cache

from cases.life.lifecycle import TABLE
from cases.states import OPEN, State
from cases.views import CaseLine
from handlers.cases import actions, consequences, lists
from handlers.chat import Incoming
from handlers.commands import Act
from handlers.context import Context

#: characters; who writes more tells of something else
LONGEST = 30


def done(context: Context, incoming: Incoming, media: tuple[int, ...]) -> bool:
    """Whether it was an answer to a case, and is worked as one."""
    words, understood = incoming.text.strip(), context.understood
    if not words or len(words) > LONGEST or understood.handoff or understood.private:
        return False
    return _of_a_resident(context, words, media) or _of_a_worker(context, words, media)


def _of_a_resident(context: Context, words: str, media: tuple[int, ...]) -> bool:
    lines = context.desk.lists.mine(context.person.id, only_open=True)
    named = words.startswith((context.text("action.confirm"), context.text("action.dispute")))
    asked = [line for line in lines if line.state == State.RESOLVED and (named or _may_be(context, line))]
    says_how = _says(context, "dispute", words) or _says(context, "confirm", words)
    if len(asked) == 1 and says_how and _only_proxy(context, asked[0]):
        consequences.proxy_says(context, asked[0].key, words, media)
        return True
    if len(asked) == 1 and _says(context, "dispute", words):  # of several it is asked which, and the words are kept
        actions.perform(context, Act("dispute", str(asked[0].key), {}, words, media))
        return True
    if asked and not media and not _says(context, "dispute", words) and _says(context, "confirm", words):
        if len(asked) == 1:
            actions.perform(context, Act("confirm", str(asked[0].key)))
        else:
            actions.typed(context, "confirm")
        return True
    if not lines and _broken_again(context, words, media):
        return True
    if lines and not context.understood.places and chases(context, words):
        lists.shown(context, "mine", [line for line in lines if _may_be(context, line)] or lines)
        return True
    going_on = [line for line in lines if line.state in OPEN]
    if len(going_on) != 1:
        return False
    (line,) = going_on
    if not media and _says(context, "withdraw", words) and line.state in TABLE["withdraw"].begins:
        actions.begin(context, "withdraw", line.key)
    elif any(_says(context, way, words) for way in ("withdraw", "supplement")) or _tells_how(context, line, words):
        actions.add(context, line.key, words, media)
    else:
        return False
    return True


def _broken_again(context: Context, words: str, media: tuple[int, ...]) -> bool:
    """又坏了, and nothing of what or where: of the one thing that was done for them. With a place or a matter it is a
    report."""
    if context.understood.places or context.understood.matter or not _says(context, "dispute", words):
        return False
    mine = context.desk.lists.mine(context.person.id)
    done = [line for line in mine if line.state == State.ARCHIVED and not line.follows]
    if len(done) != 1:
        return False
    actions.begin(context, "dispute", done[0].key, words, media)
    return True


def _of_a_worker(context: Context, words: str, media: tuple[int, ...]) -> bool:
    held = context.desk.lists.tasks(context.person.id) if context.person.posts else []
    new = [line for line in held if line.state == State.DISPATCHED]
    working = [line for line in held if line.state == State.WORKING]
    if working and _says(context, "resolve", words):
        actions.typed(context, "resolve", words, media)
    elif media:  # these take none
        return False
    elif new and _says(context, "return", words):
        actions.typed(context, "return")
    elif new and _says(context, "accept", words):
        actions.typed(context, "accept")
    else:
        return False
    return True


def _only_proxy(context: Context, line: CaseLine) -> bool:
    return not context.desk.view(line.key, context.person.id).hats & TABLE["confirm"].by


def chases(context: Context, words: str) -> bool:
    """How far is it, when do they come, who does it?"""
    return len(words) <= LONGEST and _says(context, "when", words)


def acknowledges(context: Context, words: str) -> bool:
    """好, 收到: no more than that."""
    return _says(context, "noted", words.strip())


def wants_a_person(context: Context, words: str) -> bool:
    """我不会打字，能打电话吗: and nothing of what it is about."""
    known = context.understood
    return (
        len(words) <= LONGEST
        and not (known.matter or known.places or known.handoff)
        and _says(context, "person", words)
    )


def _tells_how(context: Context, line: CaseLine, words: str) -> bool:
    """还是不亮, or 好了，谢谢, before anybody said that it was done."""
    says = _says(context, "dispute", words) or _says(context, "confirm", words)
    return says and _may_be(context, line) and not context.understood.places


def _may_be(context: Context, line: CaseLine) -> bool:
    """Not where the words are clearly about another matter: that is a report."""
    return context.understood.matter in (None, line.matter) or context.understood.may_be(line.matter)


def _says(context: Context, action: str, words: str) -> bool:
    return bool(_pattern(context.text(f"says.{action}")).search(words))


@lru_cache(maxsize=64)
def _pattern(ways: str) -> re.Pattern[str]:
    return re.compile(ways, re.IGNORECASE)
