"""units.csv: code,name,level,parent,lat,lon,boundary,places and, where a unit ends, retired,successor."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, literal, select, update

from cases.people import LEVELS
from storage.database.scope import under
from storage.database.statements import insert_plain
from storage.imports import desks, retiring
from storage.imports.sheet import Progress, Sheet, read, silent
from storage.imports.taken import Taken
from storage.tables import cases, items, unit_places, units

COLUMNS = ("code", "name", "level", "parent", "lat", "lon", "boundary", "places")
#: "yes" where a unit ends, and the code of the unit that answers for what was its
OPTIONAL = ("retired", "successor")
#: 6 digits of the division, then 3 each for street, community and grid; -NN for a micro-grid
SHAPES = {
    level: re.compile(shape)
    for level, shape in {
        "province": r"\d{6}",
        "city": r"\d{6}",
        "county": r"\d{6}",
        "street": r"\d{9}",
        "community": r"\d{12}",
        "grid": r"\d{15}",
        "micro": r"\d{15}-\d{2}",
        "department": r"\d{6,15}(-?[A-Z]\w*)?",
    }.items()
}
#: levels as they are written in the file, in Chinese
ZH = {
    "省": "province",
    "市": "city",
    "县": "county",
    "区县": "county",
    "镇街": "street",
    "街道": "street",
    "镇": "street",
    "村": "community",
    "社区": "community",
    "网格": "grid",
    "微网格": "micro",
    "部门": "department",
}
BATCH = 10_000
#: what a row of the table says, as the file says it
_VALUES = ("code", "name", "level", "parent", "path", "lat", "lon", "boundary")


def take(
    connection: Connection, path: Path, now: datetime, progress: Progress = silent, *, whole: bool = False
) -> Taken:
    """Raises Mistakes, and then nothing was taken. `whole`: the file lists every unit of the districts it names, so
    that those it leaves out are retired."""
    sheet = read(path, COLUMNS, OPTIONAL)
    known = {r.code: r for r in connection.execute(select(*(units.c[name] for name in _VALUES), units.c.retired_at))}
    rows = _check(sheet, known)
    ending = retiring.asked(sheet, rows, known, whole=whole)
    retiring.check(connection, sheet, ending, rows, known)
    sheet.check()
    paths = _paths(rows, {code: r.path for code, r in known.items()})
    taken, had = Taken(), _places(connection) if known else {}
    added: list[tuple[Any, ...]] = []
    places: list[tuple[str, str]] = []
    for number, (code, row) in enumerate(rows.items(), 1):
        if number % BATCH == 0:
            progress(number, len(rows))
        if code in ending:
            continue
        values, names = _values(code, row, paths[code]), _names(row)
        before = known.get(code)
        if before is None:
            added.append(tuple(values.values()))
        elif not _change(connection, before, values, had.get(code, set()) != names, taken):
            continue
        places += [(code, name) for name in names]
    taken.added = len(added)
    insert_plain(connection, units, _VALUES, added)
    insert_plain(connection, unit_places, ("unit", "name"), places)
    taken.retired = retiring.retire(connection, ending, now)
    if taken.moved or taken.retired:
        desks.settle(connection, now)
    progress(len(rows), len(rows))
    return taken


def _values(code: str, row: dict[str, str], path: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": row["name"],
        "level": row["level"],
        "parent": row["parent"],
        "path": path,
        "lat": float(row["lat"]) if row["lat"] else None,
        "lon": float(row["lon"]) if row["lon"] else None,
        "boundary": row["boundary"] or None,
    }


def _names(row: dict[str, str]) -> set[str]:
    return {name[:120] for name in (part.strip() for part in row["places"].split(";")) if name}


def _change(connection: Connection, before: Any, values: dict[str, Any], renamed: bool, taken: Taken) -> bool:
    """False: it is what it was."""
    new = {name: value for name, value in values.items() if getattr(before, name) != value}
    if not new and not renamed:
        taken.same += 1
        return False
    if "parent" in new:
        taken.moved += 1
        # where it is by now: what is above it may have moved already
        path = connection.execute(select(units.c.path).where(units.c.code == before.code)).scalar_one()
        _move(connection, path, values["path"])
    else:
        taken.changed += 1
    if new:
        connection.execute(update(units).where(units.c.code == before.code).values(**new))
    connection.execute(delete(unit_places).where(unit_places.c.unit == before.code))
    return True


def _move(connection: Connection, old: str, new: str) -> None:
    """All below moves with it, and so do the cases that are seen from above."""
    for table in (units, cases, items):
        rest = func.substr(table.c.path, len(old) + 1)
        connection.execute(update(table).where(under(table.c.path, old)).values(path=literal(new) + rest))


def _places(connection: Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(unit_places)):
        found.setdefault(row.unit, set()).add(row.name)
    return found


def _check(sheet: Sheet, known: dict[str, Any]) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for line, row in sheet.rows:
        row["level"] = ZH.get(row["level"], row["level"])
        code, level = row["code"], row["level"]
        if not row["name"]:
            sheet.wrong(line, "name: empty")
        sheet.longest(line, row, code=24, name=120)
        if level not in SHAPES:
            sheet.wrong(line, f"level: {level or 'empty'}; one of {', '.join(LEVELS)}")
        elif not SHAPES[level].fullmatch(code):
            sheet.wrong(line, f"code: {code or 'empty'} is no code of a {level}")
        if code in rows:
            sheet.wrong(line, f"code: {code} stands in line {lines[code]} already")
        if code in known and known[code].retired_at is not None and not row["retired"]:
            sheet.wrong(line, f"code: {code} was retired; a code is never used again")
        for name, limit in (("lat", 90), ("lon", 180)):
            if row[name] and not _within(row[name], limit):
                sheet.wrong(line, f"{name}: {row[name]} is no number between -{limit} and {limit}")
        rows[code], lines[code] = row, line
    _check_areas(sheet)
    for line, row in sheet.rows:
        parent = row["parent"]
        if parent and parent not in rows and parent not in known:
            sheet.wrong(line, f"parent: there is no unit {parent}")
        elif parent and _circular(row["code"], rows):
            sheet.wrong(line, f"parent: {parent} is below {row['code']} itself")
    sheet.mistakes.sort(key=lambda found: int(found.split()[1].rstrip(":")))
    return rows


def _within(text: str, limit: int) -> bool:
    try:
        return -limit <= float(text) <= limit
    except ValueError:
        return False


def _check_areas(sheet: Sheet) -> None:
    """All boundaries at once; GeoJSON becomes WKT, as it is kept."""
    bounded = [(line, row) for line, row in sheet.rows if row["boundary"]]
    if not bounded:
        return
    import shapely  # noqa: PLC0415 - only who gives boundaries pays for it

    for _, row in bounded:
        if row["boundary"].startswith("{"):
            row["boundary"] = _wkt(row["boundary"])
    shapes = shapely.from_wkt([row["boundary"] for _, row in bounded], on_invalid="ignore")
    good = shapely.is_valid(shapes)
    areas = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
    every = zip(bounded, shapely.get_type_id(shapes), good, shapely.bounds(shapes), strict=True)
    for (line, _), shape, valid, shape_bounds in every:
        if shape not in areas or not valid:
            sheet.wrong(line, "boundary: no POLYGON or MULTIPOLYGON in WKT or GeoJSON")
        elif not _on_earth(shape_bounds):
            sheet.wrong(line, "boundary: write longitude before latitude, in degrees")


def _on_earth(bounds: Sequence[float]) -> bool:
    west, south, east, north = bounds
    return -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def _wkt(geojson: str) -> str:
    """What cannot be read stays as it is, and is told as a mistake."""
    import shapely  # noqa: PLC0415 - as above

    shape = shapely.from_geojson(geojson, on_invalid="ignore")
    return str(shapely.to_wkt(shape, rounding_precision=7)) if shape is not None else geojson


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
