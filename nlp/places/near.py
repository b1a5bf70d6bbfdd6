"""Names nearly as written: one character wrong, missing or too many, or only the beginning of a name.

For half a million names a table of hashes, sorted: 30 MB and a binary search a look-up, where a dictionary of the same
would take ten times that.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

#: shorter names differ in one character from too many others
SHORTEST = 3
#: longer ones are sentences
LONGEST = 12
#: so many names are looked at that begin alike; more of them name nothing
ALIKE = 50


#: characters that may be missing at the end of a name: 中央城|B区, not 人民医院|家属院
MORE = 2


class Near:
    """Immutable. Hashes are of this process: never stored."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = sorted(names)
        owners, keys = array("i"), array("q")
        for at, name in enumerate(self._names):
            if SHORTEST <= len(name) <= LONGEST:
                for variant in _variants(name):
                    keys.append(hash(variant))
                    owners.append(at)
        hashes = np.frombuffer(keys, dtype=np.int64)
        order = np.argsort(hashes, kind="stable")
        self._keys = hashes[order]
        self._owners = np.frombuffer(owners, dtype=np.int32)[order]

    def mistyped(self, name: str) -> list[str]:
        """The names that are one slip away."""
        if not SHORTEST <= len(name) <= LONGEST:
            return []
        found: dict[str, None] = {}
        for variant in _variants(name):
            start, end = np.searchsorted(self._keys, [hash(variant), hash(variant) + 1])
            for owner in self._owners[start:end].tolist():
                other = self._names[owner]
                if one_slip(name, other):
                    found[other] = None
        return list(found)

    def beginning(self, part: str) -> list[str]:
        """The names that begin so."""
        start = bisect_left(self._names, part)
        alike = [name for name in self._names[start : start + ALIKE + 1] if name.startswith(part)]
        if len(part) < 2 or len(alike) > ALIKE:
            return []
        return [name for name in alike if len(name) - len(part) <= MORE]


def _variants(name: str) -> Iterator[str]:
    """Itself, and without each of its characters: two names one slip apart share one of them."""
    yield name
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]


def one_slip(a: str, b: str) -> bool:
    """Whether one character changed, left out or put in makes one of the other."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b) and a[-1] != b[-1]:  # 荷花园 is another place than 荷花里
        return False
    same = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[same + 1 :] == b[same + 1 :]
    short, long = sorted((a, b), key=len)
    return short[same:] == long[same + 1 :]
