"""The desk a conversation works at (`cases.desk.Desk`), on one connection, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from cases import act, routing
from cases.desk import Board, CaseKey, CaseLine, CaseView, NewCase, StaffMember, Storm, Taken
from cases.errors import Refused
from cases.model import Case, CaseFile, Change, Entry, Hat, Notice, Party, State
from cases.people import Candidate, Person, Role, Unit
from cases.places import Place
from cases.ports import Rules
from cases.routes import STANDARD_ROUTES, Route
from storage import absence, board, casefiles, following, invitations, staff, storms, viewing, words
from storage.directory import Directory
from storage.groups import Groups
from storage.outbox import Outbox
from storage.people import People
from storage.presence import present
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
    routes: tuple[Route, ...] = STANDARD_ROUTES
    places: Mapping[str, Place] = field(default_factory=dict)
    matters: frozenset[str] | None = None
    supervision_phone: str = ""
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Desk:
    connection: Connection
    now: datetime
    standards: Standards
    cause: str
    directory: Directory = field(init=False)

    def __post_init__(self) -> None:
        s = self.standards
        self.directory = Directory(self.connection, self.now)
        self.people = People(self.connection, self.now, s.seal)
        self.talks = Talks(self.connection, self.now)
        self.groups = Groups(self.connection, self.directory, self.now)
        self.rules = Rules(
            s.deadlines, s.calendar, self.directory, s.photo, s.policy, s.taxonomy, s.routes, s.places, s.matters,
            s.supervision_phone, s.categories,
        )  # fmt: skip
        self.outbox = Outbox(self.connection, self.now, self.people, self.groups, self.rules, self.cause)

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

    def children(self, unit: str) -> Sequence[Unit]:
        return self.directory.children(unit)

    def holders(self, case: CaseKey, by: int, unit: str = "") -> Sequence[Candidate]:
        """Whom a coordinator may give it to. Without a unit: the workers of the desk's area, the grid's own first, the
        coordinators below, at last those of the desk; with one: everybody there.

        What is about a person never goes to the worker pool: only coordinators of the desk are named then.
        """
        file = casefiles.load(self.connection, case)
        recused = {a.person for a in file.assignments if a.state == "recused"}
        without = recused | {p.person for p in file.parties} | ({file.holder} if file.holder else set())
        if file.case.private:
            found = list(self._own(file.case.desk, by))
        elif unit:
            found = list(self.directory.people_at(unit))
        else:
            found = [*self._under(file), *self._own(file.case.desk, by)]
        free = {c.person: c for c in found if c.person not in without}
        return list(free.values())[:CHOICES]

    def _under(self, file: CaseFile) -> list[Candidate]:
        desk = file.case.desk
        found = list(self.directory.workers_under(desk))
        if not self.rules.at(file.case.unit).admits(file.case.matter):  # not for grid workers, whoever dispatches
            found = [c for c in found if not self.directory.is_grid(c.unit)]
        found.sort(key=lambda c: (c.unit != file.case.unit, c.open_cases, c.person))
        return [*found[: CHOICES - 3], *self.directory.coordinators_under(desk)]

    def _own(self, desk: str, by: int) -> list[Candidate]:
        names = self.directory.names([desk])
        known = self.people.several({by, *self.directory.coordinators(desk)})
        return [Candidate(p.id, desk, 0, p.name, names.get(desk, ""), p.phone_masked) for p in known.values()]

    def receivers(self, case: CaseKey) -> Sequence[Candidate]:
        """Whom a holder may ask to take it over: of his own unit first, then of the units beside it."""
        file = casefiles.load(self.connection, case)
        if file.case.private:  # among the coordinators of its desk, and nowhere else
            return [c for c in self._own(file.case.desk, file.holder or 0) if c.person != file.holder]
        unit = file.lead.unit if file.lead else file.case.unit
        line = self.directory.line(unit)
        beside = line[1] if len(line) > 1 else unit
        found = [*self.directory.people_at(unit), *self.directory.micro_under(unit),
                 *self.directory.workers_under(beside)]  # fmt: skip
        without = routing.barred(file, gone=()) | ({file.holder} if file.holder else set())
        free = {c.person: c for c in found if c.person not in without}
        return list(free.values())[:CHOICES]

    def would_hold(self, unit: str, person: int, matter: str = "", *, urgent: bool = False) -> Candidate | None:
        """Who would get a case of this matter here, reported by this person, as the rules stand now."""
        rules = self.rules.at(unit)
        choice = routing.choose(unit, matter, rules, self.now, urgent=urgent, without=frozenset({person}))
        return choice.holder if choice else None

    def top(self, district: str = "") -> str | None:
        query = (
            select(posts.c.unit)
            .join(units, units.c.code == posts.c.unit)
            .join(persons, persons.c.id == posts.c.person)
            .where(
                posts.c.role == Role.COORDINATOR,
                present(self.now),
                units.c.retired_at.is_(None),
                posts.c.unit.startswith(district, autoescape=True),
            )
            .order_by(func.length(units.c.path), posts.c.unit)
            .limit(1)
        )
        return self.connection.execute(query).scalar()

    def file(self, new: NewCase) -> CaseKey:
        """A draft becomes one case, however often it is submitted."""
        if new.draft is not None and (known := self.cases_of_draft(new.draft).get(new.part)):
            return known
        case = self._case(new)
        text, digest = words.keep(self.connection, new.words)
        parties = [Party(new.person, new.hat, new.chat)]
        if new.subject is not None:
            subject = self.people.subject(new.subject)
            chat = self.people.chats_of([subject]).get(subject)
            parties.append(Party(subject, Hat.SUBJECT, chat, new.subject.relation[:20]))
        change = act.report(case, tuple(parties), new.hat, self.now, self.rules, {}, new.words, new.media)
        path = self.directory.path(new.unit)
        extra = {"path": path, "draft": new.draft, "part": new.part, "tag": dict(new.tag)}
        casefiles.create(self.connection, change, text, digest, self.cause, extra)
        if new.told:
            self.outbox.notices(change, change.notices)
        return CaseKey(case.district, case.id)

    def storm_to_offer(self, case: CaseKey) -> Storm | None:
        storm = casefiles.load(self.connection, case).case.storm
        return storms.to_offer(self, case, storm) if storm is not None else None

    def _case(self, new: NewCase) -> Case:
        s = self.standards
        desk = routing.desk(new.unit, self.directory) or new.unit
        if new.part == "complaint":
            desk = routing.desk(new.unit, self.directory, above=desk) or desk
        district = new.unit[:6]
        number = casefiles.next_number(self.connection, district, f"{self.now.astimezone(s.calendar.zone):%Y%m%d}")
        storm = None if new.private or new.outside else storms.of(self, new.matter, new.unit)
        return Case(
            district=district, id=new_case_id(), number=number, matter=new.matter, unit=new.unit, desk=desk,
            state=State.WAITING, reported_at=self.now, entered_at=self.now, urgent=new.urgent,
            confidential=new.confidential, private=new.private, place=new.place, source=new.source,
            outside=new.outside, outside_due=new.outside_due, storm=storm, policy=s.policy, taxonomy=s.taxonomy,
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
        if action == "merge":  # refused before anything is saved, where the main case takes nobody any more
            following.into_main(self, before, CaseKey.parse(str(given["main"])), actor)
        self.save(before, change, Notice(person, "self", ring=False, chat=chat))
        return change.file

    def storm(self, first: CaseKey) -> Sequence[CaseKey]:
        return storms.waiting(self.connection, first)

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

    def lines(self, cases_: Sequence[CaseKey]) -> Sequence[CaseLine]:
        return board.lines(self.connection, cases_)

    def mine(self, person: int, *, only_open: bool = False) -> Sequence[CaseLine]:
        return board.mine(self.connection, person, only_open=only_open)

    def tasks(self, person: int) -> Sequence[CaseLine]:
        return board.tasks(self.connection, person)

    def board(self, person: int, unit: str = "", group: str = "", page: int = 1) -> Board:
        return board.board(self, self.person(person), unit, group, page)

    def own_desk(self, person: int) -> tuple[Mapping[str, int], Sequence[CaseLine], int]:
        return board.own(self, self.person(person))

    def mergeable(self, case: CaseKey) -> Sequence[CaseLine]:
        return board.mergeable(self, case)

    def refused_below(self, person: int) -> Sequence[CaseLine]:
        return board.refused_below(self, self.person(person))

    def spot_checks(self, person: int) -> Sequence[CaseLine]:
        return board.spot_checks(self, self.person(person))

    def without_holder(self, person: int, limit: int) -> tuple[Sequence[str], int]:
        return staff.without_holder(self, self.person(person), limit)

    def invite(self, role: str, unit: str, by: int) -> str:
        return invitations.invite(self.connection, role, unit, self.now, by=by)

    def redeem(self, token: str, person: int, channel: str, user: str, district: str) -> Taken | None:
        taken = invitations.redeem(self.people, token, person, channel, user, district, self.now)
        if taken is None or not taken.mark:
            return taken
        desk = routing.desk(taken.unit, self.directory)
        return replace(taken, coordinators=tuple(self.directory.coordinators(desk)) if desk else ())

    def admit(self, mark: str, by: int, *, yes: bool) -> Taken:
        return invitations.admit(self, mark, by, yes=yes)

    def staff(self, unit: str) -> Sequence[StaffMember]:
        return staff.members(self.connection, unit)

    def set_stand_in(self, person: int, unit: str, stand_in: int | None) -> None:
        staff.set_stand_in(self.connection, person, unit, stand_in)

    def dismiss(self, person: int, unit: str, by: int) -> Mapping[int, Sequence[str]]:
        return staff.dismiss(self, person, unit, by)

    def stand_in_choices(self, person: int) -> Sequence[Candidate]:
        return staff.stand_in_choices(self, self.person(person))

    def leave(self, person: int, begins: datetime, ends: datetime, stand_in: int | None) -> None:
        absence.begin(self.connection, person, begins, ends, stand_in)

    def leave_of(self, person: int) -> tuple[datetime, datetime, int | None] | None:
        return absence.coming(self.connection, person, self.now)

    def back(self, person: int) -> None:
        absence.end(self.connection, person, self.now)


def _with(entry: Entry, given: dict[str, Any]) -> Entry:
    return replace(entry, given=given)
