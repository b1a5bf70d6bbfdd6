"""What changes while the house runs is read anew, off the event loop and outside any write: units and posts, and the
files of what is understood. Files with mistakes change nothing; the mistakes are in the log."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.house import House
from bot.parts import reading
from cases.errors import Transient
from config.mistakes import Mistakes
from config.taxonomy import Taxonomy
from nlp.places.locator import Locator
from nlp.tagger import Tagger
from storage.database import meta
from storage.database.engine import Connection
from storage.desk import Standards
from storage.people.records import staff_names

log = structlog.get_logger()

#: seconds between two looks whether anything changed
LOOK = 30.0


def state(connection: Connection) -> tuple[str, str]:
    """A token of the units, and one of the posts: others, once they were changed."""
    return str(meta.get(connection, meta.UNITS, "")), str(meta.get(connection, meta.STAFF, ""))


class Renewal:
    def __init__(
        self,
        house: House,
        places: Locator,
        build: Callable[[Connection], Locator],
        judge: Callable[[Taxonomy], Standards],
        seen: tuple[str, str],
    ) -> None:
        """`places`: those the house has now; `build` reads them anew. `judge`: what cases are judged by, with a
        taxonomy. `seen`: the `state` of units and posts when the house read them."""
        self._house, self._places, self._build, self._judge, self._seen = house, places, build, judge, seen
        #: what the house's tagger was made from
        self._made = house.reading
        self._files = reading.state(house.settings)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except Transient as error:
                log.warning("database away", error=str(error))
            except Exception:
                log.exception("not read anew")  # a file in the middle of being written ends nothing
            await asyncio.sleep(LOOK)

    async def look(self) -> bool:
        """Whether something had changed since the last look; then the house knows it."""
        await asyncio.to_thread(self._read_files)
        return await self._house.database.read(self._renew)

    def _read_files(self) -> None:
        settings = self._house.settings
        now = reading.state(settings)
        if now == self._files:
            return
        self._files = now
        try:
            read = reading.load(settings)
            self._house.standards = self._judge(read.taxonomy)
            self._house.reading = read
        except Mistakes as mistakes:
            log.exception("not read anew", mistakes=mistakes.found)

    def _renew(self, connection: Connection) -> bool:
        now, house = state(connection), self._house
        if house.reading is self._made and self._seen == now:
            return False
        if self._seen[0] != now[0]:
            self._places = self._build(connection)
        known = house.reading
        house.world = replace(house.world, locates=self._places, taxonomy=known.taxonomy)
        house.tagger = Tagger(known.taxonomy, self._places, staff_names(connection), known.layers)
        self._seen, self._made = now, known
        return True
