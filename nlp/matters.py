"""Which matter: keywords, weights and nearest examples heard together, each answer with what speaks for it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from operator import itemgetter

from cases.understanding import Span
from nlp.words.lists import Found
from nlp.words.matcher import Hit

#: characters; the first words carry the matter (measured on city letters: +0.02 accuracy)
FIRST = 20
FIRST_WEIGHT = 2.0
WEAK = 0.3
#: a lone 物业 names who is blamed, not what is wrong (config/taxonomy.yaml, keyword rules)
BLAMED = {"物业": 0.5}
#: how much one more keyword moves the scale, beside the weights; found on messages that were read before
KEYWORD_WEIGHT = 0.2
#: how much the nearest examples weigh beside the weights: of 0 to 6, 2 to 3 was best on chat and on letters
NEAREST_WEIGHT = 2
#: keywords beyond this score say nothing more
ENOUGH = 3.0
#: a matter nothing speaks for
LEAST = 1e-4

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Matters by their scores, which are shares of one."""

    scores: Scores

    @property
    def best(self) -> list[tuple[str, float]]:
        return sorted(self.scores.items(), key=itemgetter(1), reverse=True)[:3]


#: what weighs with the weights and says nothing to a person who asks why
_EMPTY = """
这个 那个 这样 那样 这里 那里 这边 那边 一个 还是 就是 不是 怎么 什么 咋办 没有 可以 不能 不行 出来 进去 起来 下来
上来 看着 一直 天天 现在 时候 东西 地方 东边 西边 南边 北边 里头 外头 上头 大爷 大娘 大妈 大叔 奶奶 爷爷 老人 孩子
我们 俺们 你们 他们 人家 自己 知道 个事 的事 有人 没人 家里 我家 俺家 隔壁 多少 路 楼 人 家 了 的 好 来 去 有 没
在 是 不 都 就 也 还 难受 着急 麻烦
"""
EMPTY = frozenset(_EMPTY.split())


def keyword_scores(found: Found, start: int = 0, end: int | None = None) -> dict[str, float]:
    """Each keyword counts once, more at the beginning and the longer it is."""
    scores: dict[str, float] = defaultdict(float)
    seen: set[str] = set()
    for name, base in (("keyword", 1.0), ("weak", WEAK)):
        for hit in found.of(name, start, end):
            if hit.word in seen:
                continue
            seen.add(hit.word)
            weight = base * BLAMED.get(hit.word, 1.0) * (1 + 0.25 * max(0, len(hit.word) - 2))
            if hit.start - start < FIRST:
                weight *= FIRST_WEIGHT
            for of in hit.of:
                scores[of] += weight
    return scores


def together(parts: Iterable[Scores]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for part in parts:
        for matter, score in part.items():
            sums[matter] += score
    return sums


def joined(keywords: Scores, learned: Scores | None, nearest: Scores | None) -> Ranked:
    """One score of all layers that are on. With keywords alone: each one's share of what was found."""
    if learned is None and nearest is None:
        whole = sum(keywords.values()) or 1.0
        return Ranked({matter: score / whole for matter, score in keywords.items()})
    if learned is not None and not keywords and nearest is None:
        return Ranked(learned)
    shares = dict(learned or dict.fromkeys((*keywords, *(nearest or ())), 1.0))
    for matter, score in keywords.items():
        shares[matter] = shares.get(matter, LEAST) * exp(KEYWORD_WEIGHT * min(score, ENOUGH))
    if nearest is not None:
        for matter in {*shares, *nearest}:
            near = max(nearest.get(matter, 1 / max(len(nearest), 1)), LEAST)
            shares[matter] = max(shares.get(matter, 0.0), LEAST) * near**NEAREST_WEIGHT
    whole = sum(shares.values())
    return Ranked({matter: share / whole for matter, share in shares.items()})


def spans(
    text: str, hits: Sequence[Hit], shown: Sequence[str], strongest: Callable[[str], list[Span]]
) -> tuple[Span, ...]:
    """The keywords of the matters shown, best first; where the best has none, the words that weighed most for it. Each
    once."""
    once = {(hit.word, of): hit for hit in reversed(hits) for of in hit.of if of in shown}
    words = [Span(hit.start, hit.end, text[hit.start : hit.end], of) for (_, of), hit in once.items()]
    if shown and not any(word.of == shown[0] for word in words):
        words += [word for word in strongest(shown[0]) if word.text not in EMPTY]
    return tuple(sorted(words, key=lambda span: (span.start, span.end, span.of)))
