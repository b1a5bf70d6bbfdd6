"""roster.csv: unit,phone,begins,ends — who sits at which desk; moments in local time, 2026-12-01T08:30."""

from datetime import datetime
from pathlib import Path

from cases.people import Role
from storage.desk import Desk
from storage.imports.sheet import Progress, local, read, silent
from storage.posts import rosters

COLUMNS = ("unit", "phone", "begins", "ends")


def take(desk: Desk, path: Path, progress: Progress = silent) -> int:
    """How many turns of duty. Raises Mistakes, and then nothing was taken."""
    sheet = read(path, COLUMNS)
    zone = desk.rules.calendar.zone
    found: list[tuple[str, int, datetime, datetime]] = []
    for line, row in sheet.rows:
        try:
            begins, ends = (local(row[name], zone) for name in ("begins", "ends"))
        except ValueError:
            sheet.wrong(line, "begins and ends: write 2026-12-01T08:30")
            continue
        if ends <= begins:
            sheet.wrong(line, "ends before it begins")
        person = desk.people.known_by(row["phone"])
        if person is None:
            sheet.wrong(line, f"phone {row['phone']}: nobody has it")
        elif not any(post.unit == row["unit"] for post in desk.person(person).serves(Role.COORDINATOR)):
            sheet.wrong(line, f"unit {row['unit']}: this person is no coordinator there")
        else:
            found.append((row["unit"], person, begins, ends))
    sheet.check()
    for number, (unit, person, begins, ends) in enumerate(found, 1):
        rosters.sit(desk.connection, unit, person, begins, ends)
        progress(number, len(found))
    return len(found)
