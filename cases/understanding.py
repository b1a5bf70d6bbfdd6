"""What `nlp` reads from a message: kinds, matters, urgency, places. Plain values, so that handlers need no nlp."""

from dataclasses import asdict, dataclass, replace
from typing import Any

#: the least score at which a matter is worth a button
POSSIBLE = 0.03


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    text: str
    #: the matter or the unit this stretch of text speaks for
    of: str = ""

    def shifted(self, by: int) -> "Span":
        return Span(self.start + by, self.end + by, self.text, self.of)


@dataclass(frozen=True, slots=True)
class Understanding:
    kind: str = "report"
    #: the matter, when it is clear enough not to ask
    matter: str | None = None
    #: the likeliest, clear or not
    best: str | None = None
    category: str | None = None
    score: float = 0.0
    #: (matter, score), best first, three at most
    candidates: tuple[tuple[str, float], ...] = ()
    matched: tuple[Span, ...] = ()
    #: an example sentence of that matter that says nearly the same
    like: str = ""
    #: a second trouble told in a part of its own
    second: Span | None = None
    urgent: bool = False
    #: the number to call at once: "110", "119", "120", "122" or words
    handoff: str | None = None
    #: which row of the taxonomy's hand-offs said so
    handoff_id: str | None = None
    #: a legal way that goes before ours: a row of the hand-offs to be named, no alarm
    redirect: str | None = None
    #: about a cadre or a worker
    private: bool = False
    #: something that is said of people, whoever is meant: "找了三次都不管"
    grumbles: bool = False
    #: of those about a person, one of money, violence or abuse of office: the discipline body's affair
    discipline: bool = False
    #: nobody below may know who says it
    confidential: bool = False
    #: what is left for the ordinary route when the sentences about a person are taken out
    rest: str = ""
    #: the sentences that were taken out
    complaint: str = ""
    places: tuple[Span, ...] = ()

    @property
    def unit(self) -> str | None:
        """The one unit the places agree on, if they do."""
        units = {span.of for span in self.places if span.of}
        return units.pop() if len(units) == 1 else None

    def may_be(self, matter: str) -> bool:
        """Whether the words could be about this matter, too."""
        return any(of == matter and score >= POSSIBLE for of, score in self.candidates)

    @property
    def likely(self) -> tuple[str, ...]:
        """The matters to choose from."""
        return tuple(of for of, score in self.candidates if score >= POSSIBLE)

    def shifted(self, by: int) -> "Understanding":
        """With every span so many characters further on."""
        if not by:
            return self
        second = self.second.shifted(by) if self.second else None
        matched, places = ([span.shifted(by) for span in spans] for spans in (self.matched, self.places))
        return replace(self, matched=tuple(matched), places=tuple(places), second=second)

    def within(self, district: str) -> "Understanding":
        """Places of other districts are words like others: a bot of this one does not know them."""
        strange = any(span.of and not span.of.startswith(district) for span in self.places)
        if not strange:
            return self
        places = (span if span.of.startswith(district) else replace(span, of="") for span in self.places)
        return replace(self, places=tuple(places))

    def facts(self) -> dict[str, Any]:
        """As JSON, for the draft."""
        return asdict(self)
