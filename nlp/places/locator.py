"""Places to units: the units' own names and places in a text, as written or nearly, and points in their boundaries."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

from cases.understanding import Span
from nlp.places.near import Near
from nlp.places.tails import core, numbers, whole
from nlp.words.matcher import Hit, Matcher


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
        self._grids = sorted(unit.unit for unit in units if unit.level == "grid")
        self._phrases = phrases
        self._names = Matcher(phrases)
        self._tree, self._codes = _tree(units)

    @cached_property
    def _near(self) -> Near:
        return Near(list(self._phrases))

    def ready(self) -> "Locator":
        """With all its tables made: before the first message, not in it."""
        _ = self._near
        return self

    def known(self, text: str) -> list[Hit]:
        """Where the units' own names stand."""
        return self._names.find(text)

    def places(self, text: str, known: Sequence[Hit] | None = None, others: Sequence[Span] | None = None) -> list[Span]:
        """Place words, numbers included, with the one grid they name: "" where several share the name, or none has it
        or one nearly like it. `others`: what else was found to be a place (`nlp.places.judge`)."""
        found = []
        for hit in self.known(text) if known is None else known:
            end = whole(text, hit.end)
            found.append(Span(hit.start, end, text[hit.start : end].strip(), self._one_grid(hit.of)))
        if others is None:
            others = [Span(start, end, text[start:end], "") for start, end in numbers(text)]
        for span in others:
            if all(place.end <= span.start or place.start >= span.end for place in found):
                found.append(Span(span.start, span.end, span.text, self._nearly(span.text)))
        return sorted(found, key=lambda place: place.start)

    def named(self, text: str) -> Sequence[tuple[str, str]]:
        """Every grid a text could mean: by its whole names, else those of a community it names, else by names that
        contain it, else by those nearly so."""
        hits = self._names.find(text)
        exact = [(unit, "") for hit in hits for unit in hit.of if self._is_grid(unit)]
        exact = exact or [(grid, "") for hit in hits for unit in hit.of for grid in self._below(unit)]
        part = text.strip()
        if exact or len(part) < 2:
            return exact
        alike = [name for name in self._phrases if part in name] or self._near.mistyped(core(part))
        return [(unit, "") for name in alike for unit in self._phrases[name] if self._is_grid(unit)]

    def _nearly(self, words: str) -> str:
        """The one grid whose name begins so, or is a slip away."""
        if not self._phrases:
            return ""
        name = core(words)
        alike = self._near.beginning(name) or self._near.mistyped(name)
        return self._one_grid([unit for other in alike for unit in self._phrases[other]])

    def _one_grid(self, units: Iterable[str]) -> str:
        grids = {unit for unit in units if self._levels[unit] in ("grid", "micro")}
        return grids.pop() if len(grids) == 1 else ""

    def _below(self, unit: str) -> list[str]:
        """The grids of a community, whose codes begin with its own."""
        if self._levels[unit] != "community":
            return []
        start = bisect_left(self._grids, unit)
        return list(takewhile(lambda grid: grid.startswith(unit), islice(self._grids, start, None)))

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
