"""What each action changes in an item, beyond what the table says. One small function an action."""

from collections.abc import Callable

from cases.ledger.effects import duties, household, mediation
from cases.ledger.effects.deed import OVER, Deed
from cases.ledger.model import Kind

__all__ = ["EFFECTS", "OVER", "Deed"]

EFFECTS: dict[tuple[Kind, str], Callable[[Deed], None]] = {
    (Kind.WORK, "done"): duties.work_done,
    (Kind.WORK, "move"): duties.move,
    (Kind.WORK, "assign"): duties.assign,
    (Kind.MEDIATION, "party"): mediation.party,
    (Kind.MEDIATION, "assign"): mediation.assign,
    (Kind.MEDIATION, "agree"): mediation.agree,
    (Kind.MEDIATION, "refuse"): mediation.refuse,
    (Kind.MEDIATION, "meet"): mediation.meet,
    (Kind.MEDIATION, "session"): mediation.session,
    (Kind.MEDIATION, "extend"): mediation.extend,
    (Kind.MEDIATION, "settle"): mediation.settle,
    (Kind.MEDIATION, "fail"): mediation.fail,
    (Kind.MEDIATION, "court"): mediation.court,
    (Kind.MEDIATION, "perform"): mediation.perform,
    (Kind.MEDIATION, "breach"): mediation.breach,
    (Kind.HOUSEHOLD, "need"): household.need,
    (Kind.HOUSEHOLD, "pair"): household.pair,
    (Kind.HOUSEHOLD, "done"): household.home_done,
    (Kind.HOUSEHOLD, "move"): duties.move,
    (Kind.HOUSEHOLD, "hand"): household.hand,
    (Kind.PATROL, "done"): duties.patrol_done,
    (Kind.VISIT, "line"): duties.line,
    (Kind.NOTICE, "approve"): duties.send,
    (Kind.NOTICE, "send"): duties.send,
    (Kind.CONTEST, "uphold"): duties.decide,
    (Kind.CONTEST, "dismiss"): duties.decide,
    (Kind.REVIEW, "fix"): duties.fix,
    (Kind.REVIEW, "done"): duties.done,
    (Kind.REVIEW, "move"): duties.move,
    (Kind.REVIEW, "close"): duties.review_close,
}
