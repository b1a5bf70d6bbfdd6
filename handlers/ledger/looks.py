"""The look-ups of the ledger's conversations, by name. Their results are ids and plain words."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from cases.ledger.model import Kind, Part
from cases.people import Role, plain_phone
from cases.times import last_day, read_days
from handlers.context import Context
from handlers.ledger import cards, exports, notices
from handlers.naming import candidate

#: names that one question offers; characters of a name
BELOW, LONGEST_NAME = 30, 20
#: characters that say how it stands; "尽快" says nothing
TELLING = 6
#: those who may end a duty of somebody else's
LEADING = frozenset({Part.STAFF, Part.AUTHOR, Part.WORKER})


#: days on buttons: so many ahead; None: the last of the month
AHEAD: dict[str, int | None] = {"tomorrow": 1, "three": 3, "week": 7, "month": None}


def day(context: Context, words: str) -> str:
    """ISO, the end of a working day to come; "" where the words, or the button, name none."""
    calendar, now = context.desk.rules.calendar, context.desk.now
    today = now.astimezone(calendar.zone).date()
    if words in AHEAD:
        days = AHEAD[words]
        last = last_day(today, 0) if days is None else today + timedelta(days=days)
    elif found := read_days(words, now, calendar.zone):
        last = found[1]
    else:
        return ""
    end = datetime.combine(last, calendar.closes, calendar.zone)
    return end.isoformat() if end > now else ""


#: "12-1 立项", "12月10日立项", "月底前 完工"
_STEP = re.compile(r"\s*((?:\d{4}[-/年])?\d{1,2}[-/.月]\d{1,2}[日号]?|\S+?)(?:[\s，,：:]+|(?<=[日号])|$)(.*)")


def steps(context: Context, words: str) -> list[list[str]] | None:
    """[ISO, words] of each line; empty where one of them does not begin with a day to come, so that none is left out;
    None where no day is spoken of at all."""
    if len(words) >= TELLING and not re.search(r"\d|[一二三四五六七八九十下]|天|周|月|年", words):
        return None
    found = []
    for line in filter(str.strip, re.split(r"[\n；;]", words)):
        match = _STEP.match(line)
        at = day(context, match[1].replace(".", "-")) if match else ""
        if not match or not at:
            return []
        found.append([at, match[2].strip()[:60] or line.strip()[:60]])
    return sorted(found)


def in_a_month(context: Context) -> str:
    return context.desk.rules.calendar.closing(context.desk.now + timedelta(days=30)).isoformat()


def item_duties(context: Context, item: int, action: str) -> list[list[Any]]:
    """[duty, label] of what is open; of a patrol, one's own alone."""
    view = context.desk.items.view(item, context.person.id)
    if cards.far(context, view):
        return []
    own = view.file.item.kind is Kind.PATROL or (action == "done" and not view.parts & LEADING)
    found = [d for d in view.file.open if d.kind not in ("mailing", "weekly")]
    return [[d.id, f"{cards.what(context, d.kind, d.words)} {cards.by(context, d.kind, d.due)}"[:40]] for d in found
            if not own or d.person == context.person.id]  # fmt: skip


def item_members(context: Context, item: int, action: str) -> list[list[Any]]:
    """[person, name] of parties who can still say so: who agreed may think again."""
    view = context.desk.items.view(item, context.person.id)
    left = ("", "agreed") if action == "refuse" else ("",)
    return [[m.person, view.people[m.person].name] for m in view.file.parties if m.answer in left]


_NUMBER = re.compile(r"(?:(?:电话|手机|号码|tel|phone)\s*[:：]?\s*)?((?:\+?86[\s-]?)?\d[\d\s-]{5,13}\d)", re.IGNORECASE)
_MARKS = re.compile(r"[，,；;。\n]+")


def who(context: Context, words: str) -> list[str]:
    """[name, number, unit, place]: somebody told of in one message; empty where there is no name. `place` is what was
    said of where, if no unit of ours is called so."""
    number = _NUMBER.search(words)
    rest = f"{words[: number.start()]}，{words[number.end() :]}" if number else words
    parts = [part.strip() for part in _MARKS.split(rest) if part.strip()]
    if not parts:
        return []
    name, places = parts[0], parts[1:]
    if not name.isascii():  # "陈奶奶 荷花里3号楼": names of ours hold no blank
        name, *more = name.split()
        places = more + places
    before, of, after = name.rpartition("的")
    if of and after and context.units_named(before):  # "中央城B区的陈奶奶"
        name, places = after, [before, *places]
    place = " ".join(places)
    units = context.units_named(place) if place else []
    phone = plain_phone(number[1]) if number else ""
    return [name[:LONGEST_NAME], phone, units[0] if units else "", "" if units else place[:LONGEST_NAME]]


def unit_named(context: Context, words: str) -> str:
    """The unit whose place the words name; "" where none does."""
    return next(iter(context.units_named(words)), "")


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
    found = {c.person: c for code in (*beside, *line[:3]) for c in directory.team(code)
             if c.person != view.file.item.keeper}  # fmt: skip
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
    "in_a_month": in_a_month,
    "doers": doers,
    "item_duties": item_duties,
    "item_members": item_members,
    "who": who,
    "unit_named": unit_named,
    "team": team,
    "mediators": mediators,
    "understood": understood,
    "homes": homes,
    "quiet": notices.quiet,
    "may_open": exports.may_open,
    "coordinators": coordinators,
    "against": against,
}
