"""What is known of a report while it is asked for."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.flow import Look, Question, Said

Asking = Generator[Question | Look, Any, Any]


@dataclass(slots=True)
class Facts:
    """What is known of a report so far; "" where nothing is."""

    draft: int
    matter: str
    guesses: list[str]
    unit: str
    place: str
    home: str
    wordless: bool
    voice: bool
    private: bool
    discipline: bool
    rest: str
    call: bool = False
    #: a number to call was told
    danger: bool = False
    #: (latitude, longitude), where one was sent
    point: tuple[float, float] | None = None
    confidential: bool = False
    more: list[Said] = field(default_factory=list)
    #: a telephone number that was given unasked
    number: str = ""
    #: whoever says it works here: it was found, or is reported for somebody else
    worker: bool = False
    #: for whom it is: name, number, relation
    subject: tuple[str, str, str] | None = None
    #: what was done about it on the spot
    settled: Said | None = None
    #: it is none of the cases that others reported near by
    another: bool = False
    #: it is this one
    follows: str = ""
    #: another trouble told in the same message: its matter, its words, its unit and place where it names its own
    second: tuple[str, str, str, str] | None = None
    #: both are filed
    both: bool = False
    #: of `more`, what may stand in the case that is not about a person
    rests: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, known: Mapping[str, Any]) -> "Facts":
        """Of what a report was begun with, by this version or by one that knew other things."""
        return cls(**{name: value for name, value in known.items() if name in cls.__dataclass_fields__})

    @property
    def complaint_only(self) -> bool:
        """About a person, with no other trouble in the same message."""
        return self.private and not (self.rest and self.matter)


def told(facts: Facts, said: Said) -> Asking:
    """More of it; another place, where it was misunderstood; or that nobody may know who says it."""
    if said.words and facts.unit:
        place, unit = yield Look("corrected", (said.words, facts.place))
        facts.place = place or facts.place  # and the words stay, since the first ones say otherwise
        if unit:
            facts.unit, facts.point = unit, None
    hidden = yield Look("hidden")
    facts.confidential |= bool(hidden) and not facts.private
    if hidden != "alone":
        yield from added(facts, said)
    if said.words and not (facts.matter or facts.private):
        yield from about(facts)
        if not facts.unit:
            facts.unit, facts.place = yield Look("place_told")


def about(facts: Facts) -> Asking:
    """A picture or a voice came first, and now, it may be, what it is about."""
    if not (facts.matter or facts.private):
        facts.matter = yield Look("matter_told")


def added(facts: Facts, said: Said) -> Asking:
    facts.more.append(said)
    if facts.private:
        facts.rests.append((yield Look("rest", (said.words,))))
