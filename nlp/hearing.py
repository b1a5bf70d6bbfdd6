"""One message heard by the weights: read once, and asked for the whole of it or for any part."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlp.learned.linear import Answers, Linear

#: characters of a message that our weights hear: of 200 to 400 all answered 1,100 letters alike; and those that a
#: place's own weights and the nearest examples hear: a city's departments are told apart by more (+0.01)
HEARD, WITH_CARE = 260, 400
#: characters; who writes more writes a letter
LETTER = 100
#: characters; the first line or sentence of what is longer says what it is about, and is heard beside it
TITLED = 60
_TITLE = re.compile(r"[^\n。！？!?；;]{4,40}(?=[\n。！？!?；;])")


@dataclass(frozen=True, slots=True)
class Hearing:
    """`linear` is None where that layer is off: nothing is known then, and every answer is empty."""

    linear: Linear | None
    text: str
    whole: Answers | None

    def answers(self, start: int = 0, end: int | None = None) -> Answers | None:
        if self.whole is None or self.linear is None or end is None:
            return self.whole
        if end <= HEARD:
            return self.linear.part(self.whole, start, end)
        return self.linear.answer(self.text[start:end])

    def of(self, head: str, start: int = 0, end: int | None = None) -> Mapping[str, float]:
        """Label -> probability; empty where the weights are off."""
        answers = self.answers(start, end)
        return answers.of(head) if answers else {}

    def person(self, start: int = 0, end: int | None = None) -> tuple[float, float]:
        """Of words about a cadre or a worker: (service, discipline)."""
        said = self.of("person", start, end)
        return said.get("service", 0.0), said.get("discipline", 0.0)


def hear(linear: Linear | None, text: str) -> Hearing:
    return Hearing(linear, text, heard(linear, text) if linear else None)


def heard(linear: Linear, text: str) -> Answers:
    """What has a title is heard twice: the title, and all of it."""
    whole = linear.answer(text[:HEARD])
    title = _TITLE.match(text) if len(text) > TITLED else None
    return linear.titled(whole, title.end()) if title else whole
