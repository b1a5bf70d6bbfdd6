"""The units' own names, places and boundaries, for whoever finds places in texts."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.tables import unit_places, units


class Place(NamedTuple):
    unit: str
    level: str
    names: tuple[str, ...]
    boundary: str


def read(connection: Connection) -> Iterator[Place]:
    names: dict[str, list[str]] = {}
    for row in connection.execute(select(unit_places)):
        names.setdefault(row.unit, []).append(row.name)
    query = select(units.c.code, units.c.level, units.c.name, units.c.boundary).where(units.c.retired_at.is_(None))
    for row in connection.execute(query):
        yield Place(row.code, row.level, (row.name, *names.get(row.code, ())), row.boundary or "")


def names_in(connection: Connection, codes: Sequence[str]) -> dict[str, list[str]]:
    """The names of the places of each of these units, in their order."""
    found: dict[str, list[str]] = {code: [] for code in codes}
    query = select(unit_places).where(unit_places.c.unit.in_(codes)).order_by(unit_places.c.name)
    for row in connection.execute(query):
        found[row.unit].append(row.name)
    return found


def centres(connection: Connection) -> list[tuple[str, float, float]]:
    """(name, latitude, longitude) of the grids that have a centre."""
    query = select(units.c.name, units.c.lat, units.c.lon).where(units.c.level == "grid", units.c.lat.is_not(None))
    return [(row.name, row.lat, row.lon) for row in connection.execute(query.order_by(units.c.code))]
