"""Two troubles in one message: said in two parts, each of which names its own.

An offer too many costs a look, and would come with every second story people tell: so it is made only where words of
the lists name both, or where people say themselves that there is another thing (docs/understanding.md).
"""

import re
from collections.abc import Callable, Sequence

from cases.understanding import Span
from nlp.words.lists import Found

#: characters; in a letter people tell one thing from many sides
LONGEST = 160
#: characters a part must have to tell a trouble of its own
SHORTEST = 4
#: the score from which a part names its matter; and the one it has of the other part's, at most
CLEAR, OTHER = 0.85, 0.1
#: how people begin another thing (a list of its own in `nlp.tagger`)
ANOTHER = (
    "另外",
    "还有个",
    "还有一",
    "再有",
    "再就是",
    "顺便",
    "再说说",
    "两样",
    "还想问",
    "两事",
    "两个事",
    "两件事",
    "俩事",
    "俩个事",
    "俩件事",
)
_PARTS = re.compile(r"[。！？!?；;\n，,\s]+(?:另外|还有|再有|再就是|顺便|同时|再说说|而且)?|另外|顺便")

#: the matters of a part, from here to there, with their scores
Heard = Callable[[int, int], dict[str, float]]


def elsewhere(text: str, first: str, found: Found, places: Sequence[Span], heard: Heard) -> Span | None:
    """The part that tells of `first` once more, in another grid: 2号楼的灯坏了，锦江苑门口的井盖也丢了."""
    if len(text) > LONGEST or len({place.of for place in places if place.of}) < 2:
        return None
    told: list[tuple[Span, str]] = []
    for part in _parts(text):
        there = {p.of for p in places if p.of and part.start <= p.start < part.end}
        listed = first in found.said("keyword", part.start, part.end)
        if len(there) == 1 and listed and heard(part.start, part.end).get(first, 0.0) >= CLEAR:
            told.append((part, there.pop()))
    others = [part for part, unit in told if unit != told[0][1]]
    return Span(others[0].start, others[0].end, others[0].text, first) if others else None


def second(text: str, first: str, found: Found, heard: Heard) -> Span | None:
    """The part that names another matter than `first`, where another part names that one."""
    if len(text) > LONGEST:
        return None
    listed = found.said("keyword")
    another = bool(found.of("another"))
    if not (another or len(listed) > 1):
        return None
    parts = [part for part in _parts(text) if len(part.text) >= SHORTEST]
    told = [(part, heard(part.start, part.end)) for part in parts] if len(parts) > 1 else []
    if not any(scores.get(first, 0.0) >= CLEAR for _, scores in told):
        return None
    both = another or first in listed
    others = []
    for part, scores in told:
        best = max(scores, key=scores.__getitem__, default=first)
        named = another or best in found.said("keyword", part.start, part.end)
        if both and named and best != first and scores[best] >= CLEAR and scores.get(first, 0.0) <= OTHER:
            others.append((scores[best], Span(part.start, part.end, part.text, best)))
    return max(others, default=(0.0, None), key=lambda other: other[0])[1]


def _parts(text: str) -> list[Span]:
    found, start = [], 0
    for mark in (*_PARTS.finditer(text), None):
        end = mark.start() if mark else len(text)
        if end > start:
            found.append(Span(start, end, text[start:end]))
        start = mark.end() if mark else end
    return found
