"""A province: 163,600 grids with boundaries, 177,800 people, 500,000 place names; imported, changed, looked up.

    python -m bench.province [SHARE]        SHARE of the size, 1 by default

Everything is generated: a tree of 16 cities, 136 counties, 1,800 streets, and grids whose boundaries are the Voronoi
cells of random points. The floors are in the same run: the same rows by the bare driver's `executemany` with the same
indexes, and the points by a bare STRtree.
"""

import csv
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy
import shapely

from bot.composition import locator, standards
from cases import routing
from config import settings as settings_module
from config import taxonomy
from storage.database import schema
from storage.database.engine import Database
from storage.desk import Desk
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.imports.sheet import uncollected
from tests.stage.town import town_settings

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
GRIDS, PEOPLE, NAMES = 163_600, 177_800, 500_000
WEST, SOUTH, WIDE, HIGH = 115.0, 34.5, 7.0, 4.0
LOOKS = 20_000
_SYLLABLES = "龙泉荆河善国北辛东沙河姜屯鲍沟张汪官桥柴胡店洪绪南级索木石界望庄峰城阳安康宁福祥瑞华盛昌隆兴"


def tree(share: float) -> tuple[list[list[str]], list[str]]:
    """Rows of units.csv, and the codes of the grids."""
    rng, rows = random.Random(1), [["370000", "示范省", "province", "", "", "", "", ""]]
    counties = max(1, round(136 * share))
    cities = max(1, round(16 * share))
    rows += [[f"37{city + 1:02d}00", f"市{city + 1}", "city", "370000", "", "", "", ""] for city in range(cities)]
    communities: list[str] = []
    wanted = max(1, round(GRIDS * share / 4))
    for county in range(counties):
        code, above = f"37{county % cities + 1:02d}{county // cities + 1:02d}", f"37{county % cities + 1:02d}00"
        rows.append([code, f"县{county}", "county", above, "", "", "", ""])
        for street in range(-(-1800 // 136)):
            under = f"{code}{street + 1:03d}"
            rows.append([under, f"街道{county}-{street}", "street", code, "", "", "", ""])
            each = -(-wanted // (counties * -(-1800 // 136)))
            for community in range(each):
                if len(communities) < wanted:
                    communities.append(f"{under}{community + 1:03d}")
                    rows.append([communities[-1], f"社区{len(communities)}", "community", under, "", "", "", ""])
    grids = [f"{community}{number + 1:03d}" for community in communities for number in range(4)]
    grids = grids[: max(4, round(GRIDS * share))]
    shapes = cells(len(grids))
    names = place_names(rng, round(NAMES * share))
    for code, (lat, lon, boundary) in zip(grids, shapes, strict=True):
        mine = ";".join(next(names) for _ in range(3))
        rows.append([code, f"第{code[-3:]}网格{code[6:12]}", "grid", code[:12], lat, lon, boundary, mine])
    return rows, grids


def cells(count: int) -> Iterator[tuple[str, str, str]]:
    """(latitude, longitude, boundary) of each grid: the Voronoi cells of random points."""
    rng = numpy.random.default_rng(7)
    points = numpy.column_stack([WEST + WIDE * rng.random(count), SOUTH + HIGH * rng.random(count)])
    box = shapely.box(WEST, SOUTH, WEST + WIDE, SOUTH + HIGH)
    made = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=box))
    texts = shapely.to_wkt(made, rounding_precision=6)
    for point, text in zip(shapely.point_on_surface(made), texts, strict=True):
        yield f"{point.y:.6f}", f"{point.x:.6f}", str(text)


def place_names(rng: random.Random, count: int) -> Iterator[str]:
    """As many different names as asked, then a few more."""
    number = 0
    while True:
        number += 1
        stem = "".join(rng.choice(_SYLLABLES) for _ in range(3))
        yield f"{stem}{number % count if count else number}号院"


def people(grids: list[str], share: float) -> Iterator[list[str]]:
    for number in range(round(PEOPLE * share)):
        grid = grids[number % len(grids)]
        yield [f"人{number}", "worker", grid, f"1{3000000000 + number}", f"telegram:{1000000 + number}"]
    for number, street in enumerate(sorted({grid[:9] for grid in grids})):
        yield [f"协调{number}", "coordinator", street, f"1{3900000000 + number}", f"telegram:{9000000 + number}"]


def write(file: Path, head: str, rows: Iterator[list[str]] | list[list[str]]) -> None:
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head.split(","))
        writer.writerows(rows)


def timed(what: str, work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    spent = time.perf_counter() - started
    print(f"{what}: {spent:.1f} s", flush=True)
    return spent


def raw(database: Path, copy: Path) -> float:
    """The very rows the import made, by the driver's `executemany` into the same empty tables with the same indexes."""
    source = sqlite3.connect(database)
    target = sqlite3.connect(copy, isolation_level=None)
    tables = ("units", "unit_places", "chats", "persons", "identities", "contacts", "posts")
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        target.execute(f"PRAGMA {pragma}")
    started = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        marks = ",".join("?" * len(found[0]))
        target.executemany(f"INSERT INTO {table} VALUES ({marks})", found)
    target.execute("COMMIT")
    spent = time.perf_counter() - started
    target.close()
    return spent


def megabytes() -> float:
    """The highest resident memory of this process alone (ru_maxrss would begin with its parent's)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def look_up(folder: Path) -> None:
    """In a process of its own: start-up with the province loaded, look-ups, routing, memory."""
    made = town_settings(folder, f"sqlite:///{folder / 'province.db'}")
    database = Database(made.url)
    started = time.perf_counter()
    with database.look() as connection:
        places = locator(connection)
    print(f"gazetteer and boundaries loaded: {time.perf_counter() - started:.1f} s")
    rng = random.Random(3)
    points = [(SOUTH + HIGH * rng.random(), WEST + WIDE * rng.random()) for _ in range(LOOKS)]
    started = time.process_time()
    found = sum(places.at(*point) is not None for point in points)
    ours = LOOKS / (time.process_time() - started)
    with database.look() as connection:
        texts = [row[0] for row in connection.exec_driver_sql("SELECT boundary FROM units WHERE boundary IS NOT NULL")]
        named = [row[0] for row in connection.exec_driver_sql("SELECT name FROM unit_places LIMIT 5000")]
        codes = [row[0] for row in connection.exec_driver_sql("SELECT code FROM units WHERE level='grid' LIMIT 3000")]
    bare = shapely.STRtree(shapely.from_wkt(texts))
    started = time.process_time()
    for lat, lon in points:
        bare.query(shapely.Point(lon, lat), predicate="within")
    floor = LOOKS / (time.process_time() - started)
    print(
        f"point look-ups a CPU-second: {ours:,.0f}, bare STRtree {floor:,.0f}, ratio {floor / ours:.2f}; {found} found"
    )
    messages = [f"我家在{name}旁边，昨天晚上路灯就不亮了，老人出门不方便" for name in named]
    started = time.process_time()
    hits = sum(bool(places.places(message)) for message in messages)
    spent = time.process_time() - started
    print(f"texts searched for 500,000 names a CPU-second: {len(messages) / spent:,.0f}; {hits} found")
    law = standards(made, taxonomy.load(made.taxonomy))
    with database.look() as connection:
        desk = Desk(connection, NOW, law, "bench")
        started = time.process_time()
        chosen = sum(routing.choose(code, "sanitation", desk.rules, NOW) is not None for code in codes)
        spent = time.process_time() - started
    print(f"routing decisions a CPU-second: {len(codes) / spent:,.0f}; {chosen} of {len(codes)} found somebody")
    del texts, bare
    print(f"memory at its highest: {megabytes():.0f} MB")
    database.close()


def main(share: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows, grids = tree(share)
        write(folder / "units.csv", "code,name,level,parent,lat,lon,boundary,places", rows)
        staff = list(people(grids, share))
        write(folder / "people.csv", "name,role,unit,phone,chat", staff)
        print(f"{len(grids):,} grids, {len(rows):,} units, {len(staff):,} people")
        made = settings_module.load(data_dir=folder, database_url=f"sqlite:///{folder / 'province.db'}")
        law = standards(made, taxonomy.load(made.taxonomy))
        database = Database(made.url)
        schema.upgrade(database)
        with database.look() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        (folder / "empty.db").write_bytes((folder / "province.db").read_bytes())

        def units() -> None:
            with uncollected(), database.begin() as connection:
                print(f"  {units_import.take(connection, folder / 'units.csv', NOW)}")

        def everybody() -> None:
            with uncollected(), database.begin() as connection:
                print(f"  {people_import.take(Desk(connection, NOW, law, 'bench'), folder / 'people.csv')}")

        ours = timed("units imported", units) + timed("people imported", everybody)
        floor = raw(folder / "province.db", folder / "empty.db")
        print(f"import {ours:.1f} s, the same rows by executemany {floor:.1f} s, ratio {ours / floor:.2f}")
        changed = [[*row[:1], f"{row[1]}新", *row[2:]] if n % 100 == 0 else row for n, row in enumerate(rows)]
        write(folder / "units.csv", "code,name,level,parent,lat,lon,boundary,places", changed)
        again = [[f"{row[0]}新", *row[1:]] if n % 100 == 0 else row for n, row in enumerate(staff)]
        write(folder / "people.csv", "name,role,unit,phone,chat", again)
        timed("units again, 1 % changed", units)
        timed("people again, 1 % changed", everybody)
        database.close()
        print(f"memory of the import at its highest: {megabytes():.0f} MB", flush=True)
        subprocess.run([sys.executable, "-W", "ignore", "-m", "bench.province", "look", str(folder)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["look"]:
        look_up(Path(sys.argv[2]))
    else:
        main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
