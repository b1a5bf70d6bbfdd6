"""The look-ups a flow may ask for, by name. Their results are ids and plain words, stored with the conversation."""

from collections.abc import Callable
from typing import Any

from cases.people import Role
from cases.reading.sameness import Told
from cases.reading.times import read_days, read_moment
from cases.states import Held
from cases.timing.deadlines import ANSWER_LIMIT
from cases.views import CaseKey
from handlers import rights
from handlers.asking.whereabouts import corrected, locate, name_of, names_a_place, other_building, place_words
from handlers.context import Context
from handlers.flows.act import VISITS
from handlers.ledger import looks as ledger
from handlers.naming import candidate, label, public
from handlers.places import words_of
from handlers.reports import reporting

#: so many names, and the units below are offered too
MANY = 9
#: units below that one question offers
BELOW = 30


def categories(context: Context) -> list[str]:
    return list(context.world.taxonomy.categories)


def matters(context: Context, category: str) -> list[str]:
    return context.world.taxonomy.of_category(category)


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
        "due": due.isoformat(),
        "holder": holder.person if holder else None,
        "unit": holder.unit if holder else "",
        "elsewhere": known.answers if known and not rules.admits(matter) else "",
    }


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


def matter_told(context: Context) -> str:
    return context.understood.matter or ""


def place_told(context: Context) -> list[str]:
    """[unit, place] of the words that were just said; empty where they name none."""
    understood = context.understood
    return [understood.unit or "", words_of(understood.facts()["places"])] if understood.unit else ["", ""]


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
    return [[code, name_of(context, code)] for code in dict.fromkeys(own)]


def units_below(context: Context, unit: str, micro: bool) -> list[list[str]]:
    return [[u.code, u.name] for u in context.desk.children(unit) if micro or u.level != "micro"][:BELOW]


def unit_name(context: Context, unit: str) -> str:
    return name_of(context, unit)


def staff(context: Context, unit: str) -> list[list[Any]]:
    """[person, label] of everybody with a post in exactly this unit."""
    found = context.desk.staffing.members(unit)
    return [[m.person, f"{m.name} · {context.text(f'role.{m.role}')} · {m.open_cases}"] for m in found]


def units_to_bind(context: Context, code: str) -> list[list[str]]:
    """The unit that was named by its code; else those of the coordinator's own posts."""
    own = [post.unit for post in context.person.serves(Role.COORDINATOR)]
    return [[unit, name_of(context, unit)] for unit in ([code] if code else own)]


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
    "other_building": other_building,
    "hidden": hidden,
    "matter_told": matter_told,
    "place_told": place_told,
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
    "names_a_place": names_a_place,
    **ledger.LOOKS,
}
