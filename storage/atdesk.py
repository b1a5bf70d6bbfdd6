"""What the parts of the desk share: one connection, one moment, who answers for what, and how a change is saved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from cases.model import CaseFile, Change, Notice
from cases.people import Person
from cases.ports import Rules
from cases.views import CaseKey
from storage.people.records import People
from storage.traffic.outbox import Outbox
from storage.units.directory import Directory
from storage.units.groups import Groups


class AtDesk(Protocol):
    """`storage.desk.Desk`, as far as its parts need it."""

    connection: Connection
    now: datetime
    directory: Directory
    people: People
    rules: Rules
    outbox: Outbox
    groups: Groups
    cause: str

    def person(self, person: int) -> Person: ...
    def cases_of_draft(self, draft: int) -> Mapping[str, CaseKey]: ...
    def save(self, before: CaseFile, change: Change, own: Notice | None = None) -> None: ...
