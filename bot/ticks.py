"""What the clock brings about: due cases and unanswered drafts, each claimed, each its own commit."""

from datetime import datetime, timedelta

import structlog

from bot import lists, weekly
from bot.daily import Daily
from bot.house import House
from cases.errors import Transient
from cases.ledger.model import Duty
from cases.people import Person
from cases.views import CaseKey
from handlers import reminding, telling
from handlers.context import Context
from handlers.ledger import reminding as ledger
from storage import absence, due, morning, staff
from storage.engine import Connection

log = structlog.get_logger()


class Ticks:
    def __init__(self, house: House) -> None:
        self._house, self._database = house, house.database
        #: the week whose table was made, as far as this copy knows
        self._week: datetime | None = None
        self._daily = Daily(house)

    async def settle(self) -> int:
        """Everything that is due now; how much it was."""
        count = 0
        while await self._database.write(self._leave):  # before his cases are looked at: they are not his any more
            count += 1
        while await self._case():
            count += 1
        while await self._draft():
            count += 1
        while await self._duty():
            count += 1
        while await self._list():
            count += 1
        while await self._database.write(lambda connection: lists.fold(self._house, connection)):
            count += 1
        count += await self._database.write(morning.release, self._house.clock.now())
        if self._week != (week := weekly.due(self._house)):
            count += await weekly.make(self._house)
            self._week = week
        count += await self._daily.settle()
        if count:
            self._house.nudge()
        return count

    async def _case(self) -> bool:
        database, claimed = self._house.database, list[CaseKey]()
        try:
            return await database.write(self._work, claimed)
        except Transient:
            raise
        except Exception:
            if not claimed:
                raise
            log.exception("the clock stumbled", case=str(claimed[0]))
            await database.write(due.stumble, claimed[0], self._house.clock.now())
            return True

    def _work(self, connection: Connection, claimed: list[CaseKey]) -> bool:
        key = due.claim(connection, self._house.clock.now())
        if key is None:
            return False
        claimed.append(key)
        due.work(self._house.desk(connection, f"t{key}"), key)
        return True

    async def _duty(self) -> bool:
        """Something of the ledger that is near or late."""
        database, claimed = self._house.database, list[Duty]()
        try:
            return await database.write(self._remind, claimed)
        except Transient:
            raise
        except Exception:
            if not claimed:
                raise
            log.exception("the clock stumbled", duty=claimed[0].id)
            later = self._house.clock.now() + due.STUMBLED
            await database.write(lambda c: self._house.desk(c, "tick").items.look_again(claimed[0], later))
            return True

    def _remind(self, connection: Connection, claimed: list[Duty]) -> bool:
        desk = self._house.desk(connection, "duty")
        found = desk.items.due()
        if not found:
            return False
        file, duty = found[0]
        claimed.append(duty)
        world = self._house.world.at(desk.directory.line(file.item.unit))
        ledger.work(Context(world, desk, Person(0), 0), found)
        return True

    async def _draft(self) -> bool:
        database, claimed = self._house.database, list[int]()
        try:
            return await database.write(self._ask, claimed)
        except Transient:
            raise
        except Exception:
            if not claimed:
                raise
            log.exception("the clock stumbled", draft=claimed[0])
            later = self._house.clock.now() + due.STUMBLED
            await database.write(lambda c: self._house.desk(c, "tick").talks.remind_later(claimed[0], later))
            return True

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

    async def _list(self) -> bool:
        """Somebody's list of the day. One that fails is tried again tomorrow, and stops nobody else's."""
        claimed = list[int]()
        try:
            return await self._database.write(self._make_list, claimed)
        except Transient:
            raise
        except Exception:
            if not claimed:
                raise
            log.exception("a list failed", person=claimed[0])
            later = self._house.clock.now() + timedelta(days=1)
            await self._database.write(morning.next_list, claimed[0], later)
            return True

    def _make_list(self, connection: Connection, claimed: list[int]) -> bool:
        desk = self._house.desk(connection, "list")
        person = morning.whose(connection, desk.now)
        if person is None:
            return False
        claimed.append(person)
        lists.make(self._house, desk, person)
        return True

    def _leave(self, connection: Connection) -> bool:
        """Somebody's leave began: what he holds goes to who stands in for him."""
        desk = self._house.desk(connection, "leave")
        begun = absence.beginning(connection, desk.now)
        if begun is None:
            return False
        number, person, stand_in = begun
        absence.handed(connection, number)
        given = staff.relieve(desk, person, to=stand_in)
        telling.taken_over(self._house.world.texts, desk, desk.person(person).name, given)
        return True

    async def tick(self) -> None:
        """`settle`, for whoever runs for ever: a database that is away, or a bug, does not end the clock."""
        try:
            await self.settle()
        except Transient as error:
            log.warning("database away", error=str(error))
        except Exception:
            log.exception("the clock stumbled")
