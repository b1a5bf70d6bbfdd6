"""Units that end. One with open cases needs a successor; a code is never used again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from storage.database.statements import name_anew
from storage.imports.desks import GOING_ON
from storage.imports.sheet import Sheet
from storage.tables import cases, duties, items, persons, posts, rosters, units

#: what a row may say to end its unit
YES = ("yes", "true", "1", "是")


def asked(
    sheet: Sheet, rows: Mapping[str, dict[str, str]], known: Mapping[str, Any], *, whole: bool
) -> dict[str, tuple[int, str]]:
    """Code -> (line, successor) of the units that are to end; line 0 for those the file leaves out."""
    found = {}
    for line, row in sheet.rows:
        if row["retired"] and row["retired"].lower() not in YES:
            sheet.wrong(line, f"retired: {row['retired']}; write yes, or leave it empty")
        elif row["retired"] and (row["code"] not in known or known[row["code"]].retired_at is None):
            found[row["code"]] = (line, row["successor"])
    if whole:
        districts = {code[:6] for code in rows}
        for code, row in known.items():
            if code not in rows and code[:6] in districts and row.retired_at is None:
                found[code] = (0, "")
    return found


def check(
    connection: Connection,
    sheet: Sheet,
    ending: Mapping[str, tuple[int, str]],
    rows: Mapping[str, dict[str, str]],
    known: Mapping[str, Any],
) -> None:
    if not ending:
        return
    busy, living = _open_cases(connection), {code for code, row in known.items() if row.retired_at is None}
    living = (living | rows.keys()) - ending.keys()
    below = {
        rows[code]["parent"] if code in rows else known[code].parent: code for code in sorted(living, reverse=True)
    }
    for code, (line, successor) in ending.items():
        say = sheet.wrong if line else lambda _, what, code=code: sheet.mistakes.append(f"unit {code}: {what}")
        if successor and successor not in living:
            say(line, f"successor: there is no unit {successor}")
        elif busy.get(code) and not successor:
            say(line, f"{code} has {busy[code]} open cases: name a successor for it")
        if code in below:
            say(line, f"{code} ends, but {below[code]} is still below it")


def _open_cases(connection: Connection) -> dict[str, int]:
    query = select(cases.c.unit, func.count()).where(cases.c.state.in_(GOING_ON)).group_by(cases.c.unit)
    return {row[0]: row[1] for row in connection.execute(query)}


def retire(connection: Connection, ending: Mapping[str, tuple[int, str]], now: datetime) -> int:
    """Open cases go on at the successor, and who lives or serves there does; who holds a case keeps it."""
    for code, (_, successor) in ending.items():
        values = {"retired_at": now, "successor": successor or None}
        connection.execute(update(units).where(units.c.code == code).values(**values))
        if successor:
            path = select(units.c.path).where(units.c.code == successor).scalar_subquery()
            moving = update(cases).where(cases.c.unit == code, cases.c.state.in_(GOING_ON))
            connection.execute(moving.values(unit=successor, path=path))
            connection.execute(update(items).where(items.c.unit == code).values(unit=successor, path=path))
            for column in (duties.c.unit, posts.c.unit, rosters.c.unit):
                name_anew(connection, column, code, successor)
        # of a unit that nobody follows, where somebody lives is asked again
        connection.execute(update(persons).where(persons.c.home == code).values(home=successor or ""))
    return len(ending)
