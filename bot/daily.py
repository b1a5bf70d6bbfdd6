"""What is done once a day or whenever it is time: the history sealed, what is old forgotten, the queues cleared."""

from datetime import datetime, time, timedelta
from typing import Any

from bot.house import House
from storage import belongings, history, keeping
from storage.engine import Connection

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

    async def settle(self) -> int:
        """Everything that is due now; how much it was."""
        database, keep, now = self._house.database, self._house.settings.keeping, self._house.clock.now()
        soonest = min(keep.words, keep.drafts, keep.queues, LOOK)
        if self._looked is not None and timedelta() <= now - self._looked < soonest:
            return 0
        self._looked = now
        count = await self._seal(now)
        works: tuple[tuple[Any, timedelta], ...] = (
            (keeping.forget_old, keep.words),
            (belongings.forget_old, keep.words),
            (keeping.forget_drafts, keep.drafts),
            (keeping.forget_people, min(COPY_KEPT, keep.drafts)),
            (keeping.forget_copies, min(COPY_KEPT, keep.drafts)),
        )
        for work, length in works:
            while done := await database.write(work, now - length, now):
                count += done
        if self._cleared is None or now - self._cleared >= min(CLEARED, keep.queues):
            while await database.write(keeping.prune, now - keep.queues):
                pass
            self._cleared = now
        return count

    async def _seal(self, now: datetime) -> int:
        """Yesterday's, for each district."""
        local = now.astimezone(self._house.settings.zone)
        ends = local.replace(hour=0, minute=0, second=0, microsecond=0)
        day = f"{ends - timedelta(days=1):%Y-%m-%d}"
        if local.time() < SEALED_AT or day == self._sealed:
            return 0
        count = await self._house.database.write(self._seals, day, ends)
        self._sealed = day
        return count

    def _seals(self, connection: Connection, day: str, ends: datetime) -> int:
        return sum(history.seal(connection, district, day, ends) for district in history.districts(connection))
