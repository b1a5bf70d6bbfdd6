"""The look-ups a flow may ask for, by name. Their results are ids and plain words, stored with the conversation."""

from collections.abc import Callable
from typing import Any

from cases.desk import CaseKey
from cases.people import Role
from handlers.context import Context
from handlers.places import LONGEST


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
    """Who would hold it, and by when there is an answer."""
    rules = context.desk.rules
    urgent = context.understood.urgent
    due = rules.calendar.add(context.desk.now, rules.deadlines.of(matter, "due", urgent=urgent)).isoformat()
    holder = None if private or not unit else context.desk.would_hold(unit, context.person.id)
    return {"due": due, "holder": holder.person if holder else None, "unit": holder.unit if holder else ""}


def photo_wanted(context: Context, case: str) -> bool:
    view = context.desk.view(CaseKey.parse(case), context.person.id)
    return view.file.case.matter in context.desk.rules.photo


def holders(context: Context, case: str) -> list[list[Any]]:
    """[person, unit, label]: those of the grid first, then the others of the desk's area, then the coordinator."""
    found = context.desk.holders(CaseKey.parse(case), context.person.id)
    return [[c.person, c.unit, f"{c.name} · {c.unit_name}"] for c in found]


def own_units(context: Context) -> list[list[str]]:
    """The units a coordinator may invite people to: his own and the grids below."""
    own = [post for post in context.person.posts if post.role in (Role.COORDINATOR, Role.ADMIN)]
    below = [u for u in context.desk.grids() if any(u.path.startswith(post.path) for post in own)]
    seen = dict.fromkeys(post.unit for post in own) | {u.code: None for u in below}
    return [[code, _name(context, code)] for code in seen]


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


def phone_known(context: Context) -> bool:
    return bool(context.person.phone_masked)


LOOKS: dict[str, Callable[..., Any]] = {
    "categories": categories,
    "matters": matters,
    "locate": locate,
    "route": route,
    "photo_wanted": photo_wanted,
    "holders": holders,
    "phone_known": phone_known,
    "rest": rest,
    "own_units": own_units,
    "units_to_bind": units_to_bind,
    "place_words": place_words,
}
