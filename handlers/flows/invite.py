"""/invite: a coordinator makes a link that binds one person to a role and a unit."""

from handlers.commands import Invite
from handlers.flow import Flow, Look, Option, choose, flow

ROLES = ("worker", "micro", "volunteer", "coordinator", "mediator")


@flow("invite")
def invite() -> Flow:
    role = yield choose("ask.invite.role", [Option(role, f"role.{role}") for role in ROLES])
    units = yield Look("own_units")
    unit = yield choose("ask.invite.unit", [Option(code, name, literal=True) for code, name in units])
    return [Invite(role, unit)]
