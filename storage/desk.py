"""The desk a conversation works at (`cases.desk.Desk`), on one connection, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from cases import act, routing
from cases.desk import CaseKey, CaseLine, CaseView, NewCase
from cases.errors import Refused
from cases.model import Case, CaseFile, Change, Entry, Hat, Notice, Party, State
from cases.people import Candidate, Person, Role, Unit
from cases.ports import Rules
from storage import board, casefiles, invitations, viewing, words
from storage.directory import Directory, within_reach
from storage.groups import Groups
from storage.outbox import Outbox
from storage.people import People
from storage.seal import Seal
from storage.statements import insert, new_case_id
from storage.tables import cases, persons, posts, ratings, units
from storage.talks import Talks

#: more names than this nobody reads on a phone
CHOICES = 12


@dataclass(frozen=True, slots=True)
class Standards:
    """What every desk of this deployment judges by, apart from who answers for a unit."""

    deadlines: Any
    calendar: Any
    photo: frozenset[str]
    policy: str
    taxonomy: str
    seal: Seal


@dataclass
class Desk:
    connection: Connection
    now: datetime
    standards: Standards
    cause: str
    directory: Directory = field(init=False)

    def __post_init__(self) -> None:
        s = self.standards
        self.directory = Directory(self.connection)
        self.people = People(self.connection, self.now, s.seal)
        self.talks = Talks(self.connection, self.now)
        self.groups = Groups(self.connection, self.directory, self.now)
        self.outbox = Outbox(self.connection, self.now, self.people, self.groups, self.cause)
        self.rules = Rules(s.deadlines, s.calendar, self.directory, s.photo, s.policy, s.taxonomy)

    def person(self, person: int) -> Person:
        return self.people.person(person)

    def consent(self, person: int) -> None:
        self.people.change(person, consented_at=self.now)

    def settle(self, person: int, home: str) -> None:
        self.people.change(person, home=home)

    def speak(self, person: int, language: str) -> None:
        self.people.change(person, language=language)

    def rename(self, person: int, name: str) -> None:
        self.people.change(person, name=name[:80])

    def set_phone(self, person: int, phone: str) -> None:
        self.people.set_phone(person, phone)

    def chat_of(self, person: int) -> int | None:
        return self.people.chats_of([person]).get(person)

    def unit(self, code: str) -> Unit | None:
        return self.directory.unit(code)

    def grids(self) -> Sequence[Unit]:
        return self.directory.grids()

    def holders(self, case: CaseKey, by: int) -> Sequence[Candidate]:
        """Whom a coordinator may give it to: the workers of the desk's area, the grid's own first; at last himself.

        What is about a person never goes to the worker pool: only coordinators of the desk are named then.
        """
        file = casefiles.load(self.connection, case)
        desk = file.case.desk
        found = [] if file.case.private else list(self.directory.workers_under(desk))
        found.sort(key=lambda c: (c.unit != file.case.unit, c.open_cases, c.person))
        barred = routing.barred(file, gone=("returned",)) | ({file.holder} if file.holder else set())
        below = [] if file.case.private else list(self.directory.coordinators_under(desk))
        names = self.directory.names([desk])
        known = self.people.several({by, *self.directory.coordinators(desk)})
        own = [Candidate(p.id, desk, 0, p.name, names.get(desk, ""), p.phone_masked) for p in known.values()]
        free = {c.person: c for c in (*found[:CHOICES], *below, *own) if c.person not in barred}
        return list(free.values())[:CHOICES]

    def would_hold(self, unit: str, person: int) -> Candidate | None:
        free = [c for c in self.directory.workers(unit) if c.person != person]
        return min(free, key=lambda c: (c.open_cases, c.person), default=None)

    def top(self, district: str = "") -> str | None:
        query = (
            select(posts.c.unit)
            .join(units, units.c.code == posts.c.unit)
            .join(persons, persons.c.id == posts.c.person)
            .where(
                posts.c.role == Role.COORDINATOR,
                within_reach(),
                units.c.retired_at.is_(None),
                posts.c.unit.startswith(district, autoescape=True),
            )
            .order_by(func.length(units.c.path), posts.c.unit)
            .limit(1)
        )
        return self.connection.execute(query).scalar()

    def file(self, new: NewCase) -> CaseKey:
        """A draft becomes one case, however often it is submitted."""
        if known := self.cases_of_draft(new.draft).get(new.part):
            return known
        case = self._case(new)
        text, digest = words.keep(self.connection, new.words)
        parties = (Party(new.person, new.hat, new.chat),)
        change = act.report(case, parties, new.hat, self.now, self.rules, {}, new.words, new.media)
        extra = {"path": self.directory.path(new.unit), "draft": new.draft, "part": new.part, "tag": dict(new.tag)}
        casefiles.create(self.connection, change, text, digest, self.cause, extra)
        self.outbox.notices(change, change.notices)
        return CaseKey(case.district, case.id)

    def _case(self, new: NewCase) -> Case:
        s = self.standards
        desk = routing.desk(new.unit, self.directory) or new.unit
        if new.part == "complaint":
            desk = routing.desk(new.unit, self.directory, above=desk) or desk
        district = new.unit[:6]
        number = casefiles.next_number(self.connection, district, f"{self.now.astimezone(s.calendar.zone):%Y%m%d}")
        return Case(
            district=district, id=new_case_id(), number=number, matter=new.matter, unit=new.unit, desk=desk,
            state=State.WAITING, reported_at=self.now, entered_at=self.now, urgent=new.urgent,
            confidential=new.confidential, private=new.private, place=new.place, policy=s.policy, taxonomy=s.taxonomy,
        )  # fmt: skip

    def view(self, case: CaseKey, person: int) -> CaseView:
        return viewing.view(self.connection, case, self.person(person), self.rules, self.people)

    def group_name(self, chat: int) -> str:
        unit = self.groups.unit_of(chat)
        return self.directory.names([unit]).get(unit, "") if unit else ""

    def group_view(self, case: CaseKey, chat: int) -> CaseView:
        """A case as everybody in a unit's group may see it."""
        return viewing.group_view(self.connection, case, lambda file: self.groups.hats(file, chat), self.people)

    def perform(self, case: CaseKey, action: str, person: int, chat: int, given: Mapping[str, Any], said: str,
                media: tuple[int, ...]) -> CaseFile:  # fmt: skip
        """One action, checked by the table. Whoever did it sees their own card brought up to date."""
        before = casefiles.load(self.connection, case, lock=True)
        actor = act.Actor(person, act.hats(self.person(person), before, self.rules))
        if not actor.hats:
            raise Refused("refused.no_case")
        change = act.act(before, action, actor, self.now, self.rules, given, words=said, media=media)
        if action == "rate":
            change = self._rate(change)
        self.save(before, change, Notice(person, "self", ring=False, chat=chat))
        return change.file

    def save(self, before: CaseFile, change: Change, own: Notice | None = None) -> None:
        casefiles.save(self.connection, before, change, self.cause)
        told = {n.person for n in change.notices}
        self.outbox.notices(change, [*change.notices, *([own] if own and own.person not in told else [])])

    def _rate(self, change: Change) -> Change:
        """Stars stand apart from the history: a worker sees totals, not who gave what."""
        case, entry = change.file.case, change.entry
        query = insert(self.connection, ratings).values(
            district=case.district, case=case.id, round=case.round, stars=entry.given["stars"], at=self.now
        )
        self.connection.execute(query.on_conflict_do_nothing())
        given = {name: value for name, value in entry.given.items() if name != "stars"}
        return replace(change, entry=_with(entry, given))

    def own_phone(self, person: int) -> str:
        return self.people.phone(person)

    def reporter_phone(self, case: CaseKey, person: int) -> str:
        view = self.view(case, person)
        if view.reporter is None or (view.file.case.confidential and Hat.COORDINATOR not in view.hats):
            raise Refused("refused.not_yours")
        return self.people.phone(view.reporter.id)

    def cases_of_draft(self, draft: int) -> Mapping[str, CaseKey]:
        query = select(cases.c.part, cases.c.district, cases.c.id).where(cases.c.draft == draft)
        return {row.part: CaseKey(row.district, row.id) for row in self.connection.execute(query)}

    def case_by_number(self, number: str) -> CaseKey | None:
        query = select(cases.c.district, cases.c.id).where(cases.c.number == number)
        row = self.connection.execute(query).first()
        return CaseKey(row.district, row.id) if row else None

    def mine(self, person: int, *, only_open: bool = False) -> Sequence[CaseLine]:
        return board.mine(self.connection, person, only_open=only_open)

    def tasks(self, person: int) -> Sequence[CaseLine]:
        return board.tasks(self.connection, person)

    def board(self, person: int) -> Mapping[str, Sequence[CaseLine]]:
        return board.board(self.connection, self.person(person), self.now)

    def invite(self, role: str, unit: str, by: int) -> str:
        return invitations.invite(self.connection, role, unit, self.now, by=by)

    def redeem(self, token: str, person: int, channel: str, user: str, district: str) -> tuple[str, str, bool] | None:
        return invitations.redeem(self.people, token, person, channel, user, district, self.now)


def _with(entry: Entry, given: dict[str, Any]) -> Entry:
    return replace(entry, given=given)
