"""/score (考评): a worker sees his own, with every number it was made of; a coordinator sees his unit's stars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.counts.assessment import PARTS, Formula, Score
from cases.errors import Refused
from cases.people import Person
from cases.ports import Directory
from handlers import rights
from handlers.chat import Button, Message, in_rows
from handlers.context import Context, World

#: the last month, the last quarter
PERIODS = ("month", "quarter")
#: instead of a unit: one's own
OWN = "own"
#: names in a list; cases that are named
NAMED, AGAINST = 10, 8


def command(context: Context) -> None:
    rights.serving(context)
    posts = [post.unit for post in context.person.serves(*rights.OVERSEEING)]
    show(context, posts[0] if posts else OWN, "month")


def show(context: Context, of: str, period: str) -> None:
    """Raises Refused for a unit that is none of theirs, and for a forged button."""
    if period not in PERIODS:
        raise Refused("refused.no_case")
    if not may(context.person, of, context.desk.rules.directory):
        raise Refused("refused.not_yours")
    context.desk.outbox.make(context.chat, context.person.id, "score", {"of": of, "period": period})


def may(person: Person, of: str, directory: Directory) -> bool:
    return of == OWN or rights.oversees(person, of, directory)


def since(period: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The whole month, or the three months, that ended last."""
    first = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begin = first
    for _ in range(1 if period == "month" else 3):
        begin = (begin - timedelta(days=1)).replace(day=1)
    return begin, first


class Words:
    def __init__(self, world: World, language: str) -> None:
        self._texts, self.language = world.texts, language

    def __call__(self, key: str, **params: object) -> str:
        return self._texts.say(self.language, key, **params)

    def formula(self, formula: Formula) -> str:
        parts = "、".join(f"{self(f'score.{part}')} {formula.weights.get(part, 0)}" for part in PARTS)
        return self("score.formula", parts=parts, least=formula.least, star=formula.star)

    def lines(self, found: Score) -> list[str]:
        """Each part with what it was made of, never a bare percentage."""
        lines = [
            self("score.part", part=self(f"score.{part}"), percent=rate.percent, done=rate.part, of=rate.whole)
            for part, rate in found.rates.items()
            if rate.whole
        ]
        points = (
            self("score.few", count=found.count)
            if found.points is None
            else self("score.points", points=found.points, star="★" if found.star else "")
        )
        return [points, *lines]


def own(world: World, language: str, found: Score, formula: Formula, period: str, name: str) -> Message:
    say = Words(world, language)
    text = [say("score.own", name=name, period=say(f"score.{period}")), *say.lines(found)]
    if found.against:
        text.append(say("score.against", numbers="、".join(found.against[:AGAINST])))
    text.append(say.formula(formula))
    other = next(p for p in PERIODS if p != period)
    buttons = [Button(say(f"score.{other}"), f"e.{OWN}.{other}")]
    if found.against:
        buttons.append(Button(say("option.contest"), "o.contest"))
    return Message("\n".join(text), in_rows(buttons))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit did, and who in it."""

    name: str
    code: str
    whole: Score
    #: what is ranked ("centres", "grids", "officers", "workers"), and who, the best first
    ranked: Sequence[tuple[str, Sequence[tuple[str, Score]]]]
    #: what whoever asks dispatched himself
    mine: Score


def unit(world: World, language: str, of: Standing, period: str, formula: Formula) -> Message:
    say, mine = Words(world, language), of.mine
    text = [say("score.unit", name=of.name, period=say(f"score.{period}")), *say.lines(of.whole)]
    for what, found in of.ranked:
        starred = [f"{who} {s.points}★" for who, s in found if s.star]
        text.append(say(f"score.{what}", names="、".join(starred[:NAMED]) or say("score.nobody")))
        few = sum(s.points is None for _, s in found)
        if few:
            text.append(say("score.too_few", count=few))
    if mine.count:
        text += [say("score.mine"), *say.lines(mine)]
        if mine.against:
            text.append(say("score.against", numbers="、".join(mine.against[:AGAINST])))
    text.append(say.formula(formula))
    other = next(p for p in PERIODS if p != period)
    buttons = [Button(say(f"score.{other}"), f"e.{of.code}.{other}")]
    if mine.against:
        buttons.append(Button(say("option.contest"), "o.contest"))
    return Message("\n".join(text), in_rows(buttons))
