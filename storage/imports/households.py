"""needs.csv (or .xlsx): unit,name and, where known, phone,keeper_phone,need,due,every — the ledger of needs."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from cases.ledger.effects.household import NEED_DAYS
from cases.ledger.model import Duty, Kind, Member, Part
from cases.ledger.views import NewItem
from cases.views import Subject
from storage.desk import Desk
from storage.imports.sheet import Progress, Sheet, read, silent
from storage.tables import duties, items, texts, units

COLUMNS = ("unit", "name")
#: a need and the day it is to be looked after by, YYYY-MM-DD; days between two visits
OPTIONAL = ("phone", "keeper_phone", "need", "due", "every")


def take(desk: Desk, path: Path, progress: Progress = silent) -> int:
    """How many households; one row each, and one more for each further need. Raises Mistakes: nothing was taken."""
    sheet = read(path, COLUMNS, OPTIONAL, but={"role": "people.csv: `wangge import people` takes it"})
    known = set(desk.connection.execute(select(units.c.code)).scalars())
    homes: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for line, row in sheet.rows:
        _check(desk, sheet, line, row, known)
        homes.setdefault((row["unit"], row["name"], row["phone"]), []).append(row)
    sheet.check()
    for number, ((unit, name, phone), rows) in enumerate(homes.items(), 1):
        _open(desk, unit, name, phone, rows)
        progress(number, len(homes))
    return len(homes)


def _check(desk: Desk, sheet: Sheet, line: int, row: dict[str, str], known: set[str]) -> None:
    if row["unit"] not in known:
        sheet.wrong(line, f"unit: no such unit {row['unit']}")
    if not row["name"]:
        sheet.wrong(line, "name: empty")
    if row["keeper_phone"] and _person(desk, row["keeper_phone"]) is None:
        sheet.wrong(line, f"keeper_phone {row['keeper_phone']}: nobody has it")
    if row["every"] and not (row["every"].isdigit() and int(row["every"])):
        sheet.wrong(line, "every: a number of days")
    try:
        if row["due"]:
            date.fromisoformat(row["due"][:10])
    except ValueError:
        sheet.wrong(line, "due: write 2026-12-01")


def _person(desk: Desk, phone: str) -> int | None:
    return desk.people.known_by(phone)


def _open(desk: Desk, unit: str, name: str, phone: str, rows: list[dict[str, str]]) -> None:
    them = desk.people.subject(Subject(name, phone))
    keeper = next((_person(desk, row["keeper_phone"]) for row in rows if row["keeper_phone"]), None)
    if keeper is None and (candidate := desk.would_hold(unit, them)):
        keeper = candidate.person
    calendar = desk.rules.at(unit).calendar
    wanted: list[Duty] = []
    for row in rows:
        if row["need"]:
            day = date.fromisoformat(row["due"][:10]) if row["due"] else None
            due = (
                datetime.combine(day, calendar.closes, calendar.zone)
                if day
                else calendar.closing(desk.now + timedelta(days=NEED_DAYS))
            )
            wanted.append(Duty(0, "need", keeper, unit, due, desk.now, row["need"]))
    every = next((int(row["every"]) for row in rows if row["every"]), 0)
    if every:
        due = calendar.closing(desk.now + timedelta(days=every))
        wanted.append(Duty(0, "care", keeper, unit, due, desk.now))
    known = _known(desk, unit, name, them if phone else None)
    if known is not None:  # the same sheet again adds nothing; a new row of it adds its need
        _add(desk, known, wanted)
        return
    desk.items.open(
        NewItem(
            Kind.HOUSEHOLD,
            unit,
            name,
            None,
            keeper,
            members=(Member(them, Part.PARTY, unit=unit),),
            duties=tuple(wanted),
            facts={"every": every} if every else {},
        )
    )


def _known(desk: Desk, unit: str, name: str, person: int | None) -> int | None:
    """A living household of this person here; without a number, of this name."""
    if person is not None:
        return desk.items.household(person, unit)
    query = (
        select(items.c.id)
        .join(texts, texts.c.id == items.c.title)
        .where(items.c.kind == Kind.HOUSEHOLD, items.c.state == "living", items.c.unit == unit, texts.c.body == name)
        .order_by(items.c.id)
        .limit(1)
    )
    return desk.connection.execute(query).scalar()


def _add(desk: Desk, item: int, new: list[Duty]) -> None:
    query = (
        select(duties.c.kind, texts.c.body)
        .outerjoin(texts, texts.c.id == duties.c.words)
        .where(duties.c.item == item, duties.c.state == "open")
    )
    there = {(row.kind, row.body or "") for row in desk.connection.execute(query)}
    for duty in new:
        if (duty.kind, duty.words) not in there:
            desk.items.add_duty(item, duty)
