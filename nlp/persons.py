"""Words about a cadre or a worker, and what else the same message says.

Missing one is worse than asking once too often: both the lists and the weights may say so (docs/understanding.md).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlp.hearing import LETTER, Hearing
from nlp.words.lists import Found

#: the probability from which the weights alone say so
ALONE = 0.26
#: where an office is named
OFFICE_NAMED = 0.18
#: in a letter, which tells of other things beside
IN_A_LETTER = 0.16
#: what they must add where something is said of an office that the lists know
WITH_WORDS = 0.04
#: the probability from which the weights may send somebody to the discipline body: what goes there is not kept here
DISCIPLINE = 0.6
#: in one sentence of a message that is about a person
SENTENCE = 0.3
#: characters; in shorter messages the whole of it tells
LONG = 60
#: characters; so few accuse nobody: "收了", said of a parcel
FEW = 4
_WHOLE = re.compile(r"[^。！？!?；;\n]+")
#: a blank stands for a mark
_SENTENCE = re.compile(r"[^。！？!?；;\n，, \u3000]+[。！？!?；;\n，, \u3000]*")
_ENDS = tuple("。！？!?；;\n")
_EDGES = " ，,。；;\n"


@dataclass(frozen=True, slots=True)
class About:
    """A message, with what is about a person taken out of it."""

    private: bool = False
    #: money, violence, abuse of office
    discipline: bool = False
    #: something that is said of people, whoever is meant: "找了三次都不管"
    grumbles: bool = False
    rest: str = ""
    complaint: str = ""
    #: of the text, what is left
    parts: tuple[tuple[int, int], ...] = ()


class Persons:
    def __init__(self, patterns: Mapping[str, Any]) -> None:
        self._ways = [(of, re.compile(way)) for of, ways in patterns.items() for way in ways]

    def about(self, text: str, found: Found, hearing: Hearing, *, endangered: bool = False) -> About:
        """`endangered`: who cries for help accuses nobody but those whom he names."""
        if endangered and found.of("staff"):  # he must not be the one who is sent
            return About(True, complaint=text)
        weighed = hearing.whole is not None
        service, discipline = hearing.person()
        likely, said = service + discipline, found.said("person")
        # of those who work here every word counts; of 领导 and 主任 people speak in many other ways
        mild = (
            "always" not in said
            and not found.of("staff")
            and not (_complains(said) and self._somewhere(text, found, hearing))
        )
        if weighed and mild and (likely < WITH_WORDS or (endangered and "who" not in said)):
            return About(grumbles=bool(said & {"service", "discipline"}), rest=text)
        said = self._said(text, found, 0, len(text))
        grumbles = bool(said & {"service", "discipline"})
        enough = IN_A_LETTER if len(text) > LETTER else OFFICE_NAMED if "who" in said else ALONE
        weighty = likely >= enough and len(text) > FEW
        rest, complaint, parts = list[str](), list[str](), list[tuple[int, int]]()
        money = weighty and discipline >= DISCIPLINE
        private, after = weighty, False
        for match in _SENTENCE.finditer(text):
            start, end = match.span()
            own = self._said(match.group(), found, start, end)
            bad = _complains(own)
            if not bad and weighty and weighed:
                bad = sum(hearing.person(start, end)) >= SENTENCE
            private |= bad
            money |= bad and bool(own & {"always", "discipline"})
            # "…找过没用，根本不管": the rest of the sentence is still about the person, unless it names a trouble
            taken = bad or (after and not found.of("keyword", start, end))
            (complaint if taken else rest).append(match.group())
            if not taken:
                parts.append((start, end))
            after = (after or bad) and not match.group().rstrip().endswith(_ENDS)
        if not private:
            return About(grumbles=grumbles, rest=text)
        if not complaint:  # the whole of it, though no sentence by itself
            rest, complaint, parts = [], [text], []
        return About(True, money, grumbles, "".join(rest).strip(_EDGES), "".join(complaint).strip(_EDGES), tuple(parts))

    def _somewhere(self, text: str, found: Found, hearing: Hearing) -> bool:
        """One sentence complains of somebody, in a story that is about something else."""
        if len(text) < LONG:
            return False
        return any(
            _complains(found.said("person", *part.span())) and sum(hearing.person(*part.span())) >= WITH_WORDS
            for part in _WHOLE.finditer(text)
        )

    def _said(self, sentence: str, found: Found, start: int, end: int) -> set[str]:
        """Who is spoken of, and what is said of him: by words, by names, and by ways of speaking."""
        said = found.said("person", start, end)
        said |= {of for of, way in self._ways if way.search(sentence)}
        return said | {"who"} if found.of("staff", start, end) else said


def _complains(said: set[str]) -> bool:
    return "always" in said or ("who" in said and bool(said & {"service", "discipline"}))
