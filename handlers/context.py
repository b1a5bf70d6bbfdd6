"""What a handler has in its hands while it works one message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from cases.desk.port import Desk
from cases.people import Person
from cases.ports import Locates, Rules
from cases.understanding import Understanding
from cases.views import CaseKey
from config.lessons import Lesson
from config.taxonomy import Taxonomy
from config.texts import Texts
from handlers import telling
from handlers.chat import Incoming, Message


@dataclass(frozen=True, slots=True)
class World:
    """What stays the same from message to message."""

    texts: Texts
    taxonomy: Taxonomy
    locates: Locates
    #: by unit, the sentences in force there and below
    laid: Mapping[str, Texts] = field(default_factory=dict)
    lessons: tuple[Lesson, ...] = ()

    def at(self, line: Sequence[str]) -> "World":
        """With the sentences of the nearest unit up this line that has its own."""
        texts = next((self.laid[unit] for unit in line if unit in self.laid), None)
        return self if texts is None else replace(self, texts=texts)


@dataclass(slots=True)
class Context:
    world: World
    desk: Desk
    person: Person
    chat: int
    understood: Understanding = field(default_factory=Understanding)
    incoming: Incoming | None = None
    #: what stood behind a /command
    argument: str = ""
    #: conversations to begin when the message is worked: (flow, its arguments)
    starting: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    #: shown over a pressed button, to who pressed it and to nobody else
    toast: str = ""
    #: the number to call was said, and the coordinator alerted
    alarmed: bool = False

    @property
    def private(self) -> bool:
        return self.incoming is None or self.incoming.private

    @property
    def rules(self) -> Rules:
        """Those of where this person lives."""
        rules, home = self.desk.rules, self.person.home
        return rules.at(home) if home else rules

    @property
    def district(self) -> str:
        return self.incoming.district if self.incoming is not None else ""

    def unit_at(self, point: tuple[float, float]) -> str | None:
        """The unit whose boundary holds the point, if this bot serves it."""
        unit = self.world.locates.at(*point)
        return unit if unit and unit.startswith(self.district) else None

    def units_named(self, words: str) -> list[str]:
        """Every grid the words could mean, of those this bot serves."""
        named = dict(self.world.locates.named(words))
        return [unit for unit in named if unit.startswith(self.district)]

    def start(self, flow: str, **args: Any) -> None:
        self.starting.append((flow, args))

    def case_of(self, draft: int) -> CaseKey | None:
        """The case a draft became; of two, the one that fewer see: nobody knows what its next words are about."""
        parts = self.desk.cases_of_draft(draft)
        return next((parts[part] for part in ("whole", "complaint", "concrete") if part in parts), None)

    def text(self, key: str, **params: object) -> str:
        return self.world.texts.say(self.person.language, key, **params)

    def say(self, key: str, *, urgent: bool = False, **params: object) -> None:
        self.send(Message(self.text(key, **params)), urgent=urgent)

    def answer(self, key: str, **params: str) -> None:
        """That it is done: in a group, what everybody need know stands on the card."""
        if self.incoming is not None and self.incoming.tap and not self.private:
            self.toast = self.text(key, **params)
        else:
            self.send(Message(self.text(key, **params)))

    def send(self, message: Message, *, conversation: int | None = None, urgent: bool = False) -> None:
        self.desk.outbox.say(self.chat, message.pack(), conversation=conversation, urgent=urgent)

    def tell(
        self,
        person: int,
        key: str,
        *,
        urgent: bool = False,
        buttons: Sequence[tuple[str, str]] = (),
        media: tuple[int, ...] = (),
        once: str = "",
        **params: object,
    ) -> None:
        texts, desk = self.world.texts, self.desk
        telling.tell(texts, desk, person, key, urgent=urgent, buttons=buttons, media=media, once=once, **params)

    def reading(self, person: int) -> "Context":
        """The same, as somebody else reads it."""
        return replace(self, person=self.desk.person(person))

    def matter(self, matter: str, *, private: bool = False) -> str:
        return matter_name(self.world, self.person.language, matter, private=private)

    def when(self, moment: datetime) -> str:
        return when(self.world.texts, self.person.language, moment, self.desk.now, self.desk.rules.calendar.zone)

    def day(self, moment: datetime) -> str:
        """'明天' or '11月27日': for what is to be done by the end of a day."""
        zone = self.desk.rules.calendar.zone
        local, today = moment.astimezone(zone).date(), self.desk.now.astimezone(zone).date()
        near = {today: "date.today", today + timedelta(days=1): "date.tomorrow"}.get(local)
        return self.text(near) if near else self.text("date.day", month=local.month, day=local.day)


def matter_name(world: World, language: str, matter: str, *, private: bool = False) -> str:
    """The matter as people read it; cases nobody could name yet have a name too."""
    known = world.taxonomy.matters.get(matter)
    if known:
        return known.names.get(language) or known.names["zh"]
    return world.texts.say(language, "matter.private" if private and not matter else "matter.none")


def when(texts: Texts, language: str, moment: datetime, now: datetime, zone: Any) -> str:
    """'11:30', '明天10:00' or '11月27日 10:00': no longer than it needs to be."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    if local.date() == today:
        return texts.say(language, "when.today", clock=clock)
    if local.date() == today + timedelta(days=1):
        return texts.say(language, "when.tomorrow", clock=clock)
    return texts.say(language, "when.day", month=local.month, day=local.day, clock=clock)
