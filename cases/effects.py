"""What each action changes in a case's file, beyond what the table says. One small function an action."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cases import hours, routing
from cases.calendar import Duration
from cases.deadlines import ANSWER_LIMIT, LONGEST_EXTENSION
from cases.errors import Refused
from cases.lifecycle import TABLE, Row
from cases.model import Assignment, CaseFile, Hat, Party, Round, State
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

    def like(self, action: str) -> None:
        """What came of it is told as this other action is."""
        self.row = TABLE[action]

    def yellow(self, due: datetime) -> datetime:
        """When it is about to be late: `remind_before`, yet never in the first half of the time."""
        case, start = self.file.case, self.file.round.started_at or self.now
        length = self.rules.deadlines.of(case.matter, "remind_before", urgent=case.urgent)
        return max(self.rules.calendar.subtract(due, length), start + (due - start) / 2)

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


def _ack_from(deed: Deed, worked: hours.Hours) -> datetime:
    """Nobody is made late by his sleep, or by hours he does not work: the time to accept is counted in his own."""
    case, calendar = deed.file.case, deed.rules.calendar
    length = deed.rules.deadlines.of(case.matter, "ack", urgent=case.urgent)
    start = deed.now if case.urgent else calendar.told(deed.now)
    if worked.windows and not case.urgent and not length.workdays:
        return worked.add(start, timedelta(seconds=length.seconds), calendar.zone)
    return calendar.add(start, length)


def _due_from(deed: Deed) -> datetime:
    """By when there is an answer: never later than the rules allow, and where another system set a date, then."""
    if deed.file.case.outside_due is not None:
        return deed.file.case.outside_due
    return min(deed.after("due"), deed.rules.calendar.add(deed.now, ANSWER_LIMIT))


def _give(file: CaseFile, deed: Deed) -> tuple[Assignment, ...]:
    """All assignments, and a new one to whom it is given."""
    seq = max((a.seq for a in file.assignments), default=0) + 1
    unit, person = str(deed.given["unit"]), int(deed.given["holder"])
    given = Assignment(seq, file.round.number, unit, person, deed.now, hours=str(deed.given.get("hours", "")))
    return (*file.assignments, given)


def dispatch(deed: Deed) -> CaseFile:
    """派单 and 改派: a new holder. The round's due time is set by the first, and moved by none after it."""
    file = deed.file
    if int(deed.given["holder"]) == file.holder:
        raise Refused("refused.holds_already")
    last = file.assignments[-1] if file.assignments else None
    decided = file.case.decided or (last is not None and last.state == "appealed")
    file = _close_lead(file, "replaced")
    worked = hours.parse(str(deed.given.get("hours", "")))
    rnd = replace(file.round, ack_due=_ack_from(deed, worked), accepted_at=None, appointed_at=None)
    if rnd.started_at is None:
        due = _due_from(deed)
        rnd = replace(rnd, started_at=deed.now, contact_due=deed.after("contact"), due=due, yellow_at=deed.yellow(due))
    file = replace(file, assignments=_give(file, deed), round=rnd)
    return _enter(_withdraw_offer(file), State.DISPATCHED, decided=decided)


def relieve(deed: Deed) -> CaseFile:
    """交接: the holder leaves or moves. To whom the rules name; where they name nobody, a coordinator must."""
    if deed.given.get("holder"):
        return dispatch(deed)
    return _enter(_withdraw_offer(_close_lead(deed.file, "replaced")), State.WAITING)


def hand_over(deed: Deed) -> CaseFile:
    """转派: an offer. It stays with who has it until it is taken."""
    file = deed.file
    person = int(deed.given["holder"])
    if person == file.holder:
        raise Refused("refused.holds_already")
    if person in {party.person for party in file.parties}:
        raise Refused("refused.reported_it")
    offered = replace(_give(file, deed)[-1], lead=False, state="offered")
    return replace(file, assignments=(*file.assignments, offered))


def _answer_offer(file: CaseFile, state: str) -> CaseFile:
    return replace(file, assignments=tuple(replace(a, state=state) if a is file.offer else a for a in file.assignments))


def _withdraw_offer(file: CaseFile) -> CaseFile:
    return _answer_offer(file, "lapsed")


def take(deed: Deed) -> CaseFile:
    """接手: the deadlines stay what they were."""
    file, offer = deed.file, deed.file.offer
    assert offer is not None  # the condition of the row
    taken = tuple(
        replace(a, lead=True, state="open", given_at=deed.now) if a is offer
        else replace(a, state="replaced") if a is file.lead else a
        for a in file.assignments
    )  # fmt: skip
    deed.given["holder"] = offer.person
    return replace(file, assignments=taken)


def decline(deed: Deed) -> CaseFile:
    return _answer_offer(deed.file, "declined")


def lapse(deed: Deed) -> CaseFile:
    return _answer_offer(deed.file, "lapsed")


def accept(deed: Deed) -> CaseFile:
    file = replace(deed.file, round=replace(deed.file.round, accepted_at=deed.now))
    return _enter(file, State.WORKING)


def contact(deed: Deed) -> CaseFile:
    return replace(deed.file, round=replace(deed.file.round, contacted_at=deed.now))


def appoint(deed: Deed) -> CaseFile:
    """预约上门: who agrees on a time has spoken with the resident. No deadline moves."""
    at = datetime.fromisoformat(str(deed.given["time"]))
    if at <= deed.now:
        raise Refused("refused.past")
    contacted = deed.file.round.contacted_at or deed.now
    return replace(deed.file, round=replace(deed.file.round, appointed_at=at, contacted_at=contacted))


def ask_extension(deed: Deed) -> CaseFile:
    """延期: before it is late, once, and no longer than the rules allow."""
    due = deed.file.round.due
    if due is None or deed.now > due:
        raise Refused("refused.extension_late")
    days = min(int(deed.given["days"]), LONGEST_EXTENSION)
    return _enter(deed.file, None, pending=f"extension:{days}")


def grant_extension(deed: Deed) -> CaseFile:
    rnd, days = deed.file.round, int(deed.file.case.pending.partition(":")[2])
    assert rnd.due is not None  # it was asked for
    due = deed.rules.calendar.add(rnd.due, Duration(workdays=days))
    deed.given |= {"days": days, "before": rnd.due.isoformat(), "after": due.isoformat()}
    longer = replace(rnd, due=due, due_before=rnd.due, yellow_at=deed.yellow(due))
    return _enter(replace(deed.file, round=longer), None, pending="")


def refuse_extension(deed: Deed) -> CaseFile:
    """Once is once: what was refused is not asked again."""
    rnd = deed.file.round
    return _enter(replace(deed.file, round=replace(rnd, due_before=rnd.due)), None, pending="")


def appeal(deed: Deed) -> CaseFile:
    """请定夺: the level above the one that sent it down decides who does it."""
    case = deed.file.case
    above = routing.desk(case.unit, deed.rules.directory, above=case.desk) or case.desk
    return _enter(_close_lead(deed.file, "appealed"), State.ESCALATED, desk=above)


def stand_in(deed: Deed) -> CaseFile:
    """走不开: no return; the clock asks his stand-in at once."""
    return _enter(_withdraw_offer(_close_lead(deed.file, "stood_in")), State.WAITING)


def give_back(deed: Deed) -> CaseFile:
    """退回: within its time, counted from when it was given. Costs nothing, and never comes back by itself."""
    file, lead = deed.file, deed.file.lead
    assert lead is not None  # the holder acts, so there is one
    limit = deed.rules.calendar.add(
        lead.given_at, deed.rules.deadlines.of(file.case.matter, "return_within", urgent=file.case.urgent)
    )
    if deed.now > limit:
        raise Refused("refused.return_late")
    how = "recused" if deed.given.get("reason") == "recusal" else "returned"
    return _enter(_withdraw_offer(_close_lead(file, how)), State.WAITING, returns=file.case.returns + 1)


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
    return _enter(_withdraw_offer(_close_lead(file, "escalated")), State.ESCALATED, desk=desk, pending="")


def resolve(deed: Deed) -> CaseFile:
    file = replace(deed.file, round=replace(deed.file.round, resolved_at=deed.now, outcome=deed.given["outcome"]))
    if file.lead is None and deed.by is not None:  # a coordinator did it himself: a 没解决 comes back to him
        seq = max((a.seq for a in file.assignments), default=0) + 1
        own = Assignment(seq, file.round.number, file.case.desk, deed.by, deed.now)
        file = replace(file, assignments=(*file.assignments, own))
    pending = "" if any(voice.chat for voice in file.voices) else "call"
    return _enter(_withdraw_offer(_close_lead(file, "done")), State.RESOLVED, pending=pending)


def settle(deed: Deed) -> CaseFile:
    """当场办结: found and put right by the same worker in one go; counted apart from what residents reported."""
    file, now = deed.file, deed.now
    assert deed.by is not None
    rnd = replace(file.round, started_at=now, accepted_at=now, resolved_at=now, outcome="on_the_spot")
    own = Assignment(1, file.round.number, file.case.unit, deed.by, now, state="done")
    return _enter(replace(file, round=rnd, assignments=(own,)), State.ARCHIVED)


def confirm(deed: Deed) -> CaseFile:
    return _enter(deed.file, State.ARCHIVED, pending="")


def archive(deed: Deed) -> CaseFile:
    return _enter(deed.file, State.ARCHIVED)


def call(deed: Deed) -> CaseFile:
    return _enter(deed.file, None, pending="call")


def follow_up(deed: Deed) -> CaseFile:
    """回访: by somebody outside the holder's unit, who writes down what the resident said on the phone."""
    file = deed.file
    worked = [a for a in file.assignments if a.lead and a.state == "done"]
    posts = deed.rules.directory.units_of(deed.by) if deed.by else frozenset[str]()
    if worked and (worked[-1].person == deed.by or posts <= {worked[-1].unit}):
        raise Refused("refused.own_unit")
    answer = deed.given["answer"]
    if answer == "solved":
        return _enter(file, State.ARCHIVED, pending="")
    if answer == "unsolved":
        deed.like("dispute")
        return dispute(deed)
    return file


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
    file = _enter(file, State.WAITING, disputes=disputes, returns=0, round=file.round.number, decided=False, pending="")
    if not done or not routing.clock_may_dispatch(file):
        return file
    deed.given |= {"holder": done[-1].person, "unit": done[-1].unit, "hours": done[-1].hours}
    deed.file = file
    return dispatch(deed)


def unreached(deed: Deed) -> CaseFile:
    """The holder's chat will not have our messages: the case waits for the next person."""
    return _enter(_withdraw_offer(_close_lead(deed.file, "unreached")), State.WAITING)


def withdraw(deed: Deed) -> CaseFile:
    return _enter(_withdraw_offer(_close_lead(deed.file, "replaced")), State.VOID, pending="")


def void(deed: Deed) -> CaseFile:
    """不予受理: told apart from what was withdrawn."""
    return withdraw(replace(deed, file=replace(deed.file, round=replace(deed.file.round, outcome="refused"))))


def merge(deed: Deed) -> CaseFile:
    return _enter(_withdraw_offer(_close_lead(deed.file, "replaced")), State.MERGED, pending="")


def absorb(deed: Deed) -> CaseFile:
    """Those of a merged case follow the main one from now on."""
    known = {party.person for party in deed.file.parties}
    new = tuple(Party(p, Hat.FOLLOWER, chat) for p, chat in deed.given.pop("parties") if p not in known)
    return _enter(replace(deed.file, parties=(*deed.file.parties, *new)), None)


EFFECTS: dict[str, Callable[[Deed], CaseFile]] = {
    "dispatch": dispatch,
    "reassign": dispatch,
    "return": give_back,
    "void": void,
    "accept": accept,
    "contact": contact,
    "appoint": appoint,
    "ask_extension": ask_extension,
    "grant_extension": grant_extension,
    "refuse_extension": refuse_extension,
    "appeal": appeal,
    "stand_in": stand_in,
    "hand_over": hand_over,
    "take": take,
    "decline": decline,
    "lapse": lapse,
    "relieve": relieve,
    "escalate": escalate,
    "resolve": resolve,
    "settle": settle,
    "confirm": confirm,
    "archive": archive,
    "call": call,
    "follow_up": follow_up,
    "unreached": unreached,
    "dispute": dispute,
    "withdraw": withdraw,
    "merge": merge,
    "absorb": absorb,
}
