"""The look-ups of the ledger's conversations, by name. Their results are ids and plain words."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cases.ledger.model import Kind, Part
from cases.people import Role
from cases.times import read_days
from handlers.context import Context
from handlers.ledger import cards
from handlers.naming import candidate

#: names that one question offers
BELOW = 30
#: those who may end a duty of somebody else's
LEADING = frozenset({Part.STAFF, Part.AUTHOR, Part.WORKER})


def day(context: Context, words: str) -> str:
    """ISO, the end of a working day to come; "" where the words name none."""
    found = read_days(words, context.desk.now, context.desk.rules.calendar.zone)
    if not found:
        return ""
    calendar = context.desk.rules.calendar
    end = datetime.combine(found[1], calendar.closes, calendar.zone)
    return end.isoformat() if end > context.desk.now else ""


def steps(context: Context, words: str) -> list[list[str]]:
    """[ISO, words] of each line that begins with a day; empty where no line does."""
    found = []
    for line in re.split(r"[\n；;]", words):
        head, _, rest = line.strip().partition(" ")
        if at := day(context, head):
            found.append([at, rest.strip()[:60]])
    return sorted(found)


def item_duties(context: Context, item: int, action: str) -> list[list[Any]]:
    """[duty, label] of what is open; of a patrol, one's own alone."""
    view = context.desk.items.view(item, context.person.id)
    if cards.far(context, view):
        return []
    own = view.file.item.kind is Kind.PATROL or (action == "done" and not view.parts & LEADING)
    found = [d for d in view.file.open if d.kind not in ("mailing", "weekly")]
    return [[d.id, f"{cards.what(context, d.kind, d.words)} {cards.by(context, d.kind, d.due)}"[:40]] for d in found
            if not own or d.person == context.person.id]  # fmt: skip


def item_members(context: Context, item: int) -> list[list[Any]]:
    """[person, name] of parties who did not answer yet."""
    view = context.desk.items.view(item, context.person.id)
    return [[m.person, view.people[m.person].name] for m in view.file.parties if not m.answer]


def who(context: Context, words: str) -> list[str]:
    """[name, number, unit]: somebody told of in one message; empty where there is no name."""
    number = re.search(r"\d{7,13}", words)
    rest = words.replace(number[0], " ") if number else words
    name, _, place = rest.strip(" ，,").partition(" ")
    units = context.units_named(place or rest)
    return [name[:20], number[0] if number else "", units[0] if units else ""] if name else []


def team(context: Context, item: int) -> list[list[Any]]:
    """[person, label] of everybody who serves in the item's unit, or in the two above it."""
    view = context.desk.items.view(item, context.person.id)
    directory = context.desk.rules.directory
    at = list(directory.line(view.file.item.unit)[:3])
    if view.file.item.kind is Kind.REVIEW:  # what is to be mended is mostly mended below
        at += [unit.code for unit in context.desk.children(view.file.item.unit)]
    found = {c.person: c for code in at for c in directory.team(code)}
    return [[c.person, candidate(context, c)] for c in found.values()][:BELOW]


def mediators(context: Context, item: int) -> list[list[Any]]:
    """[person, label] of mediators up the item's line, and of the bodies beside it."""
    view = context.desk.items.view(item, context.person.id)
    directory = context.desk.rules.directory
    line = directory.line(view.file.item.unit)
    beside = [u.code for code in line for u in context.desk.children(code) if u.level == "department"]
    found = {c.person: c for code in (*line, *beside) for c in directory.team(code)
             if any(post.unit == code for post in context.desk.person(c.person).serves(Role.MEDIATOR))}  # fmt: skip
    return [[c.person, candidate(context, c)] for c in found.values()][:BELOW]


def understood(context: Context) -> list[str]:
    """[matter, unit, "private"] of the words just said; "" where nothing is sure, or nobody is spoken of."""
    known = context.understood
    return [known.matter or "", known.unit or "", "private" if known.private else ""]


def homes(context: Context, unit: str) -> int:
    return len(context.desk.items.homes(unit))


def coordinators(context: Context, unit: str) -> list[list[Any]]:
    """[person, name] of those who can sit at this desk."""
    found = [m for m in context.desk.staff(unit) if m.role == Role.COORDINATOR]
    return [[m.person, m.name] for m in found]


def against(context: Context) -> list[str]:
    """Numbers of the cases that cost this person something in the last quarter."""
    return list(context.desk.cost(context.person.id))[:BELOW]


LOOKS: dict[str, Callable[..., Any]] = {
    "day": day,
    "steps": steps,
    "item_duties": item_duties,
    "item_members": item_members,
    "who": who,
    "team": team,
    "mediators": mediators,
    "understood": understood,
    "homes": homes,
    "coordinators": coordinators,
    "against": against,
}
