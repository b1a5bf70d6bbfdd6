"""Places to units: the units' own names and places in a text, and points in their boundaries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cases.understanding import Span
from nlp.matcher import Matcher

#: building, unit, floor and door after a place name belong to it
_NUMBERS = re.compile(
    r"(?:\s*[A-Za-z]?\d{1,4}(?:[-－—]\d{1,4}){0,2}\s*(?:号楼|栋|幢|座|号院|单元|层|楼|室|户|号)?|\s*[一二三四五六七八九十东西南北]{1,3}"
    r"(?:号楼|栋|幢|单元|层|楼|区|门))+"
)


@dataclass(frozen=True, slots=True)
class Named:
    unit: str
    level: str
    names: tuple[str, ...]
    #: WKT, or empty
    boundary: str = ""


class Locator:
    """Immutable; a change of the units makes a new one."""

    def __init__(self, units: Iterable[Named]) -> None:
        units = list(units)
        phrases: dict[str, list[str]] = {}
        for unit in units:
            for name in unit.names:
                if len(name) >= 2:
                    phrases.setdefault(name, []).append(unit.unit)
        self._levels = {unit.unit: unit.level for unit in units}
        self._names = Matcher(phrases)
        self._tree, self._codes = _tree(units)

    def places(self, text: str) -> Sequence[Span]:
        """Place words with the one grid they name ("" when several share the name), numbers included."""
        found = []
        for hit in self._names.find(text):
            end = hit.end
            if tail := _NUMBERS.match(text, end):
                end = tail.end()
            grids = [unit for unit in hit.of if self._levels[unit] in ("grid", "micro")]
            found.append(Span(hit.start, end, text[hit.start : end].strip(), grids[0] if len(grids) == 1 else ""))
        return found

    def named(self, text: str) -> Sequence[tuple[str, str]]:
        """Every grid a text could mean: by its whole names, else by names that contain the text."""
        exact = [(unit, "") for hit in self._names.find(text) for unit in hit.of if self._is_grid(unit)]
        if exact or len(text.strip()) < 2:
            return exact
        part = text.strip()
        return [
            (unit, "") for name, units in self._names.items() if part in name for unit in units if self._is_grid(unit)
        ]

    def _is_grid(self, unit: str) -> bool:
        return self._levels[unit] == "grid"

    def at(self, lat: float, lon: float) -> str | None:
        if self._tree is None:
            return None
        from shapely import Point  # noqa: PLC0415 - only who has boundaries pays for it

        found = self._tree.query(Point(lon, lat), predicate="within")
        grids = [self._codes[i] for i in found if self._is_grid(self._codes[i])]
        return grids[0] if grids else None


def _tree(units: list[Named]) -> tuple[Any, list[str]]:
    bounded = [unit for unit in units if unit.boundary]
    if not bounded:
        return None, []
    from shapely import STRtree, from_wkt  # noqa: PLC0415 - as above

    return STRtree(from_wkt([unit.boundary for unit in bounded])), [unit.unit for unit in bounded]
