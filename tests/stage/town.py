"""The sample town in a database of its own, with time standing still until a test pushes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.composition import Running, compose, standards
from bot.gateways.memory import MemoryGateway
from bot.parts.clock import PushedClock
from config import settings as settings_module
from config import taxonomy
from config.settings import Settings
from storage.database.engine import Database
from storage.desk import Desk, Standards
from storage.imports import people as people_import
from storage.imports import units as units_import
from storage.tables import metadata

TOWN = Path(settings_module.__file__).with_name("town")
#: a Tuesday, 10:00 in Shanghai
TUESDAY = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def town_settings(folder: Path, url: str = "", **over: object) -> Settings:
    folder.mkdir(exist_ok=True)
    return settings_module.load(data_dir=folder, database_url=url or f"sqlite:///{folder / 'town.db'}", **over)


def empty(settings: Settings) -> Database:
    database = Database(settings.url, durable=False)
    with database.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    return database


def standards_of(settings: Settings) -> Standards:
    return standards(settings, taxonomy.load(settings.taxonomy))


def settle_in(database: Database, settings: Settings, now: datetime, folder: Path = TOWN) -> None:
    """The sample town's units and people."""
    known = standards_of(settings)
    with database.begin() as connection:
        units_import.take(connection, folder / "units.csv", now)
        people_import.take(Desk(connection, now, known, "import"), folder / "people.csv")


class Town:
    """A running house, its platform in memory, and the clock to push."""

    def __init__(self, settings: Settings, start: datetime = TUESDAY, folder: Path = TOWN) -> None:
        self.settings = settings
        self.clock = PushedClock(start)
        self.database = empty(settings)
        self.gateway = MemoryGateway("web")
        settle_in(self.database, settings, start, folder)
        self.running = self._compose()

    def _compose(self) -> Running:
        running = compose(self.settings, self.database, self.clock)
        running.house.gateways[self.gateway.channel] = self.gateway
        return running

    def restart(self) -> None:
        """Everything in memory is gone; the database, its open connections and the phones are left."""
        self.running = self._compose()

    async def push(self, by: timedelta) -> None:
        self.clock.push(by)
        await self.running.settle()


@contextmanager
def town(folder: Path, url: str = "", start: datetime = TUESDAY, units: Path = TOWN, **over: object) -> Iterator[Town]:
    made = Town(town_settings(folder, url, **over), start, units)
    try:
        yield made
    finally:
        made.database.close()
