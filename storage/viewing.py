"""One case as one person may see it: every read of a case takes its viewer."""

from sqlalchemy import Connection, select

from cases import act
from cases.desk import CaseKey, CaseView
from cases.errors import Refused
from cases.model import CaseFile, Entry
from cases.people import Person
from cases.ports import Rules
from storage import casefiles, words
from storage.directory import Directory
from storage.people import People
from storage.tables import cases, entries


def view(connection: Connection, key: CaseKey, person: Person, rules: Rules, people: People) -> CaseView:
    """Raises Refused for a case that does not exist and for one that is not theirs, in the same words."""
    file = casefiles.load(connection, key)
    hats = act.hats(person, file, rules)
    # who gave it back or lost it still learns that much, and no more: no words, no names
    if not hats:
        if not any(a.person == person.id for a in file.assignments) or file.case.private:
            raise Refused("refused.no_case")
        return CaseView(key, file, hats, "", (), (), "")
    said = _said(connection, key)
    own = connection.execute(select(cases.c.words).where(cases.c.district == key.district, cases.c.id == key.id))
    names = Directory(connection).names([file.case.unit])
    body = words.bodies(connection, [text] if (text := own.scalar()) else [])
    known = people.several({p for p in (file.worker, _reporter(file)) if p is not None})
    first = connection.execute(
        select(entries.c.media).where(entries.c.district == key.district, entries.c.case == key.id, entries.c.seq == 1)
    ).scalar()
    return CaseView(
        key, file, hats, next(iter(body.values()), ""), tuple(first or ()), said,
        names.get(file.case.unit, file.case.unit), known.get(file.worker or 0), known.get(_reporter(file) or 0),
    )  # fmt: skip


def _reporter(file: CaseFile) -> int | None:
    return next((p.person for p in file.parties), None)


def _said(connection: Connection, key: CaseKey) -> tuple[Entry, ...]:
    """The entries after the report that carry words, oldest first."""
    query = (
        select(entries)
        .where(entries.c.district == key.district, entries.c.case == key.id, entries.c.seq > 1,
               entries.c.words.is_not(None))
        .order_by(entries.c.seq)
    )  # fmt: skip
    rows = connection.execute(query).all()
    bodies = words.bodies(connection, [row.words for row in rows])
    return tuple(casefiles.entry_of(row, bodies[row.words]) for row in rows)


def entry(connection: Connection, key: CaseKey, seq: int) -> Entry:
    row = connection.execute(
        select(entries).where(entries.c.district == key.district, entries.c.case == key.id, entries.c.seq == seq)
    ).one()
    return casefiles.entry_of(row, words.bodies(connection, [row.words]).get(row.words, "") if row.words else "")
