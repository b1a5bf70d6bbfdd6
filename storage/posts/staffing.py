"""Who works where (`cases.desk.staffing.Staffing`), in a desk's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cases import routing
from cases.people import Candidate
from cases.views import StaffMember, Taken
from storage.atdesk import AtDesk
from storage.posts import absence, invitations, rosters, staff


class Staffing:
    def __init__(self, desk: AtDesk) -> None:
        self._desk = desk

    def invite(self, role: str, unit: str, by: int) -> str:
        return invitations.invite(self._desk.connection, role, unit, self._desk.now, by=by)

    def recruit(self, role: str, unit: str, by: int) -> str:
        return invitations.opening(self._desk.connection, role, unit, self._desk.now, by)

    def roster(self, unit: str, until: datetime) -> Sequence[tuple[str, datetime, datetime]]:
        return rosters.of(self._desk.connection, unit, self._desk.now, until)

    def sit(self, unit: str, person: int, begins: datetime, ends: datetime) -> None:
        rosters.sit(self._desk.connection, unit, person, begins, ends)

    def redeem(self, token: str, person: int, channel: str, user: str, district: str) -> Taken | None:
        taken = invitations.redeem(self._desk.people, token, person, channel, user, district, self._desk.now)
        if taken is None or not taken.mark:
            return taken
        return replace(taken, coordinators=tuple(routing.coordinators(taken.unit, self._desk.directory)))

    def admit(self, mark: str, by: int, *, yes: bool) -> Taken:
        return invitations.admit(self._desk, mark, by, yes=yes)

    def members(self, unit: str) -> Sequence[StaffMember]:
        return staff.members(self._desk.connection, unit)

    def set_stand_in(self, person: int, unit: str, stand_in: int | None) -> None:
        staff.set_stand_in(self._desk.connection, person, unit, stand_in)

    def dismiss(self, person: int, unit: str, by: int) -> Mapping[int, Sequence[str]]:
        return staff.dismiss(self._desk, person, unit, by)

    def lost(self, person: int) -> Sequence[str]:
        return staff.lost(self._desk, person)

    def stand_in_choices(self, person: int) -> Sequence[Candidate]:
        return staff.stand_in_choices(self._desk, self._desk.person(person))

    def leave(self, person: int, begins: datetime, ends: datetime, stand_in: int | None) -> None:
        absence.begin(self._desk.connection, person, begins, ends, stand_in)

    def leave_of(self, person: int) -> tuple[datetime, datetime, int | None] | None:
        return absence.coming(self._desk.connection, person, self._desk.now)

    def back(self, person: int) -> None:
        absence.end(self._desk.connection, person, self._desk.now)

    def without_holder(self, person: int, limit: int) -> tuple[Sequence[str], int]:
        return staff.without_holder(self._desk, self._desk.person(person), limit)
