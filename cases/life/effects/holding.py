"""Who has it: given, taken, handed on, given back, raised."""

from dataclasses import replace
from datetime import datetime, timedelta

from cases import routing
from cases.errors import Refused
from cases.life.effects.deed import Deed, answer_offer, close_lead, enter, give
from cases.life.effects.together import without_part
from cases.model import CaseFile
from cases.ports import Directory
from cases.states import CALL, Held, Pending, State
from cases.timing import hours
from cases.timing.deadlines import ANSWER_LIMIT


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


def dispatch(deed: Deed) -> CaseFile:
    """派单 and 改派: a new holder. The round's due time is set by the first, and moved by none after it."""
    file = deed.file
    if int(deed.given["holder"]) == file.holder:
        raise Refused("refused.holds_already")
    last = next((a for a in reversed(file.assignments) if a.lead), None)
    appealed = last is not None and last.state is Held.APPEALED and last.round == file.round.number
    if appealed and file.case.state is State.ESCALATED and not _of_the_desk_or_above(deed):
        raise Refused("refused.decided_above")
    decided = file.case.decided or appealed
    file = without_part(close_lead(file, Held.REPLACED), int(deed.given["holder"]), deed.now)
    worked = hours.parse(str(deed.given.get("hours", "")))
    rnd = replace(file.round, ack_due=_ack_from(deed, worked), accepted_at=None, appointed_at=None)
    if rnd.started_at is None:
        due = _due_from(deed)
        rnd = replace(rnd, started_at=deed.now, contact_due=deed.after("contact"), due=due, yellow_at=deed.yellow(due))
    # the history keeps every deadline that was ever set
    deed.given |= {name: at.isoformat() for name, at in (("ack", rnd.ack_due), ("due", rnd.due)) if at}
    file = replace(file, assignments=give(file, deed), round=rnd)
    return enter(file, State.DISPATCHED, decided=decided, pending=_still(deed))


def _of_the_desk_or_above(deed: Deed) -> bool:
    """Whoever an appeal was about does not decide it."""
    directory = deed.rules.directory
    return deed.by is not None and bool(directory.units_of(deed.by) & set(directory.line(deed.file.case.desk)))


def relieve(deed: Deed) -> CaseFile:
    """交接: the holder leaves or moves. To whom the rules name; where they name nobody, a coordinator must."""
    if deed.given.get("holder"):
        return dispatch(deed)
    return enter(close_lead(deed.file, Held.REPLACED), State.WAITING)


def accept(deed: Deed) -> CaseFile:
    file = replace(deed.file, round=replace(deed.file.round, accepted_at=deed.now))
    return enter(file, State.WORKING, pending=_still(deed))


def _still(deed: Deed) -> Pending:
    """Who asked to be phoned still waits for it, whoever has the case by now."""
    return CALL if deed.file.case.pending == CALL else Pending()


def hand_over(deed: Deed) -> CaseFile:
    """转派: an offer. It stays with who has it until it is taken."""
    file = deed.file
    person = int(deed.given["holder"])
    if person == file.holder:
        raise Refused("refused.holds_already")
    if person in {party.person for party in file.parties}:
        raise Refused("refused.reported_it")
    offered = replace(give(file, deed)[-1], lead=False, state=Held.OFFERED)
    return replace(file, assignments=(*file.assignments, offered))


def take(deed: Deed) -> CaseFile:
    """接手: the deadlines stay what they were."""
    file, offer = deed.file, deed.file.offer
    assert offer is not None  # the condition of the row
    taken = tuple(
        replace(a, lead=True, state=Held.OPEN, given_at=deed.now)
        if a is offer
        else replace(a, state=Held.REPLACED)
        if a is file.lead
        else a
        for a in file.assignments
    )
    deed.given["holder"] = offer.person
    file = replace(file, assignments=taken, round=replace(file.round, appointed_at=None))
    return without_part(file, offer.person, deed.now)


def decline(deed: Deed) -> CaseFile:
    return answer_offer(deed.file, Held.DECLINED)


def lapse(deed: Deed) -> CaseFile:
    return answer_offer(deed.file, Held.LAPSED)


def give_back(deed: Deed) -> CaseFile:
    """退回: within its time, counted from when it was given. Costs nothing, and never comes back by itself."""
    file, lead = deed.file, deed.file.lead
    assert lead is not None  # the holder acts, so there is one
    limit = deed.rules.calendar.add(
        lead.given_at, deed.rules.deadlines.of(file.case.matter, "return_within", urgent=file.case.urgent)
    )
    if deed.now > limit:
        raise Refused("refused.return_late")
    how = Held.RECUSED if deed.given.get("reason") == "recusal" else Held.RETURNED
    return enter(close_lead(file, how), State.WAITING, returns=file.case.returns + 1)


def stand_in(deed: Deed) -> CaseFile:
    """走不开: no return; the clock asks his stand-in at once."""
    return enter(close_lead(deed.file, Held.STOOD_IN), State.WAITING)


def unreached(deed: Deed) -> CaseFile:
    """The holder's chat will not have our messages: the case waits for the next person."""
    return enter(close_lead(deed.file, Held.UNREACHED), State.WAITING)


def escalate(deed: Deed) -> CaseFile:
    file = deed.file
    lead = file.lead
    case, directory = file.case, deed.rules.directory
    # who works below the desk raises it to the desk; everybody else above it. A desk never comes down again,
    # least of all that of a complaint: below it may stand whom it is about
    below = lead is not None and deed.by == lead.person and lead.unit != case.desk and not case.private
    above = routing.desks(case.unit, directory, above=case.desk)
    # in a village of one nobody raises a case to himself
    others = (code for code in (*([case.desk] if below else []), *above) if _another(directory, code, deed.by))
    desk = next(others, None)
    if desk is None:
        raise Refused("refused.nobody_above")
    return enter(close_lead(file, Held.ESCALATED), State.ESCALATED, desk=desk)


def _another(directory: Directory, unit: str, person: int | None) -> bool:
    return any(coordinator != person for coordinator in directory.coordinators(unit))


def appeal(deed: Deed) -> CaseFile:
    """请定夺: the level above the one that sent it down decides who does it."""
    case = deed.file.case
    above = routing.desk(case.unit, deed.rules.directory, above=case.desk) or case.desk
    return enter(close_lead(deed.file, Held.APPEALED), State.ESCALATED, desk=above)
