"""The look-ups a flow may ask for, by name. Their results are ids and plain words, stored with the conversation."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cases.deadlines import ANSWER_LIMIT
from cases.ledger.model import Kind, Part
from cases.people import CALLED, Candidate, Role
from cases.sameness import Told
from cases.times import read_days, read_moment
from cases.views import CaseKey
from handlers.context import Context
from handlers.flows.act import VISITS
from handlers.ledger import cards
from handlers.naming import label, public
from handlers.places import LONGEST

#: so many names, and the units below are offered too
MANY = 9
#: units below that one question offers
BELOW = 30
#: those who may end a duty of somebody else's
LEADING = frozenset({Part.STAFF, Part.AUTHOR, Part.WORKER})


def categories(context: Context) -> list[str]:
    return list(context.world.taxonomy.categories)


def matters(context: Context, category: str) -> list[str]:
    return context.world.taxonomy.of_category(category)


def locate(context: Context, words: str, point: list[float] | None) -> list[list[str]]:
    """[(unit, label)]: one by a point; by words, every grid whose places they name (six at most)."""
    if point:
        unit = context.unit_at((point[0], point[1]))
        found = [unit] if unit else []
    else:
        found = context.units_named(words)[:6]
    return [[code, _name(context, code)] for code in found]


def _name(context: Context, code: str) -> str:
    unit = context.desk.unit(code)
    return unit.name if unit else code


def route(context: Context, unit: str, matter: str, private: bool) -> dict[str, Any]:
    """Who would hold it, and by when there is an answer; of a matter not handed to grid workers, who answers for it."""
    rules = context.desk.rules.at(unit) if unit else context.desk.rules
    urgent, now = context.understood.urgent, context.desk.now
    due = min(
        rules.calendar.add(now, rules.deadlines.of(matter, "due", urgent=urgent)), rules.calendar.add(now, ANSWER_LIMIT)
    )
    holder = None if private or not unit else context.desk.would_hold(unit, context.person.id, matter, urgent=urgent)
    known = context.world.taxonomy.matters.get(matter)
    return {
        "due": due.isoformat(), "holder": holder.person if holder else None, "unit": holder.unit if holder else "",
        "elsewhere": known.answers if known and not rules.admits(matter) else "",
    }  # fmt: skip


def same(context: Context, draft: int, matter: str, unit: str, place: str, point: list[float] | None) -> list[str]:
    """[case, its matter and public place]: an open case that could be the same thing; empty: there is none."""
    known = context.world.taxonomy.matters.get(matter)
    if known is None or known.sensitive or not unit:
        return []
    kept = context.desk.talks.draft(draft)
    told = Told(kept.words, place, unit, (point[0], point[1]) if point else None)
    line = context.desk.same(context.person.id, matter, told, known.near)
    return [str(line.key), " · ".join(filter(None, (context.matter(line.matter), public(line))))] if line else []


def photo_wanted(context: Context, case: str) -> bool:
    view = context.desk.view(CaseKey.parse(case), context.person.id)
    return view.file.case.matter in context.desk.rules.photo


def holders(context: Context, case: str, unit: str = "") -> dict[str, list[list[Any]]]:
    """people: [person, unit, label], those of the grid first, then the others of the desk's area, then the coordinator;
    below: [code, name] of the units to look into."""
    key = CaseKey.parse(case)
    file = context.desk.view(key, context.person.id).file
    found = context.desk.holders(key, context.person.id, unit)
    gave_back = {a.person for a in file.assignments if a.state in ("returned", "declined")}
    people = [[c.person, c.unit, _who(context, c, gave_back=c.person in gave_back)] for c in found]
    everybody = not unit and len(found) < MANY
    below = [] if file.case.private or everybody else context.desk.children(unit or file.case.desk)
    return {"people": people, "below": [[u.code, u.name] for u in below if u.level != "micro"][:BELOW]}


def _who(context: Context, c: Candidate, *, gave_back: bool = False) -> str:
    """A name on a button: where he is, how he is there, and whether he gave it back before."""
    marks = []
    if c.mode == CALLED:
        marks.append(context.text("who.called"))
    if c.hours:
        marks.append(c.hours)
    if gave_back:
        marks.append(context.text("who.gave_back"))
    return " · ".join([c.name, c.unit_name, *marks])[:60]


def bodies(context: Context, case: str, unit: str = "") -> dict[str, list[list[Any]]]:
    """people: [unit, person, label] of the bodies that can act together here: those below the unit of who asks, and the
    departments of all above it; below: [code, name] of those to look into."""
    file = context.desk.view(CaseKey.parse(case), context.person.id).file
    directory = context.desk.rules.directory
    line = directory.line(file.case.unit)
    own = next((post.unit for post in context.person.serves(Role.COORDINATOR) if post.unit in line), file.case.desk)
    there = {file.holder, *(part.person for part in file.parts), *(party.person for party in file.parties)}
    near = list(context.desk.children(unit or own))
    if not unit:
        near += [u for code in directory.line(own)[1:] for u in context.desk.children(code) if u.level == "department"]
    people = []
    for body in near:
        free = [c for c in directory.members(body.code) if c.person not in there]
        if free:
            best = min(free, key=lambda c: (c.open_cases, c.person))
            people.append([body.code, best.person, f"{body.name} · {best.name}"[:60]])
    below = [[u.code, u.name] for u in near if u.level in ("city", "county", "street", "community")]
    return {"people": people[:BELOW], "below": below[:BELOW]}


def receivers(context: Context, case: str) -> list[list[Any]]:
    return [[c.person, c.unit, _who(context, c)] for c in context.desk.receivers(CaseKey.parse(case))]


def stand_ins(context: Context) -> list[list[Any]]:
    return [[c.person, _who(context, c)] for c in context.desk.stand_in_choices(context.person.id)]


def moment(context: Context, words: str) -> str:
    """ISO, of a moment to come; "" where the words name none."""
    zone, now = context.desk.rules.calendar.zone, context.desk.now
    found = read_moment(context.text(f"visit.{words}") if words in VISITS else words, now, zone)
    return found.isoformat() if found and found > now else ""


def days(context: Context, words: str) -> list[str]:
    """[first, last] as ISO dates; empty where the words name none."""
    found = read_days(words, context.desk.now, context.desk.rules.calendar.zone)
    return [day.isoformat() for day in found] if found else []


def mergeable(context: Context, case: str) -> list[list[str]]:
    return [[str(line.key), label(context, line)] for line in context.desk.mergeable(CaseKey.parse(case))]


#: whose posts a unit can be chosen from
WHOSE = {
    "coordinators": (Role.COORDINATOR, Role.ADMIN),
    "leaders": (Role.COORDINATOR, Role.LEADER),
    "everybody": tuple(Role),
}


def own_units(context: Context, whose: str = "coordinators") -> list[list[str]]:
    """The units of one's own posts of these roles."""
    own = [post.unit for post in context.person.posts if post.role in WHOSE[whose]]
    return [[code, _name(context, code)] for code in dict.fromkeys(own)]


def units_below(context: Context, unit: str, micro: bool) -> list[list[str]]:
    return [[u.code, u.name] for u in context.desk.children(unit) if micro or u.level != "micro"][:BELOW]


def unit_name(context: Context, unit: str) -> str:
    return _name(context, unit)


def staff(context: Context, unit: str) -> list[list[Any]]:
    """[person, label] of everybody with a post in exactly this unit."""
    found = context.desk.staff(unit)
    return [[m.person, f"{m.name} · {context.text(f'role.{m.role}')} · {m.open_cases}"] for m in found]


def place_words(context: Context, words: str) -> str:
    """Of an answer that tells more than a place, the place alone."""
    if len(words) <= LONGEST and not context.understood.private:
        return words
    return "".join(span.text for span in context.understood.places)[:LONGEST]


def units_to_bind(context: Context, code: str) -> list[list[str]]:
    """The unit that was named by its code; else those of the coordinator's own posts."""
    own = [post.unit for post in context.person.serves(Role.COORDINATOR)]
    return [[unit, _name(context, unit)] for unit in ([code] if code else own)]


def rest(context: Context, words: str) -> str:
    """Of what was added to a complaint, that which is not about a person; "他" need not be named again."""
    if context.understood.private:
        return context.understood.rest
    return "" if context.understood.grumbles else words


def open_cases(context: Context) -> int:
    return len(context.desk.mine(context.person.id, only_open=True))


def phone_known(context: Context) -> bool:
    return bool(context.person.phone_masked)


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
    return [[c.person, _who(context, c)] for c in found.values()][:BELOW]


def mediators(context: Context, item: int) -> list[list[Any]]:
    """[person, label] of mediators up the item's line, and of the bodies beside it."""
    view = context.desk.items.view(item, context.person.id)
    directory = context.desk.rules.directory
    line = directory.line(view.file.item.unit)
    beside = [u.code for code in line for u in context.desk.children(code) if u.level == "department"]
    found = {c.person: c for code in (*line, *beside) for c in directory.team(code)
             if any(post.unit == code for post in context.desk.person(c.person).serves(Role.MEDIATOR))}  # fmt: skip
    return [[c.person, _who(context, c)] for c in found.values()][:BELOW]


def understood(context: Context) -> list[str]:
    """[matter, unit, "private"] of the words just said; "" where nothing is sure, or nobody is spoken of."""
    known = context.understood
    return [known.matter or "", known.unit or "", "private" if known.private else ""]


def coordinators(context: Context, unit: str) -> list[list[Any]]:
    """[person, name] of those who can sit at this desk."""
    found = [m for m in context.desk.staff(unit) if m.role == Role.COORDINATOR]
    return [[m.person, m.name] for m in found]


def against(context: Context) -> list[str]:
    """Numbers of the cases that cost this person something in the last quarter."""
    return list(context.desk.cost(context.person.id))[:BELOW]


def homes(context: Context, unit: str) -> int:
    return len(context.desk.items.homes(unit))


LOOKS: dict[str, Callable[..., Any]] = {
    "categories": categories,
    "matters": matters,
    "locate": locate,
    "route": route,
    "same": same,
    "photo_wanted": photo_wanted,
    "holders": holders,
    "receivers": receivers,
    "bodies": bodies,
    "stand_ins": stand_ins,
    "moment": moment,
    "days": days,
    "mergeable": mergeable,
    "units_below": units_below,
    "unit_name": unit_name,
    "staff": staff,
    "phone_known": phone_known,
    "open_cases": open_cases,
    "rest": rest,
    "own_units": own_units,
    "units_to_bind": units_to_bind,
    "place_words": place_words,
    "day": day,
    "steps": steps,
    "item_duties": item_duties,
    "item_members": item_members,
    "who": who,
    "team": team,
    "mediators": mediators,
    "understood": understood,
    "homes": homes,
    "against": against,
    "coordinators": coordinators,
}
