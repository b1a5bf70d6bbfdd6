"""Lists of cases, each for one viewer: what is theirs, what they hold, what their area waits for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, or_, select

from cases.errors import Refused
from cases.people import Person, Role
from cases.states import OPEN, TAKING_PART, Hat, Pending, State
from cases.views import BOARD, Board, CaseKey, CaseLine
from storage.atdesk import AtDesk
from storage.database.scope import community, under
from storage.tables import assignments, cases, entries, parties, rounds, units

#: a list is read on a phone; who has more works through it, or reads the page
LONGEST = 200
#: lines on one page of the board
PAGE = 8
#: closed cases whose number ends so are phoned about (抽查): five in a hundred, and at most so many by one coordinator
DRAWN, SPOT_MOST = ("13", "33", "53", "73", "93"), 3
DRAWN_WITHIN = timedelta(days=2)

#: open, or resolved and somebody is to be phoned about it
WAITED_FOR = or_(cases.c.state.in_(OPEN), and_(cases.c.state == State.RESOLVED, cases.c.pending != ""))
#: a case's current round
CURRENT_ROUND = and_(
    rounds.c.district == cases.c.district, rounds.c.case == cases.c.id, rounds.c.number == cases.c.round
)
_LINES = (
    select(cases, rounds.c.due, rounds.c.ack_due, rounds.c.outcome, units.c.name.label("unit_name"))
    .join(rounds, CURRENT_ROUND)
    .join(units, units.c.code == cases.c.unit)
)


def _line(r: Any) -> CaseLine:
    ahead = [r.ack_due, r.due] if r.state == State.DISPATCHED else [r.due]
    due = min(filter(None, ahead), default=None)
    return CaseLine(
        CaseKey(r.district, r.id),
        r.number,
        r.matter,
        r.private,
        r.state,
        r.place,
        r.unit_name,
        due,
        Pending.parse(r.pending).kind,
        r.state == State.VOID and r.outcome == "refused",
    )


def _lines(connection: Connection, query: Select[Any]) -> list[CaseLine]:
    return [_line(row) for row in connection.execute(query)]


def lines(connection: Connection, keys: Sequence[CaseKey]) -> Sequence[CaseLine]:
    found = _lines(
        connection,
        _LINES.where(
            cases.c.district.in_({key.district for key in keys}), cases.c.id.in_([key.id for key in keys])
        ).order_by(rounds.c.due.nulls_first(), cases.c.id),
    )
    wanted = set(keys)
    return [line for line in found if line.key in wanted]


def mine(connection: Connection, person: int, *, only_open: bool) -> Sequence[CaseLine]:
    own = func.sum(case((parties.c.part == Hat.FOLLOWER, 0), else_=1))
    theirs = (
        select(parties.c.district, parties.c.case, (own == 0).label("follows"))
        .where(parties.c.person == person)
        .group_by(parties.c.district, parties.c.case)
        .subquery()
    )
    at = and_(theirs.c.district == cases.c.district, theirs.c.case == cases.c.id)
    query = _LINES.join(theirs, at).add_columns(theirs.c.follows)
    query = query.order_by(cases.c.reported_at.desc(), cases.c.id).limit(LONGEST)
    if only_open:
        query = query.where(cases.c.state.in_([*OPEN, State.RESOLVED]))
    return [replace(_line(row), follows=bool(row.follows)) for row in connection.execute(query)]


_NEVER = datetime.max.replace(tzinfo=UTC)


def tasks(connection: Connection, person: int) -> Sequence[CaseLine]:
    """What this person holds, and what he has a part in."""
    held = _LINES.where(cases.c.holder == person, cases.c.state.in_([State.DISPATCHED, State.WORKING]))
    a = assignments.c
    parted = _LINES.join(assignments, and_(a.district == cases.c.district, a.case == cases.c.id)).where(
        a.person == person, ~a.lead, a.state.in_(TAKING_PART), cases.c.state.in_(OPEN)
    )
    # two questions, each by its own index: asked as one, all rounds are looked through (measured)
    found = {
        line.key: line
        for query in (held, parted)
        for line in _lines(connection, query.order_by(rounds.c.due.nulls_first(), cases.c.id).limit(LONGEST))
    }
    return sorted(found.values(), key=lambda line: (line.due is not None, line.due or _NEVER, line.key))[:LONGEST]


def _scope(paths: Sequence[str]) -> Any:
    """Open cases under these units; what is about a person only where its desk lies under them."""
    ordinary = and_(cases.c.private.is_(False), or_(*(under(cases.c.path, path) for path in paths)))
    desks = select(units.c.code).where(or_(*(under(units.c.path, path) for path in paths)))
    return and_(WAITED_FOR, or_(ordinary, and_(cases.c.private.is_(True), cases.c.desk.in_(desks))))


def late(now: datetime) -> Any:
    """As SQL, of a case with its current round: an answer is late, or nobody took it in time."""
    return or_(rounds.c.due <= now, and_(cases.c.state == State.DISPATCHED, rounds.c.ack_due <= now))


def _group(desk: AtDesk, own: Sequence[str]) -> Any:
    """The one group a case stands in, as SQL: what waits for this very coordinator first."""
    now = desk.now
    waits = cases.c.state.in_([State.WAITING, State.ESCALATED])
    return case(
        (and_(cases.c.desk.in_(own), or_(waits, cases.c.pending != "")), "mine"),
        (waits, "nobody"),
        (cases.c.state == State.RESOLVED, "open"),
        (late(now), "late"),
        (func.coalesce(rounds.c.yellow_at, rounds.c.due) <= now, "soon"),
        else_="open",
    )


def own(desk: AtDesk, person: Person) -> tuple[dict[str, int], list[CaseLine], int]:
    """Of the coordinator's own desks: counts by group, the heaviest lines; and how many are late at desks below."""
    posts = [post.unit for post in person.serves(Role.COORDINATOR)]
    at = _group(desk, posts)
    here = and_(cases.c.desk.in_(posts), WAITED_FOR)
    counted = (
        select(at.label("at"), func.count()).select_from(cases.join(rounds, CURRENT_ROUND)).where(here).group_by("at")
    )
    counts = {row[0]: row[1] for row in desk.connection.execute(counted)}
    lines = _LINES.where(here, at != "open").order_by(_order(at), rounds.c.due.nulls_first(), cases.c.id).limit(PAGE)
    below = _scope([post.path for post in person.serves(Role.COORDINATOR)])
    below_late = (
        select(func.count())
        .select_from(cases.join(rounds, CURRENT_ROUND))
        .where(below, cases.c.desk.not_in(posts), at == "late")
    )
    return counts, _lines(desk.connection, lines), int(desk.connection.execute(below_late).scalar_one())


def _order(at: Any) -> Any:
    return case({name: place for place, name in enumerate(BOARD)}, value=at)


def board(desk: AtDesk, person: Person, unit: str, group: str, page: int) -> Board:
    posts = person.serves(Role.COORDINATOR)
    if not posts:
        return Board("", {}, [])
    if unit and not any(post.unit in desk.directory.line(unit) for post in posts):
        raise Refused("refused.not_your_unit")
    paths = [desk.directory.path(unit)] if unit else [post.path for post in posts]
    at = _group(desk, [post.unit for post in posts])
    where = _scope(paths)
    counted = (
        select(at.label("at"), func.count()).select_from(cases.join(rounds, CURRENT_ROUND)).where(where).group_by("at")
    )
    counts = dict.fromkeys(BOARD, 0) | {row[0]: row[1] for row in desk.connection.execute(counted)}
    lines = _LINES.where(where).order_by(_order(at), rounds.c.due.nulls_first(), cases.c.id)
    if group:
        lines = lines.where(at == group)
    found = _lines(desk.connection, lines.offset((page - 1) * PAGE).limit(PAGE + 1))
    roots = [unit] if unit else [post.unit for post in posts]
    return Board(unit, counts, found[:PAGE], _below(desk, roots, at), len(found) > PAGE)


def _below(desk: AtDesk, roots: Sequence[str], at: Any) -> list[tuple[str, str, int]]:
    """The units right below with how many of their cases need somebody; those without are left out."""
    child = units.alias("child")
    query = (
        select(child.c.code, child.c.name, func.count())
        .select_from(child.join(cases, cases.c.path.like(child.c.path + "%")).join(rounds, CURRENT_ROUND))
        .where(
            child.c.parent.in_(roots),
            child.c.retired_at.is_(None),
            cases.c.private.is_(False),
            cases.c.state.in_(OPEN),
            at != "open",
        )
        .group_by(child.c.code, child.c.name)
        .order_by(func.count().desc(), child.c.code)
        .limit(PAGE)
    )
    return [(row[0], row[1], row[2]) for row in desk.connection.execute(query)]


def mergeable(desk: AtDesk, key: CaseKey) -> Sequence[CaseLine]:
    """Open cases of the same matter in the same community, the oldest first."""
    own = desk.connection.execute(select(cases).where(cases.c.district == key.district, cases.c.id == key.id)).one()
    if own.private:
        return []
    where = (
        under(cases.c.path, community(own.path)),
        cases.c.state.in_(OPEN),
        cases.c.matter == own.matter,
        cases.c.private.is_(False),
        cases.c.id != key.id,
    )
    return _lines(desk.connection, _LINES.where(*where).order_by(cases.c.id).limit(PAGE))


def spot_checks(desk: AtDesk, person: Person) -> Sequence[CaseLine]:
    """Cases closed in the last two days and drawn by their number, under this coordinator's units; of those nobody
    phoned about yet."""
    posts = person.serves(Role.COORDINATOR)
    if not posts:
        return []
    asked = select(entries.c.seq).where(
        entries.c.district == cases.c.district, entries.c.case == cases.c.id, entries.c.action == "follow_up"
    )
    where = (
        or_(*(under(cases.c.path, post.path) for post in posts)),
        cases.c.private.is_(False),
        cases.c.state == State.ARCHIVED,
        cases.c.source != "found",
        or_(*(cases.c.number.endswith(drawn) for drawn in DRAWN)),
        cases.c.entered_at > desk.now - DRAWN_WITHIN,
        ~asked.exists(),
    )
    return _lines(desk.connection, _LINES.where(*where).order_by(cases.c.entered_at).limit(SPOT_MOST))


def refused_below(desk: AtDesk, person: Person) -> Sequence[CaseLine]:
    """What was not accepted (不予受理) below in the last day: seen one level up."""
    posts = person.serves(Role.COORDINATOR)
    if not posts:
        return []
    where = (
        or_(*(under(cases.c.path, post.path) for post in posts)),
        cases.c.private.is_(False),
        cases.c.desk.not_in([post.unit for post in posts]),
        cases.c.state == State.VOID,
        cases.c.entered_at > desk.now - timedelta(days=1),
        rounds.c.outcome == "refused",
    )
    return _lines(desk.connection, _LINES.where(*where).order_by(cases.c.entered_at).limit(PAGE))
