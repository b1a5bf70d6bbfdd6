"""/invite: a coordinator makes a link that binds one person to a role and a unit."""

from handlers.commands import Invite
from handlers.flow import Flow, Option, choose, flow
from handlers.flows.units import pick_unit

ROLES = ("worker", "micro", "volunteer", "coordinator", "mediator")


@flow("invite", version=2, staff=True)
def invite() -> Flow:
    role = yield choose("ask.invite.role", [Option(role, f"role.{role}") for role in ROLES])
    unit = yield from pick_unit("ask.invite.unit", micro=role == "micro")
    return [Invite(role, unit)]
