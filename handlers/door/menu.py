"""Commands, and the plain words that do the same. One table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from cases.ledger.model import Kind
from config.texts import LANGUAGES, Texts
from handlers.chat import Incoming
from handlers.context import Context
from handlers.counts import figures, reviews, scores
from handlers.door import slash
from handlers.ledger import menus
from handlers.people import blocking, groups, rosters, training

Command = Callable[[Context], None]

_REPORT = re.compile(r"\s*/report(?:@\w+)?\s+(?=\S)", re.IGNORECASE)

COMMANDS: Mapping[str, Command] = {
    "/start": slash.start,
    "/help": slash.help_,
    "/report": slash.report,
    "/mine": slash.mine,
    "/tasks": slash.tasks,
    "/board": slash.board,
    "/invite": slash.invite,
    "/privacy": slash.privacy,
    "/block": blocking.command,
    "/lang": slash.language,
    "/cancel": slash.cancel,
    "/stats": figures.command,
    "/visit": menus.visit,
    "/needs": menus.needs,
    "/duties": menus.duties,
    "/works": menus.listed(Kind.WORK),
    "/mediation": menus.listed(Kind.MEDIATION),
    "/patrol": menus.listed(Kind.PATROL, begin="patrol"),
    "/notice": menus.listed(Kind.NOTICE, begin="notice"),
    "/score": scores.command,
    "/review": reviews.command,
    "/export": slash.export,
    "/roster": rosters.command,
    "/recruit": slash.recruit,
    "/lessons": training.command,
    "/leave": slash.leave,
    "/staff": slash.staff,
    "/bind": groups.bind,
    "/worker": slash.my_worker,
    "/quiet": slash.quiet,
    "/unwilling": slash.unwilling,
    "/person": slash.person,
}


def without_report(context: Context, incoming: Incoming) -> Incoming:
    """ "/report 路灯不亮" is a report: what stands behind the command is the message."""
    said = _REPORT.match(incoming.text)
    if said is None:
        return incoming
    context.understood = context.understood.shifted(-said.end())
    context.incoming = replace(incoming, text=incoming.text[said.end() :])
    return context.incoming


def named(context: Context, text: str) -> str | None:
    """The command that this is, with a slash or in plain words."""
    return _slashed(text) or _worded(context, text)


def _slashed(text: str) -> str | None:
    """/command in any case, with @botname or an argument."""
    return text.split(maxsplit=1)[0].partition("@")[0].lower() if text.startswith("/") else None


def _worded(context: Context, text: str) -> str | None:
    """Of any language: `word.…` in the catalogues, so that a place can have its own."""
    return _by_words(context.world.texts).get(text.strip("？?。.!！ ").rstrip("呀啊呢吧嘛哦吗么").lower())


@lru_cache(maxsize=8)
def _by_words(texts: Texts) -> Mapping[str, str]:
    """Each command by its plain words."""
    keys = {name: f"word.{name[1:]}" for name in COMMANDS}
    return {
        word: name
        for name, key in keys.items()
        if texts.has(key)
        for language in LANGUAGES
        for word in texts.say(language, key).split("|")
    }


def command(context: Context, incoming: Incoming) -> bool:
    """False: it is none with a slash."""
    name = _slashed(incoming.text)
    if name is None:
        return False
    head, _, argument = incoming.text.strip().partition(" ")
    if name not in COMMANDS:
        context.say("menu.unknown", command=head[:30])
        return True
    context.argument = argument.strip()
    COMMANDS[name](context)
    return True


#: what is answered before everybody in a group
IN_GROUP = ("/bind", "/help", "/cancel")


def in_group(context: Context, incoming: Incoming) -> bool:
    name = _slashed(incoming.text)
    if name == "/help":
        context.say("group.help")
        return True
    return name in IN_GROUP and command(context, incoming)


def word(context: Context, words: str) -> bool:
    name = _worded(context, words)
    if name is None:
        return False
    COMMANDS[name](context)
    return True
