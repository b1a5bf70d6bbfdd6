"""Who holds a case, and who decides about it. A person decides where the rules would only bounce it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.model import CaseFile
from cases.people import Candidate
from cases.ports import Directory, Rules
from cases.routes import AWAY, COORDINATOR, GRID, MICRO, STAND_IN, Route
from cases.states import Held
from cases.timing import hours

#: from the second return and the third 没解决 on, the clock no longer chooses
RETURNS_BEFORE_A_PERSON = 2
DISPUTES_BEFORE_A_PERSON = 3
#: those whom the clock does not choose again in the same round
GONE = (
    Held.RETURNED,
    Held.UNREACHED,
    Held.STOOD_IN,
    Held.ESCALATED,
    Held.REPLACED,
    Held.DECLINED,
    Held.LAPSED,
    Held.APPEALED,
)


#: kinds of holders that a case's own grid names
BY_GRID = (STAND_IN, GRID, AWAY)


@dataclass(frozen=True, slots=True)
class Choice:
    holder: Candidate
    #: the rule that chose, see `cases.routes`
    rule: str
    #: how many could have been chosen by it
    of: int = 1


def clock_may_dispatch(file: CaseFile) -> bool:
    case = file.case
    return not case.private and case.returns < RETURNS_BEFORE_A_PERSON and case.disputes < DISPUTES_BEFORE_A_PERSON


def coordinators_know(file: CaseFile) -> bool:
    """What brought the case to wait has rung them already."""
    case = file.case
    last = next((a for a in reversed(file.assignments) if a.lead and a.state not in (Held.DECLINED, Held.LAPSED)), None)
    given_back = last is not None and last.state in (Held.RETURNED, Held.RECUSED) and last.round == case.round
    disputed = case.disputes > 0 and (last is None or last.round < case.round)
    return given_back or disputed


def barred(file: CaseFile, *, gone: tuple[str, ...] = GONE) -> frozenset[int]:
    """Those who had it in this round and have it no more, those who must keep out of it for good, and those who
    reported it: by itself it never bounces back."""
    before = {a.person for a in file.assignments if a.state in gone and a.round == file.round.number}
    recused = {a.person for a in file.assignments if a.state is Held.RECUSED}
    return frozenset(before | recused | {party.person for party in file.parties})


def pick(file: CaseFile, rules: Rules, now: datetime) -> Choice | None:
    """By the first rule that fits and finds somebody; None: a coordinator must choose."""
    if not clock_may_dispatch(file):
        return None
    return choose(
        file.case.unit,
        file.case.matter,
        rules,
        now,
        urgent=file.case.urgent,
        without=barred(file),
        left=[a.person for a in file.assignments if a.state in (Held.STOOD_IN, Held.UNREACHED)],
    )


def choose(
    unit: str,
    matter: str,
    rules: Rules,
    now: datetime,
    *,
    urgent: bool = False,
    without: frozenset[int] = frozenset(),
    left: Sequence[int] = (),
) -> Choice | None:
    """Who would get a case of this matter in this unit. `left`: who had it and cannot now; his stand-in is asked."""
    admitted = rules.admits(matter)
    for route in rules.routes:
        if not _fits(route, unit, matter, rules, now, urgent=urgent):
            continue
        if not admitted and route.to in (MICRO, *BY_GRID):
            continue
        if route.to == COORDINATOR:
            return None
        free = [c for c in _found(route, unit, rules.directory, left) if c.person not in without]
        if free:
            return Choice(_least_loaded(free, rules, now), route.name, len(free))
    return None


def _fits(route: Route, unit: str, matter: str, rules: Rules, now: datetime, *, urgent: bool) -> bool:
    return (
        (not route.matters or matter in route.matters or rules.categories.get(matter) in route.matters)
        and (not route.unit or route.unit in rules.directory.line(unit))
        and route.hours.contain(now, rules.calendar.zone)
        and route.urgent in (None, urgent)
    )


def _found(route: Route, unit: str, directory: Directory, left: Sequence[int]) -> Sequence[Candidate]:
    if route.to == MICRO:
        return directory.micro_workers(unit)
    if route.to not in BY_GRID:
        return directory.members(route.to)
    # a micro-grid has its grid's workers
    grid = next((code for code in directory.line(unit)[:2] if directory.is_grid(code)), None)
    if grid is None:
        return ()
    if route.to == GRID:
        return directory.workers(grid)
    return directory.stand_ins(grid, left if route.to == STAND_IN else None)


def _least_loaded(free: Sequence[Candidate], rules: Rules, now: datetime) -> Candidate:
    """Whoever works at this hour goes before who does not; then who holds fewest."""
    zone = rules.calendar.zone
    return min(free, key=lambda c: (not hours.parse(c.hours).contain(now, zone), c.open_cases, c.person))


def desk(unit: str, directory: Directory, *, above: str | None = None) -> str | None:
    """The nearest unit up the line with a present coordinator; `above`: strictly above that unit."""
    return next(iter(desks(unit, directory, above=above)), None)


def coordinators(
    unit: str, directory: Directory, *, above: str | None = None, without: Collection[int | None] = ()
) -> list[int]:
    """The present ones of the nearest unit up the line that has any other than `without`; none where nobody is."""
    at = (directory.coordinators(code) for code in desks(unit, directory, above=above))
    others = ([person for person in found if person not in without] for found in at)
    return next((found for found in others if found), [])


def desks(unit: str, directory: Directory, *, above: str | None = None) -> list[str]:
    """All of them, nearest first."""
    line = list(directory.line(unit))
    if above is not None:
        line = line[line.index(above) + 1 :] if above in line else []
    return [code for code in line if directory.coordinators(code)]
