"""双星双优: who stands where among centres, grids, officers and workers."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cases.counts import assessment
from cases.counts.assessment import Formula, Row, Score
from storage.database.engine import Connection
from storage.people import records as people
from storage.units import directory

#: characters of a street's code (docs/howto/a-place.md)
STREET = 9

Ranked = list[tuple[str, list[tuple[str, Score]]]]


def ranked(connection: Connection, rows: Sequence[Row], formula: Formula) -> Ranked:
    """The four awards: centres, grids, officers and workers, the best first; who has too few cases stands last."""
    units = directory.names_of(connection, {code for row in rows for code in (row.unit, _centre(row.unit))})
    named = people.names_of(connection, {row.person for row in rows} | {row.officer for row in rows if row.officer})
    kinds: dict[str, tuple[Callable[[Row], Any], Mapping[Any, str]]] = {
        "centres": (lambda row: _centre(row.unit), units),
        "grids": (lambda row: row.unit, units),
        "officers": (lambda row: row.officer, named),
        "workers": (lambda row: row.person, named),
    }
    found: Ranked = []
    for what, (key, names) in kinds.items():
        groups: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            if key(row):
                groups[key(row)].append(row)
        scored = [(names.get(k, ""), assessment.score(group, formula)) for k, group in groups.items()]
        found.append((what, sorted(scored, key=lambda f: (f[1].points is None, -(f[1].points or 0), f[0]))))
    return found


def _centre(unit: str) -> str:
    """The governance centre of a town or street that a unit belongs to, by its code; above, the unit's own."""
    return unit[:STREET]
