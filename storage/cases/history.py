"""The history nobody edits unseen: each case's chain of entries, and a seal a day over all those of a district."""

import hashlib
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from cases import chain
from storage.cases.rows import entry_of
from storage.database.statements import insert
from storage.tables import cases, entries, seals, serials, texts

#: rows held at a time
AT_ONCE = 2000
#: before the first entry of any district
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

_ALL = (
    select(
        entries,
        cases.c.number.label("printed"),
        cases.c.head,
        cases.c.version,
        texts.c.body,
        texts.c.salt,
        texts.c.digest,
        texts.c.erased_at,
    )
    .join(cases, (cases.c.district == entries.c.district) & (cases.c.id == entries.c.case))
    .outerjoin(texts, texts.c.id == entries.c.words)
    .order_by(entries.c.district, entries.c.case, entries.c.seq)
)


class Broken(NamedTuple):
    """`number`: of the case, or of the district; `where`: the entry, or the day."""

    number: str
    where: str
    why: str


class Seal(NamedTuple):
    district: str
    day: str
    head: str


def verify(connection: Connection) -> tuple[int, list[Broken]]:
    """How many entries there are, and the first broken link of each chain that has one."""
    count, found, case, whole, last = 0, list[Broken](), None, True, None
    for row in connection.execute(_ALL, execution_options={"yield_per": AT_ONCE}):
        count += 1
        if (row.district, row.case) != case:
            found += _end(last) if whole else []
            case, whole, last = (row.district, row.case), True, None
        if not whole:
            continue
        if why := _wrong(row, last):
            found.append(Broken(row.printed, str(row.seq), why))
            whole = False
        last = row
    found += _end(last) if whole else []
    return count, found


def _wrong(row: Any, before: Any) -> str:
    if row.seq != (before.seq + 1 if before else 1):
        return "an entry is missing before it"
    if chain.link(before.hash if before else "", row.case, entry_of(row), row.digest or "") != row.hash:
        return "the line was changed"
    if row.words is not None and row.erased_at is None and chain.digest(row.salt, row.body) != row.digest:
        return "its words were changed"
    return ""


def _end(last: Any) -> list[Broken]:
    if last is None or (last.hash == last.head and last.seq == last.version):
        return []
    return [Broken(last.printed, str(last.seq + 1), "the last entries are missing")]


def districts(connection: Connection) -> list[str]:
    return list(connection.execute(select(serials.c.district).distinct().order_by(serials.c.district)).scalars())


def seal(connection: Connection, district: str, day: str, ends: datetime) -> bool:
    """Over what was entered since the seal before. False: this day's is there."""
    newest = select(seals).where(seals.c.district == district).order_by(seals.c.day.desc()).limit(1)
    before = connection.execute(newest).first()
    if before is not None and before.day >= day:
        return False
    begins = before.ends if before else BEGINNING
    count, root = _root(connection, district, begins, ends)
    values = {"district": district, "day": day, "begins": begins, "ends": ends, "entries": count, "root": root}
    head = _head(before.head if before else "", district, day, root)
    query = insert(connection, seals).values(**values, head=head).on_conflict_do_nothing()
    return bool(connection.execute(query).rowcount)


def verify_seals(connection: Connection) -> tuple[list[Seal], list[Broken]]:
    """The newest seal of each district, and the first of each that does not fit what it was put over."""
    newest: dict[str, Any] = {}
    found: dict[str, Broken] = {}
    for row in connection.execute(select(seals).order_by(seals.c.district, seals.c.day)).all():
        before = newest.get(row.district)
        count, root = _root(connection, row.district, row.begins, row.ends)
        if row.head != _head(before.head if before else "", row.district, row.day, row.root):
            found.setdefault(row.district, Broken(row.district, row.day, "the seal was changed"))
        elif (count, root) != (row.entries, row.root):
            found.setdefault(row.district, Broken(row.district, row.day, "entries of that day were changed"))
        newest[row.district] = row
    return [Seal(r.district, r.day, r.head) for r in newest.values()], list(found.values())


def _root(connection: Connection, district: str, begins: datetime, ends: datetime) -> tuple[int, str]:
    query = (
        select(entries.c.hash)
        .where(entries.c.district == district, entries.c.at >= begins, entries.c.at < ends)
        .order_by(entries.c.case, entries.c.seq)
    )
    digest, count = hashlib.sha256(), 0
    for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}):
        digest.update(row.hash.encode())
        count += 1
    return count, digest.hexdigest()


def _head(before: str, district: str, day: str, root: str) -> str:
    return hashlib.sha256(f"{before}\n{district}\n{day}\n{root}".encode()).hexdigest()
