"""Tickets of other systems (12345, 信访积案): their number comes in once, and their deadline goes before ours."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from cases.errors import Refused
from cases.ports import Understands
from cases.states import Hat
from cases.views import NewCase, Subject
from storage.desk import Desk
from storage.imports.sheet import Progress, Sheet, local, read, silent
from storage.tables import cases, units

COLUMNS = ("source", "number", "text")
#: the unit's code and the matter's id, else what the text says; an ISO moment by when they want an answer
OPTIONAL = ("place", "unit", "matter", "due", "name", "phone")


@dataclass
class Taken:
    added: int = 0
    same: int = 0

    def __str__(self) -> str:
        return f"{self.added} added, {self.same} here before"


def take(
    desk: Desk, path: Path, understands: Understands, matters: frozenset[str], progress: Progress = silent
) -> Taken:
    """Raises Mistakes, and then nothing was taken."""
    sheet = read(path, COLUMNS, OPTIONAL)
    _check(sheet, set(desk.connection.execute(select(units.c.code)).scalars()), matters)
    sheet.check()
    here = {
        (r.source, r.outside)
        for r in desk.connection.execute(select(cases.c.source, cases.c.outside).where(cases.c.outside != ""))
    }
    taken = Taken()
    for number, (line, row) in enumerate(sheet.rows, 1):
        if (row["source"], row["number"]) in here:
            taken.same += 1
        else:
            _file(desk, sheet, line, row, understands)
            taken.added += 1
        progress(number, len(sheet.rows))
    sheet.check()
    return taken


def _file(desk: Desk, sheet: Sheet, line: int, row: dict[str, str], understands: Understands) -> None:
    understood = understands.understand(row["text"])
    unit = row["unit"] or understood.unit or desk.top()
    if unit is None:
        sheet.wrong(line, "unit: empty, the text names none, and no coordinator could find one")
        return
    person = desk.people.subject(Subject(row["name"], row["phone"]))
    try:
        desk.file(
            NewCase(
                draft=None,
                part="complaint" if understood.private else "whole",
                person=person,
                chat=desk.chat_of(person),
                hat=Hat.REPORTER,
                matter=row["matter"] or understood.matter or "",
                unit=unit,
                place=row["place"],
                words=row["text"],
                urgent=understood.urgent,
                private=understood.private,
                source=row["source"],
                outside=row["number"],
                outside_due=local(row["due"], desk.rules.calendar.zone) if row["due"] else None,
            )
        )
    except Refused as no:
        sheet.wrong(line, no.key)


def _check(sheet: Sheet, known: set[str], matters: frozenset[str]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for line, row in sheet.rows:
        for name in ("source", "number", "text"):
            if not row[name]:
                sheet.wrong(line, f"{name}: empty")
        sheet.longest(line, row, source=20, number=60, text=4096, place=240)
        if row["unit"] and row["unit"] not in known:
            sheet.wrong(line, f"unit: there is no unit {row['unit']}")
        if row["matter"] and row["matter"] not in matters:
            sheet.wrong(line, f"matter: {row['matter']}: no such matter in the taxonomy")
        if row["due"] and not _is_moment(row["due"]):
            sheet.wrong(line, f"due: {row['due']}; write 2026-12-01T17:30")
        key = (row["source"], row["number"])
        if key in seen:
            sheet.wrong(line, f"number: {row['number']} stands in line {seen[key]} already")
        seen.setdefault(key, line)


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
