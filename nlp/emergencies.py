"""What cannot wait: by the words of the taxonomy's hand-offs, and by how an emergency is told.

Both are asked, since lists alone catch one emergency in ten, and weights alone see one in every shouted word. What
either of them must show was set on our own sentences so that hardly one is missed; the price is in
docs/understanding.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from config.taxonomy import Handoff
from nlp.hearing import LETTER, Hearing
from nlp.kinds import REPORTS
from nlp.learned.own import NONE
from nlp.words.lists import Found
from nlp.words.plain import foreign

#: the probability from which the weights alone raise the alarm, and the one they must add to a word of the lists
ALONE = 0.3
WITH_WORDS = 0.25
#: and the one that a sentence of a letter must show, which tells of what has been and could be: "万一出事谁负责"
IN_A_LETTER = 0.6
#: characters; and the probability so few must reach: "又冒出来了" is no fire
FEW, OF_FEW = 8, 0.6
#: characters; in a name or "拿药" the weights hear nothing: the lists alone decide
LEAST, NEVER = 4, 1.1
#: so sure of a matter that no emergency is about, and what they must show then
TAME, OF_TAME = 0.8, 0.8
#: the probability that it is small talk from which the weights alone raise no alarm
IDLE = 0.9
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")
_CLAUSE = re.compile(r"[^。！？!?；;\n，,]+")


class Emergencies:
    def __init__(self, handoffs: Sequence[Handoff]) -> None:
        self._handoffs = {handoff.id: handoff for handoff in handoffs}
        every = [handoff.matters for handoff in handoffs if handoff.kind == "emergency"]
        self._matters = {matter for matters in every for matter in matters} if all(every) else set[str]()

    def heard(self, found: Found, hearing: Hearing, *, bare: bool = False) -> Handoff | None:
        """The hand-off to be told, in the order of the taxonomy; redirects only where nothing burns. `bare`: nothing
        but a place was said (火炬路12号), of which the weights have no opinion."""
        said = found.said("handoff")
        named = [handoff for handoff in self._handoffs.values() if handoff.id in said]
        burning = next((handoff for handoff in named if handoff.kind == "emergency"), None)
        if told := hearing.of("emergency"):
            length = len(hearing.text) - sum(map(str.isdigit, hearing.text))  # 三个人，138…
            # of another language the examples know too little
            unheard = bare or length <= LEAST or foreign(hearing.text) or _idle(hearing)
            alone = NEVER if unheard else OF_FEW if length <= FEW else ALONE
            tame = OF_TAME if self._tame(hearing) else 0.0
            enough = WITH_WORDS if burning else alone
            if burning and _danger(told) < WITH_WORDS:  # in a long story one sentence burns, and says how
                sentences = [hearing.of("emergency", *part) for part in _parts(hearing.text, found)]
                told = max(sentences, key=_danger, default=told)
                enough = IN_A_LETTER if len(hearing.text) > LETTER else WITH_WORDS
            danger = _danger(told)
            if danger < max(enough, tame):
                burning = None
            elif burning is None or danger >= alone:
                likely = max((id_ for id_ in told if id_ != NONE), key=told.__getitem__, default="")
                burning = self._handoffs.get(likely, burning)
        return burning or next((handoff for handoff in named if handoff.kind != "emergency"), None)

    def _tame(self, hearing: Hearing) -> bool:
        """A matter is as good as certain that no emergency is about: 桥栏杆, 工钱."""
        matters = hearing.of("matter")
        likely = max(matters, key=matters.__getitem__, default="")
        return bool(self._matters) and likely not in self._matters and matters.get(likely, 0.0) >= TAME


def _idle(hearing: Hearing) -> bool:
    """As good as certainly no report: 刚才发错了，当没看见."""
    kinds = hearing.of("kind")
    return sum(share for kind, share in kinds.items() if kind not in REPORTS) >= IDLE


def _danger(told: Mapping[str, float]) -> float:
    return 1 - told.get(NONE, 0.0)


def _parts(text: str, found: Found) -> Iterator[tuple[int, int]]:
    """Sentences that hold a word of the lists; where somebody is accused beside, what stands between commas."""
    accuses = "who" in found.said("person") or found.of("staff")
    parts = (_CLAUSE if accuses else _SENTENCE).finditer(text)
    return (part.span() for part in parts if found.of("handoff", *part.span()))
