"""Which commands a chat offers: by language for whoever holds no post, and by role for whoever does."""

import hashlib
from collections.abc import Mapping

from cases.people import Person, Role
from config.texts import LANGUAGES, Texts
from handlers.context import Context
from storage.desk import Desk

EVERYBODY = ("/report", "/mine", "/needs", "/help", "/lang", "/privacy", "/cancel")
#: in front of what everybody has
BY_ROLE = {
    Role.COORDINATOR: (
        "/board",
        "/stats",
        "/needs",
        "/visit",
        "/works",
        "/mediation",
        "/patrol",
        "/notice",
        "/duties",
        "/score",
        "/review",
        "/export",
        "/staff",
        "/invite",
        "/recruit",
        "/roster",
        "/lessons",
        "/block",
        "/leave",
    ),
    Role.ADMIN: ("/invite",),
    Role.LEADER: ("/visit", "/needs", "/score", "/review", "/export", "/stats"),
    Role.WORKER: ("/tasks", "/duties", "/needs", "/visit", "/score", "/lessons", "/stats", "/leave"),
    Role.MICRO: ("/tasks", "/duties", "/needs", "/stats", "/leave"),
    Role.VOLUNTEER: ("/needs", "/duties"),
    Role.MEDIATOR: ("/mediation", "/duties"),
}
GROUPS = ("/bind", "/help")


def described(texts: Texts, language: str, names: tuple[str, ...]) -> dict[str, str]:
    return {name: texts.say(language, f"command.{name.lstrip('/')}") for name in names}


def of(texts: Texts, person: Person) -> dict[str, str]:
    """The menu of somebody with a post; empty for everybody else, whom the menus of the languages serve."""
    names = [name for role, names in BY_ROLE.items() if person.serves(role) for name in names]
    return described(texts, person.language, tuple(dict.fromkeys((*names, *EVERYBODY)))) if names else {}


def mark(menu: Mapping[str, str]) -> str:
    return hashlib.sha256(repr(sorted(menu.items())).encode()).hexdigest()[:16] if menu else ""


def renew(desk: Desk, texts: Texts, context: Context) -> None:
    """Whoever got or lost a post, or changed the language, has another menu from now on."""
    menu = of(texts, desk.person(context.person.id))
    if mark(menu) != desk.people.menus.get(context.chat, ""):
        desk.people.offered(context.chat, mark(menu))
        desk.outbox.menu(context.chat, menu)


def for_everybody(texts: Texts) -> dict[str, dict[str, str]]:
    """By language."""
    return {language: described(texts, language, EVERYBODY) for language in LANGUAGES}
