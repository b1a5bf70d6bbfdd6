"""A case's file: loaded whole, saved whole, with its entry chained to the one before."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from cases import chain
from cases.errors import Refused, Transient
from cases.model import Assignment, CaseFile, Change, Party, Round
from cases.views import CaseKey
from storage.cases.rows import ASSIGNMENT, CASE, PARTY, ROUND, assignment_of, case_of, party_of, round_of, row_of
from storage.content import words
from storage.database.statements import insert
from storage.tables import assignments, cases, entries, parties, rounds, serials

# Said for every message, so built once: building a statement costs more than running it (measured).
_IN: Any = bindparam("in")
_OF: Any = bindparam("of")
_LOCKED = select(cases.c.id).where(cases.c.district == _IN, cases.c.id == _OF).with_for_update()
_LOADED = (
    select(cases, *(rounds.c[name].label(f"r_{name}") for name in ROUND))
    .join(
        rounds,
        and_(rounds.c.district == cases.c.district, rounds.c.case == cases.c.id, rounds.c.number == cases.c.round),
    )
    .where(cases.c.district == _IN, cases.c.id == _OF)
)
_ASSIGNMENTS = (
    select(assignments).where(assignments.c.district == _IN, assignments.c.case == _OF).order_by(assignments.c.seq)
)
_PARTIES = select(parties).where(parties.c.district == _IN, parties.c.case == _OF)
_GONE_PARTY = delete(parties).where(
    parties.c.district == _IN,
    parties.c.case == _OF,
    parties.c.person == bindparam("who"),
    parties.c.part == bindparam("as"),
)

_NEW_CASE, _NEW_ROUND, _NEW_PARTY = cases.insert(), rounds.insert(), parties.insert()
_NEW_ASSIGNMENT, _NEW_ENTRY = assignments.insert(), entries.insert()


def load(connection: Connection, key: CaseKey, *, lock: bool = False) -> CaseFile:
    """Raises Refused when there is no such case: a forged button says no more than that."""
    of = {"in": key.district, "of": key.id}
    if lock:
        # the row alone first: after waiting for a lock, PostgreSQL reads only the locked row anew, not what is joined
        connection.execute(_LOCKED, of)
    row = connection.execute(_LOADED, of).first()
    if row is None:
        raise Refused("refused.no_case")
    return CaseFile(case_of(row), round_of(row), _assignments(connection, key), _parties(connection, key))


def _assignments(connection: Connection, key: CaseKey) -> tuple[Assignment, ...]:
    return tuple(map(assignment_of, connection.execute(_ASSIGNMENTS, {"in": key.district, "of": key.id})))


def _parties(connection: Connection, key: CaseKey) -> tuple[Party, ...]:
    return tuple(map(party_of, connection.execute(_PARTIES, {"in": key.district, "of": key.id})))


def next_number(connection: Connection, district: str, day: str) -> str:
    """The printed number: district, full date, serial. Unique for ever, and never the id."""
    query = insert(connection, serials).values(district=district, day=day, last=1)
    query = query.on_conflict_do_update(index_elements=["district", "day"], set_={"last": serials.c.last + 1})
    return f"{district}-{day}-{connection.execute(query.returning(serials.c.last)).scalar_one():04d}"


def create(connection: Connection, change: Change, text: int, digest: str, cause: str, extra: dict[str, Any]) -> None:
    """The first entry and all that hangs on it. `extra`: columns the rules do not know (draft, tag, path, point)."""
    file = change.file
    case = file.case
    key = {"district": case.district, "case": case.id}
    head = chain.link("", case.id, change.entry, digest)
    values = row_of(case, CASE) | {"head": head}
    connection.execute(
        _NEW_CASE,
        {
            "district": case.district,
            "id": case.id,
            "number": case.number,
            "state": case.state,
            "words": text,
            **values,
            **extra,
        },
    )
    connection.execute(_NEW_ROUND, {**key, "number": 1, "outcome": ""})
    connection.execute(_NEW_PARTY, [key | row_of(party, PARTY) for party in file.parties])
    _append(connection, change, text, head, cause)


def save(connection: Connection, before: CaseFile, change: Change, cause: str) -> None:
    """Raises Transient when somebody else changed the case meanwhile: the message is simply worked again."""
    file, was = change.file, before.case
    case, key = file.case, {"district": was.district, "case": was.id}
    text, digest = words.keep(connection, change.entry.words) if change.entry.words else (None, "")
    where = and_(cases.c.district == was.district, cases.c.id == was.id, cases.c.version == was.version)
    head = chain.link(was.head, case.id, change.entry, digest)
    changed = {n: getattr(case, n) for n in CASE if getattr(case, n) != getattr(was, n)} | {"head": head}
    changed |= {"state": case.state, "pending": str(case.pending), "holder": file.holder}
    done = connection.execute(update(cases).where(where).values(**changed))
    if done.rowcount != 1:
        raise Transient("the case changed meanwhile")
    _save_parties(connection, before, file, key)
    _save_round(connection, before.round, file.round, key)
    _save_assignments(connection, before.assignments, file.assignments, key)
    _append(connection, change, text, head, cause)


def _save_parties(connection: Connection, before: CaseFile, after: CaseFile, key: dict[str, Any]) -> None:
    for gone in (p for p in before.parties if p not in after.parties):
        connection.execute(_GONE_PARTY, {"in": key["district"], "of": key["case"], "who": gone.person, "as": gone.part})
    if new := [p for p in after.parties if p not in before.parties]:
        connection.execute(_NEW_PARTY, [key | row_of(party, PARTY) for party in new])


def _save_round(connection: Connection, before: Round, after: Round, key: dict[str, Any]) -> None:
    values = row_of(after, ROUND)
    if after.number != before.number:
        connection.execute(_NEW_ROUND, {**key, "number": after.number, **values})
    elif after != before:
        where = [rounds.c[name] == value for name, value in key.items()]
        connection.execute(update(rounds).where(*where, rounds.c.number == after.number).values(**values))


def _save_assignments(
    connection: Connection, before: Iterable[Assignment], after: Iterable[Assignment], key: dict[str, Any]
) -> None:
    known = {a.seq: a for a in before}
    for a in after:
        if a.seq not in known:
            connection.execute(_NEW_ASSIGNMENT, key | row_of(a, ASSIGNMENT))
        elif a != known[a.seq]:
            where = [assignments.c[name] == value for name, value in key.items()]
            changed = {name: getattr(a, name) for name in ("state", "lead", "given_at", "accepted_at", "ended_at")}
            connection.execute(update(assignments).where(*where, assignments.c.seq == a.seq).values(**changed))


def _append(connection: Connection, change: Change, text: int | None, head: str, cause: str) -> None:
    entry, case = change.entry, change.file.case
    connection.execute(
        _NEW_ENTRY,
        {
            "district": case.district,
            "case": case.id,
            "seq": entry.seq,
            "action": entry.action,
            "at": entry.at,
            "hat": entry.hat,
            "by": entry.by,
            "before": entry.before,
            "after": entry.after,
            "given": entry.given,
            "words": text,
            "media": list(entry.media),
            "cause": cause,
            "hash": head,
        },
    )
