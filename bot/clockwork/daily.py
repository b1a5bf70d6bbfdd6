"""What is done once a day or whenever it is time: the history sealed, what is old forgotten, the queues cleared."""

from collections.abc import Callable, Coroutine
from datetime import datetime, time, timedelta
from typing import Any

from bot.house import House
from storage.cases import history
from storage.database.engine import Connection
from storage.privacy import belongings, keeping

#: when yesterday's history is sealed: by then every commit that began yesterday is done
SEALED_AT = time(3)
#: a copy that was taken along is forgotten after
COPY_KEPT = timedelta(days=1)
#: between two looks, and between two into the queues
LOOK, CLEARED = timedelta(minutes=1), timedelta(hours=1)


class Daily:
    def __init__(self, house: House) -> None:
        self._house = house
        self._looked: datetime | None = None
        #: the day whose seal was made, and when the queues were looked at, as far as this copy knows
        self._sealed: str = ""
        self._cleared: datetime | None = None

    def steps(self) -> tuple[Callable[[], Coroutine[Any, Any, int]], ...]:
        """Each by itself: what cannot be sealed today keeps nothing from being forgotten."""
        return self.seal, self.forget, self.clear

    async def forget(self) -> int:
        """How many records were forgotten."""
        database, keep, now = self._house.database, self._house.settings.keeping, self._house.clock.now()
        soonest = min(keep.words, keep.drafts, LOOK)
        if self._looked is not None and timedelta() <= now - self._looked < soonest:
            return 0
        count = 0
        works: tuple[tuple[Any, timedelta], ...] = (
            (keeping.forget_old, keep.words),
            (belongings.forget_old, keep.words),
            (keeping.forget_drafts, keep.drafts),
            (keeping.forget_talks, keep.drafts),
            (keeping.forget_people, min(COPY_KEPT, keep.drafts)),
            (keeping.forget_copies, min(COPY_KEPT, keep.drafts)),
        )
        for work, length in works:
            while done := await database.write(work, now - length, now):
                count += done
        self._looked = now
        return count

    async def clear(self) -> int:
        """The queues of what is done. Nobody is to be nudged for it: 0."""
        now, keep = self._house.clock.now(), self._house.settings.keeping
        if self._cleared is None or now - self._cleared >= min(CLEARED, keep.queues):
            while await self._house.database.write(keeping.prune, now - keep.queues):
                pass
            self._cleared = now
        return 0

    async def seal(self) -> int:
        """Yesterday's history, for each district; how many were sealed."""
        local = self._house.clock.now().astimezone(self._house.settings.zone)
        ends = local.replace(hour=0, minute=0, second=0, microsecond=0)
        day = f"{ends - timedelta(days=1):%Y-%m-%d}"
        if local.time() < SEALED_AT or day == self._sealed:
            return 0
        count = await self._house.database.write(self._seals, day, ends)
        self._sealed = day
        return count

    def _seals(self, connection: Connection, day: str, ends: datetime) -> int:
        return sum(history.seal(connection, district, day, ends) for district in history.districts(connection))
