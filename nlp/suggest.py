"""New keywords worth a coordinator's look: what people keep saying of a matter and of no other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from nlp.words.plain import wordy

#: characters of a suggestion
SIZES = (2, 3, 4)
#: in so many messages it must stand, and in so large a share of those that have it must they be of this matter
TIMES, OWN = 3, 0.8
#: suggestions for a matter, at most
MOST = 5


def keywords(told: Iterable[tuple[str, str]], known: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """`told`: (words, matter). `known`: the keywords there are. By matter, the most frequent first."""
    everywhere: Counter[str] = Counter()
    by_matter: dict[str, Counter[str]] = defaultdict(Counter)
    for words, matter in told:
        grams = set(_grams(wordy(words)))
        everywhere.update(grams)
        by_matter[matter].update(grams)
    there = {word for words in known.values() for word in words}
    found = {}
    for matter, counts in by_matter.items():
        good = {g: n for g, n in counts.items() if n >= TIMES and n >= OWN * everywhere[g] and g not in there}
        # 路灯不, 灯不亮, 路灯不亮: the longest says it
        within = {part for g in good for part in (g[:-1], g[1:]) if good.get(part) == good[g]}
        whole = [g for g in good if g not in within]
        whole = [g for g in whole if not any(word in g for word in there)]
        if whole:
            found[matter] = sorted(whole, key=lambda g: (-good[g], -len(g), g))[:MOST]
    return found


def _grams(text: str) -> Iterable[str]:
    for size in SIZES:
        for start in range(len(text) - size + 1):
            gram = text[start : start + size]
            if " " not in gram:
                yield gram
