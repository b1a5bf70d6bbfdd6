"""What everything that runs shares: settings, database, clock, words and gateways."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.gateway import Gateway
from bot.parts.flood import Flood
from bot.parts.metrics import Metrics
from bot.parts.reading import Reading
from bot.parts.speech import Deaf, Hears
from bot.parts.taps import Taps
from cases.ports import Clock, Understands
from config.settings import Settings
from handlers.context import World
from storage.database.engine import Connection, Database
from storage.desk import Desk, Standards


@dataclass
class House:
    settings: Settings
    database: Database
    clock: Clock
    world: World
    tagger: Understands
    reading: Reading
    standards: Standards
    #: this copy's name on its leases
    owner: str
    flood: Flood
    ears: Hears = field(default_factory=Deaf)
    taps: Taps = field(default_factory=Taps)
    metrics: Metrics = field(default_factory=Metrics)
    gateways: dict[str, Gateway] = field(default_factory=dict)
    #: woken when there may be something to do
    listeners: list[Callable[[], None]] = field(default_factory=list)

    def desk(self, connection: Connection, cause: str) -> Desk:
        return Desk(connection, self.clock.now(), self.standards, cause)

    def nudge(self) -> None:
        for wake in self.listeners:
            wake()
