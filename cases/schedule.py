"""What the clock does next to a case: a pure function of its file. Deadlines are columns, never jobs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.calendar import Duration
from cases.model import CaseFile, State
from cases.ports import Rules
from cases.routing import clock_may_dispatch


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    action: str
    why: str = ""
    #: 0 at the deadline itself, then 1, 2 … with every `overdue_every`
    step: int = 0


def _repeats(moment: Moment, every: Duration, until: datetime, rules: Rules) -> Iterator[Moment]:
    """`moment` and its repetitions, through the first one after `until`."""
    if every.seconds and moment.at < until:  # a case long late: start near `until`, not at the beginning
        skip = max(0, int((until - moment.at).total_seconds() // every.seconds) - 1)
        if skip:
            at = moment.at + timedelta(seconds=skip * every.seconds)
            moment = Moment(at, moment.action, moment.why, moment.step + skip)
    while True:
        yield moment
        if moment.at > until:
            return
        moment = Moment(rules.calendar.add(moment.at, every), moment.action, moment.why, moment.step + 1)


def _deadline(
    start: datetime, due: datetime | None, why: str, file: CaseFile, until: datetime, rules: Rules
) -> Iterator[Moment]:
    """A reminder before it is late (never in the first half of the time), then 超时 until it is done."""
    if due is None:
        return
    case = file.case
    early = rules.calendar.subtract(due, rules.deadlines.of(case.matter, "remind_before", urgent=case.urgent))
    yield Moment(max(early, start + (due - start) / 2), "remind", why)
    every = rules.deadlines.of(case.matter, "overdue_every", urgent=case.urgent)
    yield from _repeats(Moment(due, "overdue", why), every, until, rules)


def moments(file: CaseFile, until: datetime, rules: Rules) -> list[Moment]:
    """All that the clock has to do in this state, in order, through the first moment after `until`."""
    case, rnd = file.case, file.round
    span = {
        what: rules.deadlines.of(case.matter, what, urgent=case.urgent)
        for what in ("dispatch", "overdue_every", "rate_every", "archive_after")
    }
    found: list[Moment] = []
    entered = case.entered_at
    start = rnd.started_at or entered
    if case.state in (State.WAITING, State.ESCALATED):
        why = "waiting" if case.state is State.WAITING else "escalated"
        if case.state is State.WAITING:
            auto = clock_may_dispatch(file)
            if auto:
                found.append(Moment(entered, "dispatch"))
            elif not (case.returns or case.disputes):  # those rang the coordinators themselves
                found.append(Moment(entered, "overdue", "nobody"))
        late = Moment(rules.calendar.add(entered, span["dispatch"]), "overdue", why, 1)
        found += _repeats(late, span["overdue_every"], until, rules)
    if case.state is State.DISPATCHED and file.lead:
        found += _deadline(file.lead.given_at, rnd.ack_due, "ack", file, until, rules)
    if case.state in (State.DISPATCHED, State.WORKING) and not rnd.contacted_at:
        found += _deadline(start, rnd.contact_due, "contact", file, until, rules)
    if case.state in (State.DISPATCHED, State.WORKING, State.ESCALATED):
        found += _deadline(start, rnd.due, "due", file, until, rules)
    if case.state is State.RESOLVED:
        end = rules.calendar.add(entered, span["archive_after"])
        again = rules.calendar.add(entered, span["rate_every"])
        asks = _repeats(Moment(again, "ask_again"), span["rate_every"], max(until, again), rules)
        found += [m for m in asks if m.at < end]
        found.append(Moment(end, "archive"))
    if not case.urgent:
        found = [
            m if m.action == "dispatch" else Moment(rules.calendar.awake(m.at), m.action, m.why, m.step) for m in found
        ]
    return sorted(found, key=lambda m: m.at)


#: of several deadlines that passed, the one that is spoken of: the last
WHY = ("", "waiting", "escalated", "nobody", "contact", "ack", "due")


def due_now(file: CaseFile, now: datetime, rules: Rules) -> Moment | None:
    """The one thing to do now. What was missed while nobody looked is said once, by the gravest that passed."""
    after = file.case.clocked_at
    past = [m for m in moments(file, now, rules) if m.at <= now and (after is None or m.at > after)]
    gravity = ("remind", "ask_again", "overdue", "dispatch", "archive")
    return max(past, key=lambda m: (gravity.index(m.action), m.step, WHY.index(m.why), m.at), default=None)


def next_at(file: CaseFile, rules: Rules) -> datetime | None:
    """When to look at the case again; None: never."""
    after = file.case.clocked_at
    ahead = moments(file, after or file.case.entered_at, rules)
    return next((m.at for m in ahead if after is None or m.at > after), None)
