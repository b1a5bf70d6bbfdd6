"""What the clock brings about: due cases and unanswered drafts, each claimed, each its own commit."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog

from bot.clockwork import lists, weekly
from bot.clockwork.daily import Daily
from bot.house import House
from cases.errors import Transient
from cases.ledger.model import Duty
from cases.people import Person
from cases.views import CaseKey
from handlers import telling
from handlers.asking import reminding
from handlers.context import Context
from handlers.ledger import reminding as ledger
from storage import due
from storage.database.engine import Connection
from storage.posts import absence, staff
from storage.traffic import morning

log = structlog.get_logger()
#: lists of the day in one round, between two looks at everything else
LISTS = 50
T = TypeVar("T")


class Ticks:
    def __init__(self, house: House) -> None:
        self._house, self._database = house, house.database
        #: the week whose table was made, as far as this copy knows
        self._week: datetime | None = None
        self._daily = Daily(house)
        #: leaves that stumbled, and when they are looked at again
        self._put_off = dict[int, datetime]()
        #: a step left something for another round
        self._more = False

    async def settle(self) -> int:
        """Everything that is due now; how much it was."""
        count = sum([await step() for step in self._steps()])
        if count:
            self._house.nudge()
        return count

    def _steps(self) -> tuple[Callable[[], Coroutine[Any, Any, int]], ...]:
        """Leave first: before his cases are looked at, since they are not his any more."""
        return (
            self._leaves,
            self._cases,
            self._drafts,
            self._duties,
            self._lists,
            self._folded,
            self._released,
            self._weekly,
            *self._daily.steps(),
        )

    async def tick(self) -> None:
        """`settle`, for whoever runs for ever: a database that is away, or a bug in a step, does not end the clock."""
        self._more = True
        while self._more:
            self._more = False
            await self._round()

    async def _round(self) -> None:
        count = 0
        for step in self._steps():
            try:
                count += await step()
            except Transient as error:
                log.warning("database away", error=str(error))
                return
            except Exception:
                log.exception("the clock stumbled", step=step.__name__)
        if count:
            self._house.nudge()

    async def _each(
        self, work: Callable[[Connection, list[T]], bool], later: Callable[[Connection, T], None], most: int = 0
    ) -> int:
        """Until nothing is due, or so many were done. `work` notes what it claims; what fails is put off, and stops
        nothing else."""
        count, claimed = 0, list[T]()
        while not most or count < most:
            claimed.clear()
            try:
                if not await self._database.write(work, claimed):
                    return count
            except Transient:
                raise
            except Exception:
                if not claimed:
                    raise
                log.exception("the clock stumbled", at=str(claimed[0]))
                await self._database.write(later, claimed[0])
            count += 1
        self._more = True
        return count

    async def _leaves(self) -> int:
        return await self._each(self._leave, lambda _, leave: self._put_off.update({leave: self._later()}))

    def _leave(self, connection: Connection, claimed: list[int]) -> bool:
        """Somebody's leave began: what he holds goes to who stands in for him."""
        desk = self._house.desk(connection, "leave")
        put_off = [leave for leave, until in self._put_off.items() if until > desk.now]
        begun = absence.beginning(connection, desk.now, put_off)
        if begun is None:
            return False
        number, person, stand_in = begun
        claimed.append(number)
        absence.handed(connection, number)
        given = staff.relieve(desk, person, to=stand_in)
        telling.taken_over(self._house.world.texts, desk, desk.person(person).name, given)
        return True

    async def _cases(self) -> int:
        return await self._each(self._work, lambda c, key: due.stumble(c, key, self._house.clock.now()))

    def _work(self, connection: Connection, claimed: list[CaseKey]) -> bool:
        key = due.claim(connection, self._house.clock.now())
        if key is None:
            return False
        claimed.append(key)
        due.work(self._house.desk(connection, f"t{key}"), key)
        return True

    async def _duties(self) -> int:
        return await self._each(
            self._remind, lambda c, duty: self._house.desk(c, "tick").items.look_again(duty, self._later())
        )

    def _remind(self, connection: Connection, claimed: list[Duty]) -> bool:
        """Something of the ledger that is near or late."""
        desk = self._house.desk(connection, "duty")
        found = desk.items.due()
        if not found:
            return False
        file, duty = found[0]
        claimed.append(duty)
        world = self._house.world.at(desk.directory.line(file.item.unit))
        ledger.work(Context(world, desk, Person(0), 0), found)
        return True

    async def _drafts(self) -> int:
        return await self._each(
            self._ask, lambda c, draft: self._house.desk(c, "tick").talks.remind_later(draft, self._later())
        )

    def _ask(self, connection: Connection, claimed: list[int]) -> bool:
        """A draft nobody answered: asked about once."""
        desk = self._house.desk(connection, "tick")
        draft = desk.talks.waiting_draft()
        if draft is None:
            return False
        claimed.append(draft.id)
        context = Context(self._house.world, desk, desk.person(draft.person), draft.chat)
        reminding.remind(context, draft)
        return True

    async def _lists(self) -> int:
        """One that fails is tried again tomorrow. A province's lists are half an hour's work: what is due meanwhile
        comes in between."""
        tomorrow = timedelta(days=1)
        return await self._each(
            self._list, lambda c, person: morning.next_list(c, person, self._house.clock.now() + tomorrow), LISTS
        )

    def _list(self, connection: Connection, claimed: list[int]) -> bool:
        """Somebody's list of the day."""
        desk = self._house.desk(connection, "list")
        person = morning.whose(connection, desk.now)
        if person is None:
            return False
        claimed.append(person)
        lists.make(self._house, desk, person)
        return True

    async def _folded(self) -> int:
        count = 0
        while await self._database.write(lambda connection: lists.fold(self._house, connection)):
            count += 1
        return count

    async def _released(self) -> int:
        """What was kept for the morning."""
        return await self._database.write(morning.release, self._house.clock.now())

    async def _weekly(self) -> int:
        """The table of the week."""
        week = weekly.due(self._house)
        if self._week == week:
            return 0
        count = await weekly.make(self._house)
        self._week = week
        return count

    def _later(self) -> datetime:
        return self._house.clock.now() + due.STUMBLED
