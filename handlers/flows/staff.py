"""/staff: who works in a unit; somebody leaves it, or gets a stand-in."""

from handlers.commands import Dismiss, StandIn, Tell
from handlers.flow import Flow, Look, Option, choose, flow
from handlers.flows.units import pick_unit

WAYS = ("stand_in", "leaves")


@flow("staff", version=2, staff=True)
def staff() -> Flow:
    unit = yield from pick_unit("ask.staff.unit", micro=True)
    people = yield Look("staff", (unit,))
    if not people:
        return [Tell("staff.none")]
    options = [Option(str(person), label, literal=True) for person, label in people]
    person = int((yield choose("ask.staff.person", options)))
    way = yield choose("ask.staff.way", [Option(way, f"option.staff_{way}") for way in WAYS])
    if way == "leaves":
        ways = [Option("yes", "option.staff_leaves_yes"), Option("no", "option.staff_stays")]
        sure = yield choose("ask.staff.leaves", ways, who=dict(people)[person])
        return [Dismiss(person, unit)] if sure == "yes" else [Tell("staff.stays")]
    others = [option for option in options if option.value != str(person)]
    instead = yield choose("ask.staff.stand_in", [*others, Option("", "option.nobody")])
    return [StandIn(person, unit, int(instead) if instead else None)]
