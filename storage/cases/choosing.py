"""Who could hold a case: for a coordinator to choose from, for a holder to ask, and for a resident to read."""

from collections.abc import Sequence

from sqlalchemy import func, select

from cases import routing
from cases.model import CaseFile
from cases.people import Candidate, Role
from cases.states import Held
from cases.views import CaseKey
from storage.atdesk import AtDesk
from storage.cases import casefiles
from storage.people.presence import present
from storage.tables import persons, posts, units

#: more names than this nobody reads on a phone
CHOICES = 12


def holders(desk: AtDesk, case: CaseKey, by: int, unit: str = "") -> Sequence[Candidate]:
    """Whom a coordinator may give it to. Without a unit: the workers of the desk's area, the grid's own first, the
    coordinators below, at last those of the desk; with one: everybody there.

    What is about a person never goes to the worker pool: only coordinators of the desk are named then.
    """
    file = casefiles.load(desk.connection, case)
    recused = {a.person for a in file.assignments if a.state is Held.RECUSED}
    without = recused | {p.person for p in file.parties} | ({file.holder} if file.holder else set())
    if file.case.private:
        found = list(_own(desk, file.case.desk, by))
    elif unit:
        found = list(desk.directory.people_at(unit))
    else:
        found = [*_under(desk, file), *_own(desk, file.case.desk, by)]
    free = {c.person: c for c in found if c.person not in without}
    return list(free.values())[:CHOICES]


def _under(desk: AtDesk, file: CaseFile) -> list[Candidate]:
    area = file.case.desk
    own = desk.directory.workers(file.case.unit)  # of a large area the list below may end before them
    found = list({c.person: c for c in (*own, *desk.directory.workers_under(area))}.values())
    if not desk.rules.at(file.case.unit).admits(file.case.matter):  # not for grid workers, whoever dispatches
        found = [c for c in found if not desk.directory.is_grid(c.unit)]
    found.sort(key=lambda c: (c.unit != file.case.unit, c.open_cases, c.person))
    return [*found[: CHOICES - 3], *desk.directory.coordinators_under(area)]


def _own(desk: AtDesk, at: str, by: int) -> list[Candidate]:
    names = desk.directory.names([at])
    known = desk.people.several({by, *desk.directory.coordinators(at)})
    return [Candidate(p.id, at, 0, p.name, names.get(at, ""), p.phone_masked) for p in known.values()]


def receivers(desk: AtDesk, case: CaseKey) -> Sequence[Candidate]:
    """Whom a holder may ask to take it over: of his own unit first, then of the units beside it."""
    file = casefiles.load(desk.connection, case)
    if file.case.private:  # among the coordinators of its desk, and nowhere else
        return [c for c in _own(desk, file.case.desk, file.holder or 0) if c.person != file.holder]
    unit = file.lead.unit if file.lead else file.case.unit
    line = desk.directory.line(unit)
    beside = line[1] if len(line) > 1 else unit
    found = [*desk.directory.people_at(unit), *desk.directory.micro_under(unit), *desk.directory.workers_under(beside)]
    without = routing.barred(file, gone=()) | ({file.holder} if file.holder else set())
    free = {c.person: c for c in found if c.person not in without}
    return list(free.values())[:CHOICES]


def would_hold(desk: AtDesk, unit: str, person: int, matter: str = "", *, urgent: bool = False) -> Candidate | None:
    """Who would get a case of this matter here, reported by this person, as the rules stand now."""
    rules = desk.rules.at(unit)
    choice = routing.choose(unit, matter, rules, desk.now, urgent=urgent, without=frozenset({person}))
    return choice.holder if choice else None


def top(desk: AtDesk, district: str = "") -> str | None:
    query = (
        select(posts.c.unit)
        .join(units, units.c.code == posts.c.unit)
        .join(persons, persons.c.id == posts.c.person)
        .where(
            posts.c.role == Role.COORDINATOR,
            present(desk.now),
            units.c.retired_at.is_(None),
            posts.c.unit.startswith(district, autoescape=True),
        )
        .order_by(func.length(units.c.path), posts.c.unit)
        .limit(1)
    )
    return desk.connection.execute(query).scalar()
