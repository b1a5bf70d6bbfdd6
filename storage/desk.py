"""The desk a conversation works at (`cases.desk.port.Desk`), on one connection, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from cases.counts import assessment
from cases.errors import Refused
from cases.life import act
from cases.model import CaseFile, Change, Notice
from cases.people import Candidate, Person, Unit
from cases.ports import Rules
from cases.reading.sameness import Nearness, Told
from cases.states import Hat
from cases.views import CaseKey, CaseLine, CaseView, NewCase, Storm, Subject
from storage.cases import casefiles, choosing, filing, following, similar, storms, viewing
from storage.cases.lists import Lists
from storage.counts import assessments
from storage.database.statements import insert
from storage.ledger.items import Items
from storage.people import blocks
from storage.people.records import People
from storage.people.seal import Seal
from storage.posts.staffing import Staffing
from storage.privacy.personal import Personal
from storage.tables import cases, ratings
from storage.traffic.outbox import Outbox
from storage.traffic.talks import Talks
from storage.units import gazetteer
from storage.units.directory import Directory
from storage.units.groups import Groups

#: days that can be contested: two quarters, since the last one is judged in the next
CONTESTABLE = 184


@dataclass(frozen=True, slots=True)
class Standards:
    """What every desk of this deployment judges by, and the key that telephone numbers are sealed with."""

    rules: Callable[[Directory], Rules]
    seal: Seal


@dataclass
class Desk:
    connection: Connection
    now: datetime
    standards: Standards
    cause: str
    directory: Directory = field(init=False)

    def __post_init__(self) -> None:
        self.directory = Directory(self.connection, self.now)
        self.people = People(self.connection, self.now, self.standards.seal)
        self.talks = Talks(self.connection, self.now)
        self.groups = Groups(self.connection, self.directory, self.now)
        self.items = Items(self)
        self.lists, self.staffing = Lists(self), Staffing(self)
        self.personal = Personal(self.connection, self.now, self.people)
        self.rules = self.standards.rules(self.directory)
        self.outbox = Outbox(self.connection, self.now, self.people, self.groups, self.rules, self.cause)

    def person(self, person: int) -> Person:
        return self.people.person(person)

    def known_by(self, phone: str) -> int | None:
        return self.people.known_by(phone)

    def consent(self, person: int) -> None:
        """Whoever asked to be forgotten, and reports again, is here again."""
        self.people.change(person, consented_at=self.now, erased_at=None)

    def settle(self, person: int, home: str) -> None:
        self.people.change(person, home=home)

    def speak(self, person: int, language: str) -> None:
        self.people.change(person, language=language)

    def block(self, case: CaseKey, by: int, reason: str, until: datetime) -> int:
        person = blocks.reporter(self.connection, case)
        if self.person(person).posts:
            raise Refused("refused.staff")
        blocks.add(self.connection, person, reason, self.person(by).name, self.now, until)
        self.people.forget(person)
        return person

    def told_of_block(self, person: int) -> None:
        blocks.told(self.connection, person, self.now)

    def rename(self, person: int, name: str) -> None:
        self.people.change(person, name=name[:80])

    def subject(self, subject: Subject, *, proxy: int | None = None) -> int:
        return self.people.subject(subject, proxy=proxy)

    def silence(self, person: int, *, silent: bool) -> None:
        self.people.change(person, silent_at=self.now if silent else None)

    def set_phone(self, person: int, phone: str, *, proven: bool = False) -> None:
        self.people.set_phone(person, phone, proven=proven)

    def chat_of(self, person: int) -> int | None:
        return self.people.chats_of([person]).get(person)

    def unit(self, code: str) -> Unit | None:
        return self.directory.unit(code)

    def children(self, unit: str) -> Sequence[Unit]:
        return self.directory.children(unit)

    def holders(self, case: CaseKey, by: int, unit: str = "") -> Sequence[Candidate]:
        return choosing.holders(self, case, by, unit)

    def receivers(self, case: CaseKey) -> Sequence[Candidate]:
        return choosing.receivers(self, case)

    def would_hold(self, unit: str, person: int, matter: str = "", *, urgent: bool = False) -> Candidate | None:
        return choosing.would_hold(self, unit, person, matter, urgent=urgent)

    def top(self, district: str = "") -> str | None:
        return choosing.top(self, district)

    def file(self, new: NewCase) -> CaseKey:
        return filing.file(self, new)

    def cost(self, person: int) -> Sequence[str]:
        since = self.now - timedelta(days=CONTESTABLE)
        rows = assessments.rows(self.connection, "", since, self.now + timedelta(seconds=1), person=person)
        return assessment.score(rows, assessment.Formula()).against

    def storm_to_offer(self, case: CaseKey) -> Storm | None:
        storm = casefiles.load(self.connection, case).case.storm
        return storms.to_offer(self, case, storm) if storm is not None else None

    def view(self, case: CaseKey, person: int) -> CaseView:
        return viewing.view(self.connection, case, self.person(person), self.rules, self.people)

    def group_name(self, chat: int) -> str:
        unit = self.groups.unit_of(chat)
        return self.directory.names([unit]).get(unit, "") if unit else ""

    def group_view(self, case: CaseKey, chat: int) -> CaseView:
        """A case as everybody in a unit's group may see it."""
        return viewing.group_view(self.connection, case, lambda file: self.groups.hats(file, chat), self.people)

    def perform(
        self,
        case: CaseKey,
        action: str,
        person: int,
        chat: int,
        given: Mapping[str, Any],
        said: str,
        media: tuple[int, ...],
    ) -> CaseFile:
        """One action, checked by the table. Whoever did it sees their own card brought up to date."""
        main = CaseKey.parse(str(given["main"])) if action == "merge" else case
        if main < case:  # of two cases the older is locked first, whichever goes on
            casefiles.load(self.connection, main, lock=True)
        before = casefiles.load(self.connection, case, lock=True)
        actor = act.Actor(person, act.hats(self.person(person), before, self.rules))
        if not actor.hats:
            twice = action == "withdraw" and viewing.withdrew(self.connection, case, person)
            raise Refused("refused.there_already" if twice else "refused.no_case")
        given = self._with_hours(given)
        change = act.act(before, action, actor, self.now, self.rules, given, words=said, media=media)
        if action == "rate":
            change = self._rate(change)
        if action == "merge":  # refused before anything is saved, where the main case takes nobody any more
            following.into_main(self, before, main, actor)
        self.save(before, change, Notice(person, "self", ring=False, chat=chat))
        return change.file

    def _with_hours(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Whoever a person chose is reminded and judged in his own hours, like whom the rules choose."""
        if "holder" not in given:
            return given
        hours = [post.hours for post in self.person(int(given["holder"])).posts if post.unit == given["unit"]]
        return {**given, "hours": next(iter(hours), "")}

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
        return replace(change, entry=replace(entry, given=given))

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
        district, _, _ = number.partition("-")
        query = select(cases.c.district, cases.c.id).where(cases.c.district == district, cases.c.number == number)
        row = self.connection.execute(query).first()
        return CaseKey(row.district, row.id) if row else None

    def places_of(self, units_: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return gazetteer.names_in(self.connection, units_)

    def same(self, person: int, matter: str, told: Told, near: Nearness) -> tuple[CaseLine, bool] | None:
        return similar.to_offer(self, person, matter, told, near)

    def came_before(self, case: CaseKey, near: Nearness) -> int:
        return similar.came_before(self, case, near)

    def follow(self, case: CaseKey, person: int, chat: int, words: str, media: tuple[int, ...]) -> CaseFile:
        return following.follow(self, case, person, chat, words, media)

    def teach(self, person: int, taught: str) -> None:
        self.people.change(person, taught=taught)
