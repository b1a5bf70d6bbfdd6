"""The look-ups of the ledger's conversations, by name. Their results are ids and plain words."""

from collections.abc import Callable
from typing import Any

from cases.ledger.model import Kind, Part
from cases.people import Role
from handlers.context import Context
from handlers.ledger import cards, exports, notices, reading
from handlers.naming import candidate

#: names that one question offers
BELOW = 30
#: those who may end a duty of somebody else's
LEADING = frozenset({Part.STAFF, Part.AUTHOR, Part.WORKER})


def item_duties(context: Context, item: int, action: str) -> list[list[Any]]:
    """[duty, label] of what is open; of a patrol, one's own alone."""
    view = context.desk.items.view(item, context.person.id)
    if cards.far(context, view):
        return []
    own = view.file.item.kind is Kind.PATROL or (action == "done" and not view.parts & LEADING)
    found = [d for d in view.file.open if d.kind not in ("mailing", "weekly")]
    return [
        [d.id, f"{cards.what(context, d.kind, d.words)} {cards.by(context, d.kind, d.due)}"[:40]]
        for d in found
        if not own or d.person == context.person.id
    ]


def item_members(context: Context, item: int, action: str) -> list[list[Any]]:
    """[person, name] of parties who can still say so: who agreed may think again."""
    view = context.desk.items.view(item, context.person.id)
    left = ("", "agreed") if action == "refuse" else ("",)
    return [[m.person, view.people[m.person].name] for m in view.file.parties if m.answer in left]


def team(context: Context, item: int) -> list[list[Any]]:
    """[person, label] of everybody who serves in the item's unit, or in the two above it."""
    view = context.desk.items.view(item, context.person.id)
    directory = context.desk.rules.directory
    at = list(directory.line(view.file.item.unit)[:3])
    if view.file.item.kind is Kind.REVIEW:  # what is to be mended is mostly mended below
        at += [unit.code for unit in context.desk.children(view.file.item.unit)]
    found = {c.person: c for code in at for c in directory.team(code)}
    return [[c.person, candidate(context, c)] for c in found.values()][:BELOW]


def doers(context: Context, item: int) -> list[list[Any]]:
    """[person, label] of those who can do a work: the bodies beside the units of its line, and who serves there."""
    view = context.desk.items.view(item, context.person.id)
    directory = context.desk.rules.directory
    line = directory.line(view.file.item.unit)
    beside = [u.code for code in line for u in context.desk.children(code) if u.level == "department"]
    found = {
        c.person: c for code in (*beside, *line[:3]) for c in directory.team(code) if c.person != view.file.item.keeper
    }
    return [[c.person, candidate(context, c)] for c in found.values()][:BELOW]


def mediators(context: Context, item: int) -> list[list[Any]]:
    """[person, label] of mediators up the item's line, and of the bodies beside it."""
    view = context.desk.items.view(item, context.person.id)
    directory = context.desk.rules.directory
    line = directory.line(view.file.item.unit)
    beside = [u.code for code in line for u in context.desk.children(code) if u.level == "department"]
    found = {c.person: c for c in directory.mediators((*line, *beside))}
    return [[c.person, candidate(context, c)] for c in found.values()][:BELOW]


def understood(context: Context) -> list[str]:
    """[matter, unit, "private"] of the words just said; "" where nothing is sure, or nobody is spoken of."""
    known = context.understood
    return [known.matter or "", known.unit or "", "private" if known.private else ""]


def homes(context: Context, unit: str) -> int:
    return context.desk.items.count_homes(unit)


def coordinators(context: Context, unit: str) -> list[list[Any]]:
    """[person, name] of those who can sit at this desk."""
    found = [m for m in context.desk.staffing.members(unit) if m.role == Role.COORDINATOR]
    return [[m.person, m.name] for m in found]


def against(context: Context) -> list[str]:
    """Numbers of the cases that cost this person something in the last quarter."""
    return list(context.desk.cost(context.person.id))[:BELOW]


LOOKS: dict[str, Callable[..., Any]] = {
    "day": reading.day,
    "steps": reading.steps,
    "in_a_month": reading.in_a_month,
    "doers": doers,
    "item_duties": item_duties,
    "item_members": item_members,
    "who": reading.who,
    "unit_named": reading.unit_named,
    "team": team,
    "mediators": mediators,
    "understood": understood,
    "homes": homes,
    "quiet": notices.quiet,
    "may_open": exports.may_open,
    "coordinators": coordinators,
    "against": against,
}
