"""Units and posts change while the house runs: its gazetteer and its names are read anew, off the event loop."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import structlog

from bot.house import House
from cases.errors import Transient
from nlp.locator import Locator
from nlp.tagger import Tagger
from storage import meta
from storage.engine import Connection
from storage.people import staff_names

log = structlog.get_logger()

#: seconds between two looks whether anything changed
LOOK = 30.0


class Renewal:
    def __init__(self, house: House, places: Locator, build: Callable[[Connection], Locator]) -> None:
        """`places`: those the house has now; `build`: reads them anew."""
        self._house, self._places, self._build = house, places, build
        self._seen: tuple[int, int] | None = None

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except Transient as error:
                log.warning("database away", error=str(error))
            await asyncio.sleep(LOOK)

    async def look(self) -> bool:
        """Whether something had changed since the last look; then the house knows it."""
        return await self._house.database.read(self._renew)

    def _renew(self, connection: Connection) -> bool:
        units, staff = int(meta.get(connection, meta.UNITS, 0)), int(meta.get(connection, meta.STAFF, 0))
        before, self._seen = self._seen, (units, staff)
        if before is None or before == self._seen:
            return False
        house = self._house
        if before[0] != units:
            self._places = self._build(connection)
            house.world = replace(house.world, locates=self._places)
        house.tagger = Tagger(house.world.taxonomy, self._places, staff_names(connection))
        return True
