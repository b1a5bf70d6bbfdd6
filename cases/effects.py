"""What each action changes in a case's file, beyond what the table says. One small function an action."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases import routing
from cases.errors import Refused
from cases.lifecycle import Row
from cases.model import Assignment, CaseFile, Round, State
from cases.ports import Rules


@dataclass(slots=True)
class Deed:
    file: CaseFile
    row: Row
    by: int | None
    now: datetime
    rules: Rules
    given: dict[str, Any]
    words: str

    def after(self, what: str) -> datetime:
        """The end of the matter's deadline `what`, counted from now."""
        case = self.file.case
        length = self.rules.deadlines.of(case.matter, what, urgent=case.urgent)
        return self.rules.calendar.add(self.now, length)


def _enter(file: CaseFile, state: State | None, **changes: Any) -> CaseFile:
    return replace(file, case=replace(file.case, state=state or file.case.state, **changes))


def _close_lead(file: CaseFile, how: str) -> CaseFile:
    lead = file.lead
    rest = tuple(replace(a, state=how) if a is lead else a for a in file.assignments)
    return replace(file, assignments=rest)


def _ack_from(deed: Deed) -> datetime:
    """Nobody is made late by his sleep: the time to accept begins when the quiet hours end."""
    case = deed.file.case
    length = deed.rules.deadlines.of(case.matter, "ack", urgent=case.urgent)
    start = deed.now if case.urgent else deed.rules.calendar.awake(deed.now)
    return deed.rules.calendar.add(start, length)


def dispatch(deed: Deed) -> CaseFile:
    """派单 and 改派: a new holder. The round's due time is set by the first, and moved by none after it."""
    file = deed.file
    holder = int(deed.given["holder"])
    if holder == file.holder:
        raise Refused("refused.holds_already")
    file = _close_lead(file, "replaced")
    seq = max((a.seq for a in file.assignments), default=0) + 1
    given = Assignment(seq, file.round.number, str(deed.given["unit"]), holder, deed.now)
    rnd = replace(file.round, ack_due=_ack_from(deed), accepted_at=None)
    if rnd.started_at is None:
        rnd = replace(rnd, started_at=deed.now, contact_due=deed.after("contact"), due=deed.after("due"))
    file = replace(file, assignments=(*file.assignments, given), round=rnd)
    return _enter(file, State.DISPATCHED)


def accept(deed: Deed) -> CaseFile:
    file = replace(deed.file, round=replace(deed.file.round, accepted_at=deed.now))
    return _enter(file, State.WORKING)


def contact(deed: Deed) -> CaseFile:
    return replace(deed.file, round=replace(deed.file.round, contacted_at=deed.now))


def give_back(deed: Deed) -> CaseFile:
    """退回: within its time, counted from when it was given. Costs nothing, and never comes back by itself."""
    file, lead = deed.file, deed.file.lead
    assert lead is not None  # the holder acts, so there is one
    limit = deed.rules.calendar.add(
        lead.given_at, deed.rules.deadlines.of(file.case.matter, "return_within", urgent=file.case.urgent)
    )
    if deed.now > limit:
        raise Refused("refused.return_late")
    return _enter(_close_lead(file, "returned"), State.WAITING, returns=file.case.returns + 1)


def escalate(deed: Deed) -> CaseFile:
    file = deed.file
    lead = file.lead
    case, directory = file.case, deed.rules.directory
    # who works below the desk raises it to the desk; everybody else above it. A desk never comes down again,
    # least of all that of a complaint: below it may stand whom it is about
    below = lead is not None and deed.by == lead.person and lead.unit != case.desk and not case.private
    if below and directory.coordinators(case.desk):
        desk: str | None = case.desk
    else:
        desk = routing.desk(case.unit, directory, above=case.desk)
    if desk is None:
        raise Refused("refused.nobody_above")
    return _enter(_close_lead(file, "escalated"), State.ESCALATED, desk=desk)


def resolve(deed: Deed) -> CaseFile:
    file = replace(deed.file, round=replace(deed.file.round, resolved_at=deed.now, outcome=deed.given["outcome"]))
    if file.lead is None and deed.by is not None:  # a coordinator did it himself: a 没解决 comes back to him
        seq = max((a.seq for a in file.assignments), default=0) + 1
        own = Assignment(seq, file.round.number, file.case.desk, deed.by, deed.now)
        file = replace(file, assignments=(*file.assignments, own))
    return _enter(_close_lead(file, "done"), State.RESOLVED)


def confirm(deed: Deed) -> CaseFile:
    return _enter(deed.file, State.ARCHIVED)


def archive(deed: Deed) -> CaseFile:
    return _enter(deed.file, State.ARCHIVED)


def dispute(deed: Deed) -> CaseFile:
    """没解决: a new round with times of its own, to the same holder; the third time a coordinator decides."""
    file = deed.file
    window = deed.rules.deadlines.of(file.case.matter, "dispute_within")
    resolved = file.round.resolved_at or file.case.entered_at
    if deed.now > deed.rules.calendar.add(resolved, window):
        raise Refused("refused.dispute_late")
    done = [a for a in file.assignments if a.lead and a.state == "done"]
    disputes = file.case.disputes + 1
    deed.given["times"] = disputes
    file = replace(file, round=Round(file.round.number + 1))
    file = _enter(file, State.WAITING, disputes=disputes, returns=0, round=file.round.number)
    if not done or not routing.clock_may_dispatch(file):
        return file
    deed.given |= {"holder": done[-1].person, "unit": done[-1].unit}
    deed.file = file
    return dispatch(deed)


def unreached(deed: Deed) -> CaseFile:
    """The holder's chat will not have our messages: the case waits for the next person."""
    return _enter(_close_lead(deed.file, "unreached"), State.WAITING)


def withdraw(deed: Deed) -> CaseFile:
    return _enter(_close_lead(deed.file, "replaced"), State.VOID)


EFFECTS: dict[str, Callable[[Deed], CaseFile]] = {
    "dispatch": dispatch,
    "reassign": dispatch,
    "accept": accept,
    "contact": contact,
    "return": give_back,
    "escalate": escalate,
    "resolve": resolve,
    "confirm": confirm,
    "archive": archive,
    "unreached": unreached,
    "dispute": dispute,
    "withdraw": withdraw,
    "void": withdraw,
}
