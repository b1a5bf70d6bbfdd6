"""What the clock does next to a case: a pure function of its file. Deadlines are columns, never jobs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases import routing
from cases.model import Assignment, CaseFile
from cases.ports import Rules
from cases.states import Held, State
from cases.timing import deadlines, hours
from cases.timing.calendar import Duration

#: so many times longer a case waits for the telephone call that was promised
WAITS = 2


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    action: str
    why: str = ""
    #: 0 at the deadline itself, then 1, 2 … for each level above, with every `overdue_every`
    step: int = 0
    #: the first word about it was missed while nobody looked: said together with this one
    late: bool = False


def _levels(first: Moment, every: Duration, file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """`first`, and once more for each level above that has not heard of it yet; then it is on everybody's list."""
    yield first
    moment = first
    for _ in routing.desks(file.case.unit, rules.directory, above=file.case.desk):
        moment = Moment(rules.calendar.add(moment.at, every), moment.action, moment.why, moment.step + 1)
        yield moment


def _deadline(start: datetime, due: datetime | None, why: str, file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """A reminder before it is late (never in the first half of the time), then 超时, up the levels."""
    if due is None:
        return
    case = file.case
    if why == "ack" and not case.urgent and file.lead:  # nobody's time runs in the night, or outside his hours
        start = hours.parse(file.lead.hours).next(rules.calendar.told(start), rules.calendar.zone)
    before = rules.deadlines.of(case.matter, "remind_before", urgent=case.urgent)
    yellow = deadlines.yellow(start, due, before, rules.calendar)
    visit = file.round.appointed_at
    if visit is None or visit < yellow or why == "ack":
        yield Moment(yellow, "remind", why)
    every = rules.deadlines.of(case.matter, "overdue_every", urgent=case.urgent)
    yield from _levels(Moment(due, "overdue", why), every, file, rules)


def _visit(file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """He said when he comes: reminded shortly before, instead of by the calendar of the deadline."""
    case, visit = file.case, file.round.appointed_at
    if visit is not None:
        before = rules.deadlines.of(case.matter, "remind_visit", urgent=case.urgent)
        yield Moment(rules.calendar.subtract(visit, before), "remind", "visit")


def _waiting(file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """Nobody holds it: the clock looks for somebody, and those who must find one hear of it."""
    case = file.case
    if case.state is State.WAITING:
        if routing.clock_may_dispatch(file):
            yield Moment(case.entered_at, "dispatch")
        elif not routing.coordinators_know(file):
            yield Moment(case.entered_at, "overdue", "nobody")
    length = rules.deadlines.of(case.matter, "dispatch", urgent=case.urgent)
    every = rules.deadlines.of(case.matter, "overdue_every", urgent=case.urgent)
    late = Moment(rules.calendar.add(case.entered_at, length), "overdue", case.state)
    yield from _levels(late, every, file, rules)


def _asking(file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """The resident is asked again after one `rate_every` and after three; who stays silent is archived as such."""
    case = file.case
    length = rules.deadlines.of(case.matter, "archive_after", urgent=case.urgent)
    end = rules.calendar.add(case.entered_at, length)
    if case.pending.kind == "call":  # who waits for a call is not asked again, and not so soon taken for silent
        for _ in range(WAITS):
            end = rules.calendar.add(end, length)
        yield Moment(end, "archive")
        return
    every = rules.deadlines.of(case.matter, "rate_every", urgent=case.urgent)
    at = case.entered_at
    for round_ in range(3):
        at = rules.calendar.add(at, every)
        if round_ != 1 and at < end:
            yield Moment(at, "ask_again")
    yield Moment(end, "archive")


def _offered(file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """Asked to take it over, and no answer: it stays with who has it."""
    if file.offer is not None:
        case = file.case
        length = rules.deadlines.of(case.matter, "take_within", urgent=case.urgent)
        # nobody's time to answer runs while he is not even told
        yield Moment(rules.calendar.add(rules.calendar.told(file.offer.given_at), length), "lapse")


def _part(part: Assignment, file: CaseFile, rules: Rules) -> tuple[datetime, datetime]:
    """When a part is about to be late, and when it is: first to be taken, then to be in."""
    case, start = file.case, part.accepted_at or part.given_at
    if part.state is Held.INVITED:
        start = part.given_at if case.urgent else rules.calendar.told(part.given_at)
        end = rules.calendar.add(start, rules.deadlines.of(case.matter, "ack", urgent=case.urgent))
    else:
        end = part.due or start
    before = rules.deadlines.of(case.matter, "remind_before", urgent=case.urgent)
    return deadlines.yellow(start, end, before, rules.calendar), end


def _together(file: CaseFile, rules: Rules) -> Iterator[Moment]:
    """Each part is reminded of on its own; the lead's own deadlines run beside."""
    for part in file.parts:
        yellow, end = _part(part, file, rules)
        yield Moment(yellow, "part_remind", part.state)
        yield Moment(end, "part_overdue", part.state)


def slow(file: CaseFile, now: datetime, rules: Rules) -> list[Assignment]:
    """Parts that are late, or about to be."""
    return [part for part in file.parts if _part(part, file, rules)[0] <= now]


def moments(file: CaseFile, rules: Rules) -> list[Moment]:
    """All that the clock has to do while the case stays as it is, in order."""
    case, rnd = file.case, file.round
    start = rnd.started_at or case.entered_at
    found: list[Moment] = []
    if case.state in (State.WAITING, State.ESCALATED):
        found += _waiting(file, rules)
    if case.state is State.DISPATCHED and file.lead:
        found += _deadline(file.lead.given_at, rnd.ack_due, "ack", file, rules)
    if case.state is State.WORKING and not rnd.contacted_at:
        found += _deadline(start, rnd.contact_due, "contact", file, rules)
    if case.state in (State.DISPATCHED, State.WORKING, State.ESCALATED):
        found += _deadline(start, rnd.due, "due", file, rules)
    if case.state in (State.DISPATCHED, State.WORKING, State.ESCALATED):
        found += _together(file, rules)
    if case.state is State.WORKING:
        found += [*_visit(file, rules), *_offered(file, rules)]
    if case.state is State.RESOLVED:
        found += _asking(file, rules)
    if not case.urgent:
        found = [replace(m, at=_fit(m, file, rules)) for m in found]
    return sorted(found, key=lambda m: m.at)


#: what is settled by itself, and says nothing of the deadlines that passed meanwhile
BESIDE = ("lapse",)
#: what the clock may do while people sleep: nobody is rung by it
SILENT = ("dispatch", "archive", "lapse")


def _fit(moment: Moment, file: CaseFile, rules: Rules) -> datetime:
    """No notice in the quiet hours, and none to a part-timer outside his own."""
    if moment.action in SILENT:
        return moment.at
    at = rules.calendar.told(moment.at)
    own = hours.parse(file.lead.hours) if file.lead else hours.Hours()
    if moment.action == "remind" or moment.why in ("ack", "contact"):
        return own.next(at, rules.calendar.zone)
    return at


#: of several deadlines that passed, the one that is spoken of: the last
WHY = ("", "invited", "part", "visit", "waiting", "escalated", "nobody", "contact", "ack", "due")


def due_now(file: CaseFile, now: datetime, rules: Rules) -> Moment | None:
    """The one thing to do now. What was missed while nobody looked is said once, by the gravest that passed."""
    after = file.case.clocked_at
    past = [m for m in moments(file, rules) if m.at <= now and (after is None or m.at > after)]
    gravity = ("remind", "ask_again", "part_remind", "part_overdue", "overdue", "lapse", "dispatch", "archive")
    found = max(past, key=lambda m: (gravity.index(m.action), WHY.index(m.why), m.step, m.at), default=None)
    if found is None or not found.step:
        return found
    return replace(found, late=any(m.step == 0 and m.why == found.why and m.action == found.action for m in past))


def unsaid(file: CaseFile, now: datetime, rules: Rules) -> list[datetime]:
    """When the promise of an answer was missed, as far as nobody was told: that outlasts a change of state."""
    after = file.case.clocked_at
    every = moments(file, rules.at(file.case.unit)) if after else ()
    return [m.at for m in every if m.action == "overdue" and m.why == "due" and after and after < m.at <= now]


def next_at(file: CaseFile, rules: Rules) -> datetime | None:
    """When to look at the case again; None: never."""
    after = file.case.clocked_at
    rules = rules.at(file.case.unit)
    return next((m.at for m in moments(file, rules) if after is None or m.at > after), None)
