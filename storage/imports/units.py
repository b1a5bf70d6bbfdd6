"""units.csv: code,name,level,parent,lat,lon,boundary,places."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from cases.people import LEVELS
from storage.imports.sheet import Progress, Sheet, read, silent
from storage.tables import unit_places, units

COLUMNS = ("code", "name", "level", "parent", "lat", "lon", "boundary", "places")
#: 6 digits of the division, then 3 each for street, community and grid; -NN for a micro-grid
SHAPES = {
    "province": r"\d{6}", "city": r"\d{6}", "county": r"\d{6}", "street": r"\d{9}", "community": r"\d{12}",
    "grid": r"\d{15}", "micro": r"\d{15}-\d{2}", "department": r"\d{6,15}(-?[A-Z]\w*)?",
}  # fmt: skip
BATCH = 2000


def take(connection: Connection, path: Path, progress: Progress = silent) -> dict[str, int]:
    """{"added": …, "changed": …, "same": …}. Raises Mistakes, and then nothing was taken."""
    sheet = read(path, COLUMNS)
    known = {r.code: r for r in connection.execute(select(units))}
    rows = _check(sheet, known)
    sheet.check()
    paths = _paths(rows, {code: r.path for code, r in known.items()})
    count = {"added": 0, "changed": 0, "same": 0}
    added, places = [], []
    had = _places(connection)
    for number, (code, row) in enumerate(rows.items(), 1):
        values = {
            "code": code, "name": row["name"], "level": row["level"], "parent": row["parent"], "path": paths[code],
            "lat": float(row["lat"]) if row["lat"] else None, "lon": float(row["lon"]) if row["lon"] else None,
            "boundary": row["boundary"] or None,
        }  # fmt: skip
        names = {name.strip() for name in row["places"].split(";") if name.strip()}
        before = known.get(code)
        if before is None:
            count["added"] += 1
            added.append(values)
        elif any(getattr(before, k) != v for k, v in values.items()) or had.get(code, set()) != names:
            count["changed"] += 1
            connection.execute(update(units).where(units.c.code == code).values(**values))
            connection.execute(delete(unit_places).where(unit_places.c.unit == code))
        else:
            count["same"] += 1
            continue
        places += [{"unit": code, "name": name[:120]} for name in sorted(names)]
        if number % BATCH == 0:
            progress(number, len(rows))
    _insert(connection, units, added)
    _insert(connection, unit_places, places)
    progress(len(rows), len(rows))
    return count


def _insert(connection: Connection, table: Any, values: list[dict[str, Any]]) -> None:
    for start in range(0, len(values), BATCH):
        connection.execute(table.insert(), values[start : start + BATCH])


def _places(connection: Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(unit_places)):
        found.setdefault(row.unit, set()).add(row.name)
    return found


def _check(sheet: Sheet, known: dict[str, Any]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for line, row in sheet.rows:
        code, level = row["code"], row["level"]
        if not row["name"]:
            sheet.wrong(line, "name: empty")
        if level not in LEVELS:
            sheet.wrong(line, f"level: {level or 'empty'}; one of {', '.join(LEVELS)}")
        elif not re.fullmatch(SHAPES[level], code):
            sheet.wrong(line, f"code: {code or 'empty'} is no code of a {level}")
        if code in rows:
            sheet.wrong(line, f"code: {code} stands in line {lines[code]} already")
        for name, limit in (("lat", 90), ("lon", 180)):
            if row[name] and not _within(row[name], limit):
                sheet.wrong(line, f"{name}: {row[name]} is no number between -{limit} and {limit}")
        if row["boundary"] and not _is_area(row["boundary"]):
            sheet.wrong(line, "boundary: no POLYGON or MULTIPOLYGON in WKT")
        rows[code], lines[code] = row, line
    for line, row in sheet.rows:
        parent = row["parent"]
        if parent and parent not in rows and parent not in known:
            sheet.wrong(line, f"parent: there is no unit {parent}")
        elif _circular(row["code"], rows):
            sheet.wrong(line, f"parent: {parent} is below {row['code']} itself")
    sheet.mistakes.sort(key=lambda found: int(found.split()[1].rstrip(":")))
    return rows


def _within(text: str, limit: int) -> bool:
    try:
        return -limit <= float(text) <= limit
    except ValueError:
        return False


def _is_area(wkt: str) -> bool:
    from shapely import from_wkt, is_valid  # noqa: PLC0415 - only who gives boundaries pays for it

    shape = from_wkt(wkt, on_invalid="ignore")
    return shape is not None and shape.geom_type in ("Polygon", "MultiPolygon") and bool(is_valid(shape))


def _circular(code: str, rows: dict[str, dict[str, str]]) -> bool:
    seen = {code}
    above = rows[code]["parent"]
    while above in rows:
        if above in seen:
            return True
        seen.add(above)
        above = rows[above]["parent"]
    return False


def _paths(rows: dict[str, dict[str, str]], known: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}

    def path(code: str) -> str:
        if code not in found:
            if code in rows:
                parent = rows[code]["parent"]
                found[code] = (path(parent) if parent else "") + f"{code}/"
            else:
                found[code] = known[code]
        return found[code]

    return {code: path(code) for code in rows}
