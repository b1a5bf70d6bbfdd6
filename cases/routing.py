"""Who holds a case, and who decides about it. A person decides where the rules would only bounce it."""

from cases.model import CaseFile
from cases.people import Candidate
from cases.ports import Directory

#: from the second return and the third 没解决 on, the clock no longer chooses (DESIGN §1, points 5 and 7)
RETURNS_BEFORE_A_PERSON = 2
DISPUTES_BEFORE_A_PERSON = 3


def clock_may_dispatch(file: CaseFile) -> bool:
    case = file.case
    return not case.private and case.returns < RETURNS_BEFORE_A_PERSON and case.disputes < DISPUTES_BEFORE_A_PERSON


def barred(
    file: CaseFile, *, gone: tuple[str, ...] = ("returned", "unreached", "escalated", "replaced")
) -> frozenset[int]:
    """Those who had it in this round and have it no more (a person may choose them again, unless they gave it back),
    and those who reported it: by itself it never bounces back."""
    returned = {a.person for a in file.assignments if a.state in gone and a.round == file.round.number}
    return frozenset(returned | {party.person for party in file.parties})


def pick(file: CaseFile, directory: Directory) -> Candidate | None:
    """The present worker of the grid with the fewest open cases; None: a coordinator must choose."""
    if not clock_may_dispatch(file):
        return None
    free = [c for c in directory.workers(file.case.unit) if c.person not in barred(file)]
    return min(free, key=lambda c: (c.open_cases, c.person), default=None)


def desk(unit: str, directory: Directory, *, above: str | None = None) -> str | None:
    """The nearest unit up the line with a present coordinator; `above`: strictly above that unit."""
    line = list(directory.line(unit))
    if above is not None:
        line = line[line.index(above) + 1 :] if above in line else []
    return next((code for code in line if directory.coordinators(code)), None)
