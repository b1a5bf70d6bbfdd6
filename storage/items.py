"""Items of the ledger: loaded whole, saved whole, with one more note. Every read takes its viewer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, func, or_, select, update

from cases.errors import Refused, Transient
from cases.ledger import act
from cases.ledger.clock import next_at
from cases.ledger.model import Duty, Item, ItemChange, ItemFile, Kind, Member, Note, Part
from cases.ledger.table import BEGINS
from cases.ledger.views import DutyLine, ItemLine, ItemView, NewItem
from cases.people import Person, Role
from cases.views import CaseKey
from storage import casefiles, words
from storage.atdesk import AtDesk
from storage.scope import under
from storage.tables import cases, duties, items, members, notes, parties, persons, texts, units

#: a list is read on a phone
LONGEST = 60
_ITEM = ("district", "number", "unit", "state", "created_at", "entered_at", "by", "keeper", "case", "version")


@dataclass(slots=True)
class Items:
    desk: AtDesk

    @property
    def _connection(self) -> Connection:
        return self.desk.connection

    def open(self, new: NewItem) -> int:
        """The item's id."""
        desk, at = self.desk, self.desk.now
        day = f"{at.astimezone(desk.rules.calendar.zone):%Y%m%d}"
        district = new.unit[:6]
        title, _ = words.keep(self._connection, new.title)
        made = items.insert().values(
            district=district, kind=new.kind, number=f"T{casefiles.next_number(self._connection, district, day)}",
            unit=new.unit, path=desk.directory.path(new.unit), state=BEGINS[new.kind], by=new.by, keeper=new.keeper,
            case=new.case.id if new.case else None, title=title, facts=dict(new.facts), version=1, created_at=at,
            entered_at=at,
        ).returning(items.c.id)  # fmt: skip
        number = int(self._connection.execute(made).scalar_one())
        self._note(number, Note(1, "open", at, new.by, words=new.words, media=new.media))
        for member in new.members:
            self._connection.execute(members.insert().values(item=number, **_member(member)))
        for duty in new.duties:
            self._new_duty(number, duty)
        return number

    def perform(self, item: int, action: str, person: int, given: Mapping[str, Any], said: str = "",
                media: tuple[int, ...] = ()) -> ItemChange:  # fmt: skip
        before = self._load(item, lock=True)
        change = act.act(before, action, self.desk.person(person), self.desk.now, self.desk.rules, given, words=said,
                         media=media)  # fmt: skip
        self._save(before, change)
        return change

    def view(self, item: int, person: int) -> ItemView:
        """Raises Refused for what does not exist and for what is not theirs, in the same words."""
        file = self._load(item)
        worn = act.parts(self.desk.person(person), file, self.desk.directory)
        if not worn:
            raise Refused("refused.no_case")
        return self._seen(file, worn)

    def seen(self, item: int) -> ItemView:
        """For whoever makes a document or a message of it."""
        return self._seen(self._load(item), frozenset())

    def _seen(self, file: ItemFile, worn: frozenset[Part]) -> ItemView:
        named = {file.item.by, file.item.keeper, *(m.person for m in file.members), *(d.person for d in file.duties)}
        told = self._notes(file.item.id)
        named |= {note.by for note in told}
        people = self.desk.people.several({p for p in named if p is not None})
        name = self.desk.directory.names([file.item.unit]).get(file.item.unit, "")
        return ItemView(file, worn, told, people, name)

    def _notes(self, item: int) -> tuple[Note, ...]:
        query = (
            select(notes, texts.c.body)
            .outerjoin(texts, texts.c.id == notes.c.words)
            .where(notes.c.item == item)
            .order_by(notes.c.seq)
        )
        return tuple(
            Note(r.seq, r.action, r.at, r.by, dict(r.given), r.body or "", tuple(r.media))
            for r in self._connection.execute(query)
        )

    def _load(self, item: int, *, lock: bool = False) -> ItemFile:
        if lock:
            self._connection.execute(select(items.c.id).where(items.c.id == item).with_for_update())
        query = select(items, texts.c.body).join(texts, texts.c.id == items.c.title).where(items.c.id == item)
        row = self._connection.execute(query).first()
        if row is None:
            raise Refused("refused.no_case")
        return ItemFile(
            Item(id=row.id, kind=Kind(row.kind), facts=dict(row.facts), **{name: getattr(row, name) for name in _ITEM}),
            row.body, self._members(item), tuple(_duties(self._connection, duties.c.item == item)),
        )  # fmt: skip

    def _members(self, item: int) -> tuple[Member, ...]:
        rows = self._connection.execute(select(members).where(members.c.item == item).order_by(members.c.person))
        return tuple(Member(r.person, Part(r.part), r.answer, r.unit) for r in rows)

    def _save(self, before: ItemFile, change: ItemChange) -> None:
        """Raises Transient when somebody else changed it meanwhile."""
        item, was = change.file.item, before.item
        done = self._connection.execute(
            update(items).where(items.c.id == was.id, items.c.version == was.version).values(
                unit=item.unit, path=self.desk.directory.path(item.unit), state=item.state, keeper=item.keeper,
                facts=dict(item.facts), version=item.version, entered_at=item.entered_at,
            ))  # fmt: skip
        if done.rowcount != 1:
            raise Transient("the item changed meanwhile")
        self._note(item.id, change.note)
        known = {(m.person, m.part) for m in before.members}
        had = {duty.id: duty for duty in before.duties}
        for member in change.file.members:
            if (member.person, member.part) not in known:
                self._connection.execute(members.insert().values(item=item.id, **_member(member)))
            elif member not in before.members:
                where = (members.c.item == item.id, members.c.person == member.person, members.c.part == member.part)
                self._connection.execute(update(members).where(*where).values(answer=member.answer))
        for duty in change.file.duties:
            if duty.id == 0:
                self._new_duty(item.id, duty)
            elif duty != had.get(duty.id):
                self.change_duty(duty)

    def _note(self, item: int, note: Note) -> None:
        text = words.keep(self._connection, note.words)[0] if note.words else None
        self._connection.execute(notes.insert().values(
            item=item, seq=note.seq, action=note.action, at=note.at, by=note.by, given=note.given, words=text,
            media=list(note.media),
        ))  # fmt: skip

    def _new_duty(self, item: int, duty: Duty) -> None:
        text = words.keep(self._connection, duty.words)[0] if duty.words else None
        self._connection.execute(duties.insert().values(
            item=item, kind=duty.kind, unit=duty.unit, words=text, made_at=duty.made_at, **_changing(duty)
        ))  # fmt: skip

    def change_duty(self, duty: Duty) -> None:
        self._connection.execute(update(duties).where(duties.c.id == duty.id).values(**_changing(duty)))

    def due(self) -> tuple[ItemFile, Duty] | None:
        """A duty the clock has to say something of; locked."""
        query = (
            select(duties.c.id, duties.c.item)
            .where(duties.c.next_at <= self.desk.now)
            .order_by(duties.c.next_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(query).first()
        if row is None:
            return None
        file = self._load(row.item)
        duty = file.duty(row.id)
        assert duty is not None
        return file, duty

    def look_again(self, duty: Duty, at: datetime) -> None:
        self._connection.execute(update(duties).where(duties.c.id == duty.id).values(next_at=at))

    def duties_of(self, person: int) -> Sequence[DutyLine]:
        """Open, the nearest first."""
        return self._duty_lines(and_(duties.c.person == person, duties.c.state == "open"))

    def due_counts(self, unit: str) -> Mapping[str, tuple[int, int]]:
        """By kind of duty, of a unit and all below: how many are open, and how many of them late."""
        late = func.sum(case((duties.c.due <= self.desk.now, 1), else_=0))
        query = (
            select(duties.c.kind, func.count(), late)
            .join(items, items.c.id == duties.c.item)
            .where(under(items.c.path, self.desk.directory.path(unit)), duties.c.state == "open")
            .group_by(duties.c.kind)
        )
        return {kind: (int(count), int(over)) for kind, count, over in self._connection.execute(query)}

    def _duty_lines(self, where: Any) -> Sequence[DutyLine]:
        title = texts.alias()
        query = (
            select(duties, texts.c.body, title.c.body.label("title"), items.c.kind.label("of"),
                   units.c.name.label("unit_name"), persons.c.name)
            .join(items, items.c.id == duties.c.item)
            .join(title, title.c.id == items.c.title)
            .join(units, units.c.code == duties.c.unit)
            .outerjoin(texts, texts.c.id == duties.c.words)
            .outerjoin(persons, persons.c.id == duties.c.person)
            .where(where).order_by(duties.c.due, duties.c.id).limit(LONGEST)
        )  # fmt: skip
        return [
            DutyLine(r.id, r.item, Kind(r.of), r.kind, r.title, r.body or "", r.due, r.unit_name, r.name or "")
            for r in self._connection.execute(query)
        ]

    def lines(self, person: Person, kinds: Sequence[Kind], unit: str = "",
              states: Sequence[str] = ()) -> Sequence[ItemLine]:  # fmt: skip
        """What is theirs: under their posts, kept by them, or about them; the newest first."""
        mine = select(members.c.item).where(members.c.person == person.id)
        theirs = [items.c.keeper == person.id, items.c.by == person.id, items.c.id.in_(mine)]
        posts = [p for p in person.posts if p.role in (Role.COORDINATOR, Role.WORKER, Role.LEADER)]
        theirs += [under(items.c.path, post.path) for post in posts]
        where = [items.c.kind.in_(kinds), or_(*theirs)]
        if unit:
            where.append(under(items.c.path, self.desk.directory.path(unit)))
        if states:
            where.append(items.c.state.in_(states))
        query = (
            select(items.c.id, items.c.kind, items.c.number, items.c.state, items.c.unit, texts.c.body,
                   units.c.name, persons.c.name.label("keeper"), items.c.keeper.label("keeper_id"), items.c.by)
            .join(texts, texts.c.id == items.c.title)
            .join(units, units.c.code == items.c.unit)
            .outerjoin(persons, persons.c.id == items.c.keeper)
            .where(*where).order_by(items.c.created_at.desc(), items.c.id.desc()).limit(LONGEST)
        )  # fmt: skip
        return [
            ItemLine(r.id, Kind(r.kind), r.number, r.body, r.state, r.name, r.keeper or "", r.unit, r.keeper_id, r.by)
            for r in self._connection.execute(query)
        ]

    def counts(self, kinds: Sequence[Kind], unit: str) -> Mapping[str, int]:
        """By state, of a unit and all below."""
        query = (
            select(items.c.state, func.count().label("many"))
            .where(items.c.kind.in_(kinds), under(items.c.path, self.desk.directory.path(unit)))
            .group_by(items.c.state)
        )
        return {row.state: row.many for row in self._connection.execute(query)}

    def made_within(self, kind: Kind, path: str, since: datetime, until: datetime) -> Sequence[ItemLine]:
        """Of a unit and all below, oldest first."""
        query = (
            select(items, texts.c.body, units.c.name)
            .join(texts, texts.c.id == items.c.title)
            .join(units, units.c.code == items.c.unit)
            .where(items.c.kind == kind, under(items.c.path, path), items.c.created_at >= since,
                   items.c.created_at < until)
            .order_by(items.c.id)
        )  # fmt: skip
        return [ItemLine(r.id, Kind(r.kind), r.number, r.body, r.state, r.name, "", r.unit)
                for r in self._connection.execute(query)]  # fmt: skip

    def household(self, person: int, unit: str) -> int | None:
        query = (
            select(items.c.id)
            .join(members, members.c.item == items.c.id)
            .where(items.c.kind == Kind.HOUSEHOLD, items.c.state == "living", items.c.unit == unit,
                   members.c.person == person, members.c.part == Part.PARTY)
            .order_by(items.c.id).limit(1)
        )  # fmt: skip
        return self._connection.execute(query).scalar()

    def add_duty(self, item: int, duty: Duty) -> None:
        self._new_duty(item, duty)

    def drop_weekly(self, person: int) -> None:
        mine = (duties.c.kind == "weekly", duties.c.person == person, duties.c.state == "open")
        self._connection.execute(update(duties).where(*mine).values(state="dropped", next_at=None))

    def of_case(self, key: CaseKey, kind: Kind) -> int | None:
        query = select(items.c.id).where(items.c.district == key.district, items.c.case == key.id, items.c.kind == kind)
        return self._connection.execute(query.order_by(items.c.id.desc()).limit(1)).scalar()

    def hearing(self, district: str, case: int) -> Sequence[int]:
        query = (
            select(parties.c.person)
            .join(cases, and_(cases.c.district == parties.c.district, cases.c.id == parties.c.case))
            .where(parties.c.district == district, parties.c.case == case, parties.c.chat.is_not(None),
                   cases.c.private.is_(False))
            .distinct().order_by(parties.c.person)
        )  # fmt: skip
        return list(self._connection.execute(query).scalars())

    def grids(self, unit: str) -> Sequence[tuple[str, int | None]]:
        """Every grid of a unit, and a worker of it; None: it has none who is present."""
        directory = self.desk.directory
        query = (
            select(units.c.code)
            .where(under(units.c.path, directory.path(unit)), units.c.level == "grid", units.c.retired_at.is_(None))
            .order_by(units.c.code)
        )
        found = list(self._connection.execute(query).scalars())
        return [(code, min((c.person for c in directory.workers(code)), default=None)) for code in found]

    def media(self, item: int) -> tuple[int, ...]:
        """What came with its beginning."""
        return next((note.media for note in self._notes(item)), ())

    def unit_name(self, unit: str) -> str:
        return self.desk.directory.names([unit]).get(unit, "")

    def mailed(self, item: Item, last: int, count: int) -> None:
        """A notice reached so many more homes, the last of them this one."""
        facts = {**item.facts, "after": last, "homes": int(item.facts.get("homes", 0)) + count}
        self._connection.execute(update(items).where(items.c.id == item.id).values(facts=facts))

    def homes(self, unit: str, *, after: int = 0, limit: int | None = None) -> Sequence[int]:
        """Residents whose home is there, who have a chat and did not opt out."""
        below = select(units.c.code).where(under(units.c.path, self.desk.directory.path(unit)))
        query = select(persons.c.id).where(
            persons.c.home.in_(below), persons.c.chat.is_not(None), persons.c.silent_at.is_(None), persons.c.id > after
        )
        return list(self._connection.execute(query.order_by(persons.c.id).limit(limit)).scalars())


def _member(member: Member) -> dict[str, Any]:
    return {"person": member.person, "part": member.part, "answer": member.answer, "unit": member.unit}


def _changing(duty: Duty) -> dict[str, Any]:
    return {"person": duty.person, "due": duty.due, "due_before": duty.due_before, "done_at": duty.done_at,
            "state": duty.state, "told": duty.told, "next_at": next_at(duty)}  # fmt: skip


def _duties(connection: Connection, where: Any) -> list[Duty]:
    query = select(duties, texts.c.body).outerjoin(texts, texts.c.id == duties.c.words).where(where)
    return [
        Duty(r.id, r.kind, r.person, r.unit, r.due, r.made_at, r.body or "", r.state, r.done_at, r.told, r.due_before)
        for r in connection.execute(query.order_by(duties.c.id))
    ]
