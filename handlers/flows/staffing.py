"""招募 and 值班: who comes to a unit, and who sits at its desk."""

from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.units import pick_unit
from handlers.ledger.commands import Recruit, Sit


@flow("recruit", staff=True)
def recruit() -> Flow:
    """招募: a link that many may use, each to apply."""
    role = yield choose("ask.recruit.role", [Option(role, f"role.{role}") for role in ("worker", "micro", "volunteer")])
    unit = yield from pick_unit("ask.invite.unit", micro=role == "micro")
    return [Recruit(role, unit)]


@flow("roster", staff=True)
def roster() -> Flow:
    unit = yield from pick_unit("ask.roster.unit")
    found = yield Look("coordinators", (unit,))
    options = [Option(str(person), name, literal=True) for person, name in found]
    person = yield choose("ask.roster.who" if found else "ask.item.nobody", options)
    days, key = None, "ask.roster.days"
    while not days:
        said: Said = yield ask(key, "words")
        days = yield Look("days", (said.words,))
        key = "ask.leave.again"
    return [Sit(unit, int(person), days[0], days[1])]
