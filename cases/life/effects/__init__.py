"""What each action changes in a case's file, beyond what the table says. One small function an action."""

from collections.abc import Callable

from cases.life.effects import ending, holding, together, working
from cases.life.effects.deed import Deed
from cases.model import CaseFile

__all__ = ["EFFECTS", "Deed"]

EFFECTS: dict[str, Callable[[Deed], CaseFile]] = {
    "dispatch": holding.dispatch,
    "reassign": holding.dispatch,
    "return": holding.give_back,
    "void": ending.void,
    "accept": holding.accept,
    "contact": working.contact,
    "tell": working.tell,
    "appoint": working.appoint,
    "follow": working.follow,
    "retag": working.retag,
    "amend": working.amend,
    "mediate": working.mediate,
    "mediating": working.mediating,
    "mediated_in_vain": working.mediated_in_vain,
    "ask_extension": working.ask_extension,
    "grant_extension": working.grant_extension,
    "refuse_extension": working.refuse_extension,
    "appeal": holding.appeal,
    "stand_in": holding.stand_in,
    "hand_over": holding.hand_over,
    "take": holding.take,
    "decline": holding.decline,
    "lapse": holding.lapse,
    "relieve": holding.relieve,
    "escalate": holding.escalate,
    "resolve": ending.resolve,
    "settle": ending.settle,
    "confirm": ending.confirm,
    "archive": ending.archive,
    "call": ending.call,
    "follow_up": ending.follow_up,
    "unreached": holding.unreached,
    "dispute": ending.dispute,
    "withdraw": ending.withdraw,
    "merge": ending.merge,
    "absorb": ending.absorb,
    "joint": together.joint,
    "join": together.join,
    "stay_out": together.stay_out,
    "plan": together.plan,
    "consent": together.consent,
    "part_left": together.part_left,
    "part_done": together.part_done,
}
