"""Group chats: which unit's they are, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from cases.model import CaseFile, Change, Notice
from cases.ports import Directory
from cases.states import Hat
from storage.tables import chats
from storage.units import moving

#: of what rings people, this does not ring their group: a reminder is nobody else's business
QUIET = ("remind", "ask_again", "overdue")
#: told in a group of the holder's line, and in one of the desk's
SIDES = (("holder", Hat.HOLDER), ("mover", Hat.HOLDER), ("coordinator", Hat.COORDINATOR))


@dataclass(slots=True)
class Groups:
    connection: Connection
    directory: Directory
    now: datetime

    def bind(self, chat: int, unit: str | None) -> None:
        """The chat is this unit's from now on, and no other of it; None: nobody's any more."""
        if unit is not None:
            self.connection.execute(update(chats).where(chats.c.unit == unit).values(unit=None))
        self.connection.execute(update(chats).where(chats.c.id == chat).values(unit=unit))

    def unit_of(self, chat: int) -> str | None:
        return self.connection.execute(select(chats.c.unit).where(chats.c.id == chat)).scalar()

    def leave(self, chat: int) -> None:
        """We were removed or blocked; the chat is ours again when we are let in, or somebody writes."""
        self.connection.execute(update(chats).where(chats.c.id == chat).values(unreachable_at=self.now))

    def move(self, chat: int, to: str) -> None:
        moving.move_chat(self.connection, chat, to)

    def hats(self, file: CaseFile, chat: int) -> frozenset[Hat]:
        """Whose buttons a case's card shows in this group: its holder's, its coordinators', both or nobody's."""
        return frozenset(hat for hat, where in self.near(file).items() if where == chat)

    def near(self, file: CaseFile) -> dict[Hat, int]:
        """The nearest group up the holder's line, as far as the desk; and the desk's own."""
        case = file.case
        if case.private:  # nothing about a person is ever shown to a group
            return {}
        line = list(self.directory.line(file.lead.unit if file.lead else case.unit))
        below = line[: line.index(case.desk) + 1] if case.desk in line else line[:1]
        query = select(chats.c.unit, chats.c.id).where(
            chats.c.unit.in_({*below, case.desk}), chats.c.unreachable_at.is_(None)
        )
        bound = {row.unit: row.id for row in self.connection.execute(query)}
        found = {
            Hat.HOLDER: next((bound[unit] for unit in below if unit in bound), None),
            Hat.COORDINATOR: bound.get(case.desk),
        }
        return {hat: chat for hat, chat in found.items() if chat is not None}

    def notices(self, change: Change, told: Sequence[Notice]) -> list[Notice]:
        """What the groups of those who are told see of it; each group once, the holder's side first."""
        ringing = {n.audience: n for n in told if n.ring and n.audience in dict(SIDES)}
        if not ringing or change.entry.action in QUIET:
            return []
        near = self.near(change.file)
        found: dict[int, Notice] = {}
        for audience, hat in SIDES:
            if audience in ringing and hat in near:
                found.setdefault(near[hat], Notice(ringing[audience].person, audience, ring=True, chat=near[hat]))
        return list(found.values())
