"""The look-ups a flow may ask for, by name. Their results are ids and plain words, stored with the conversation."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from cases.deadlines import ANSWER_LIMIT
from cases.people import Role
from cases.sameness import Told
from cases.states import Held
from cases.times import read_days, read_moment
from cases.views import CaseKey
from handlers import reporting, rights
from handlers.context import Context
from handlers.flows.act import VISITS
from handlers.ledger import looks as ledger
from handlers.naming import candidate, label, public
from handlers.places import LONGEST

#: so many names, and the units below are offered too
MANY = 9
#: units below that one question offers
BELOW = 30
#: what people say before a place
_THERE = re.compile("^(?:我|俺)?们?(?:就|现|还)?住?在")
#: and after it
_AFTER = "的呢啊呀哦吧。.！! "
#: one thing and not another
_NOT_THIS = re.compile(r"(?:说错了[，, ]*)?不是(.{1,10}?)[，, ]*(?:而|应该)?是(.{1,12})")


def categories(context: Context) -> list[str]:
    return list(context.world.taxonomy.categories)


def matters(context: Context, category: str) -> list[str]:
    return context.world.taxonomy.of_category(category)


def locate(context: Context, words: str, point: list[float] | None) -> list[list[str]]:
    """[(unit, label)]: one by a point; by words, every grid whose places they name (six at most), with the place
    of it that is most like them: nobody knows his grid by its number."""
    if point:
        unit = context.unit_at((point[0], point[1]))
        found = [unit] if unit else []
    else:
        found = context.units_named(words)[:6]
    if len(found) < 2:
        return [[code, _name(context, code)] for code in found]
    return [[code, " · ".join(filter(None, (_name(context, code), _like(words, names))))]
            for code, names in context.desk.places_of(found).items()]  # fmt: skip


def _like(words: str, names: Sequence[str]) -> str:
    """The name that goes on furthest as the words do; "" where none begins in them."""
    begun = [name for name in names if name[:2] in words]
    return max(begun, key=lambda name: sum(name[:end] in words for end in range(len(name) + 1)), default="")


def _name(context: Context, code: str) -> str:
    unit = context.desk.unit(code)
    return unit.name if unit else code


def route(context: Context, unit: str, matter: str, private: bool, draft: int) -> dict[str, Any]:
    """Who would hold it, and by when there is an answer; of a matter not handed to grid workers, who answers for it."""
    rules = context.desk.rules.at(unit) if unit else context.desk.rules
    urgent, now = reporting.urgent(context, context.desk.talks.draft(draft), matter), context.desk.now
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
    """[case, its matter and public place, "own" where they reported or follow it]: an open case that could be the same
    thing; empty: there is none."""
    known = context.world.taxonomy.matters.get(matter)
    if known is None or known.sensitive or not unit:
        return []
    kept = context.desk.talks.draft(draft)
    told = Told(kept.words, place, unit, (point[0], point[1]) if point else None)
    found = context.desk.same(context.person.id, matter, told, known.near)
    if found is None:
        return []
    line, own = found
    what = " · ".join(filter(None, (context.matter(line.matter), public(line))))
    return [str(line.key), what, "own" if own else ""]


def hidden(context: Context) -> str:
    """ "alone": that nobody may know who says it, and nothing else; "too": that, among other words."""
    understood = context.understood
    return "" if not understood.confidential else "too" if understood.matter or understood.places else "alone"


def corrected(_: Context, words: str, place: str) -> str:
    """ "不是西门，是东门": the place with that put right; "" where it is not about the place."""
    said = _NOT_THIS.fullmatch(words.strip("。.!！ "))
    return place.replace(said[1], said[2]) if said and said[1] in place else ""


def photo_wanted(context: Context, case: str) -> bool:
    view = context.desk.view(CaseKey.parse(case), context.person.id)
    return view.file.case.matter in context.desk.rules.photo


def holders(context: Context, case: str, unit: str = "") -> dict[str, list[list[Any]]]:
    """people: [person, unit, label], those of the grid first, then the others of the desk's area, then the coordinator;
    below: [code, name] of the units to look into."""
    key = CaseKey.parse(case)
    file = context.desk.view(key, context.person.id).file
    found = context.desk.holders(key, context.person.id, unit)
    gave_back = {a.person for a in file.assignments if a.state in (Held.RETURNED, Held.DECLINED)}
    people = [[c.person, c.unit, candidate(context, c, gave_back=c.person in gave_back)] for c in found]
    everybody = not unit and len(found) < MANY
    below = [] if file.case.private or everybody else context.desk.children(unit or file.case.desk)
    return {"people": people, "below": [[u.code, u.name] for u in below if u.level != "micro"][:BELOW]}


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
    return [[c.person, c.unit, candidate(context, c)] for c in context.desk.receivers(CaseKey.parse(case))]


def stand_ins(context: Context) -> list[list[Any]]:
    return [[c.person, candidate(context, c)] for c in context.desk.staffing.stand_in_choices(context.person.id)]


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
    return [[str(line.key), label(context, line)] for line in context.desk.lists.mergeable(CaseKey.parse(case))]


#: whose posts a unit can be chosen from
WHOSE = {
    "coordinators": rights.INVITING,
    "leaders": rights.OVERSEEING,
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
    found = context.desk.staffing.members(unit)
    return [[m.person, f"{m.name} · {context.text(f'role.{m.role}')} · {m.open_cases}"] for m in found]


def place_words(context: Context, words: str) -> str:
    """Of an answer that tells more than a place, the place alone."""
    understood = context.understood
    named = "、".join(span.text for span in understood.places)[:LONGEST]
    more = len(words) > LONGEST or understood.private or (understood.matter and understood.places)
    return named if more or (named and _THERE.sub("", words).rstrip(_AFTER) == named) else words


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
    return len(context.desk.lists.mine(context.person.id, only_open=True))


def phone_known(context: Context) -> bool:
    return bool(context.person.phone_masked)


LOOKS: dict[str, Callable[..., Any]] = {
    "categories": categories,
    "matters": matters,
    "locate": locate,
    "corrected": corrected,
    "hidden": hidden,
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
    **ledger.LOOKS,
}
