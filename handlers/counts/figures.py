"""/stats: what became of what was reported, for whoever asks: their own cases, those they work, a unit of theirs.

The message is made when it is sent: by then it says the latest, and counting a province holds nobody's transaction up.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.counts.figures import Figures, Rate, Spread
from cases.errors import Refused
from cases.people import WORKING, Person, Unit
from cases.ports import Directory
from config.texts import Texts
from handlers import rights
from handlers.chat import Button, Message, in_rows
from handlers.context import Context, World, matter_name

#: lengths of the period, in days
PERIODS = (7, 30, 90)
#: matters and spots that are named; units below that have a button
NAMED, BELOW = 3, 8
#: instead of a unit: what somebody reported, what somebody works
OWN, HELD = "own", "held"


def command(context: Context) -> None:
    """Of the widest that is theirs: a unit, what they work, what they reported."""
    posts = [post.unit for post in context.person.serves(*rights.OVERSEEING)]
    worker = context.person.serves(*WORKING)
    show(context, posts[0] if posts else HELD if worker else OWN, PERIODS[1])


def show(context: Context, of: str, days: int) -> None:
    """Raises Refused for a unit that is none of theirs, and for a forged button."""
    if days not in PERIODS:
        raise Refused("refused.no_case")
    if not may(context.person, of, context.desk.rules.directory):
        raise Refused("refused.not_yours")
    context.desk.outbox.make(context.chat, context.person.id, "figures", {"of": of, "days": days})


def may(person: Person, of: str, directory: Directory) -> bool:
    if of in (OWN, HELD):
        return True
    return rights.oversees(person, of, directory) or bool(
        directory.line(of) and any(post.unit == of for post in person.serves(*WORKING))
    )


def message(
    world: World,
    language: str,
    figures: Figures,
    of: str,
    name: str,
    days: int,
    until: datetime,
    zone: ZoneInfo,
    below: Sequence[Unit],
    ledger: Sequence[tuple[str, Mapping[str, int]]] = (),
) -> Message:
    """`ledger`: sentences about what else the unit did, by key, with their figures."""
    say = _Words(world.texts, language)
    since = until - timedelta(days=days)
    head = say(
        "figures.head",
        of=name or say(f"figures.{of}"),
        since=f"{since.astimezone(zone):%m-%d}",
        until=f"{until.astimezone(zone):%m-%d}",
    )
    text = [head, *(_lines(world, say, figures) if figures.taken else [say("figures.none")])]
    text += [say(key, **params) for key, params in ledger]
    if figures.left_out:
        text.append(say("figures.left_out", count=figures.left_out))
    periods = [Button(say("option.last_days", days=d), f"t.{of}.{d}") for d in PERIODS if d != days]
    units = [Button(f"{unit.name} ▸"[:40], f"t.{unit.code}.{days}") for unit in below[:BELOW]]
    return Message("\n".join(text), (*in_rows(periods), *in_rows(units)))


def _lines(world: World, say: "_Words", f: Figures) -> list[str]:
    named = "、".join(f"{matter_name(world, say.language, matter)} {times}" for matter, times in f.matters[:NAMED])
    lines = [
        say(
            "figures.counts",
            taken=f.taken,
            closed=f.closed,
            confirmed=f.confirmed,
            silent=f.silent,
            asked=f.asked,
            open=f.open,
            late=f.late,
        ),
        say("figures.promised", count=f.promised) if f.promised else "",
        say("figures.outcomes", named="、".join(f"{say(f'outcome.{name}')} {times}" for name, times in f.outcomes))
        if f.outcomes
        else "",
        say("figures.disputed", count=f.disputed) if f.disputed else "",
        say("figures.rates", response=say.rate(f.response), solved=say.rate(f.solved), content=say.rate(f.content))
        if f.response.whole or f.solved.whole or f.content.whole
        else "",
        say("figures.accepting", **say.spread(f.accepting)) if f.accepting else "",
        say("figures.resolving", **say.spread(f.resolving)) if f.resolving else "",
        say("figures.matters", named=named),
    ]
    lines += [
        say("figures.spot", place=place, matter=matter_name(world, say.language, matter), count=times)
        for matter, place, times in f.spots[:NAMED]
    ]
    lines += [
        say(
            "figures.confused",
            taken=matter_name(world, say.language, guess),
            was=matter_name(world, say.language, matter),
            count=times,
        )
        for guess, matter, times in f.confused[:NAMED]
    ]
    return [line for line in lines if line]


class _Words:
    """Sentences of one language, and figures as people read them."""

    def __init__(self, texts: Texts, language: str) -> None:
        self._texts, self.language = texts, language

    def __call__(self, key: str, **params: object) -> str:
        return self._texts.say(self.language, key, **params)

    def rate(self, rate: Rate) -> str:
        """With what it was made of: a hundred percent of two is told apart from one of two hundred."""
        if rate.percent is None:
            return self("figures.no_rate")
        return (
            f"{rate.percent}%（{rate.part}/{rate.whole}）"
            if self.language == "zh"
            else (f"{rate.percent}% ({rate.part}/{rate.whole})")
        )

    def spread(self, spread: Spread) -> dict[str, str]:
        return {"median": self._length(spread.median), "p90": self._length(spread.p90)}

    def _length(self, length: timedelta) -> str:
        minutes = max(1, round(length.total_seconds() / 60))
        if minutes < 120:
            return self("figures.minutes", count=minutes)
        if minutes < 48 * 60:
            return self("figures.hours", count=round(minutes / 60))
        return self("figures.days", count=round(minutes / 60 / 24))
