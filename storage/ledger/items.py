"""Items of the ledger: loaded whole, saved whole, with one more note. Every read takes its viewer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from cases.errors import Refused, Transient
from cases.ledger import act
from cases.ledger.model import Duty, Item, ItemChange, ItemFile, Kind, Member, Note, Part
from cases.ledger.table import BEGINS
from cases.ledger.views import ItemView, NewItem
from storage.cases import casefiles
from storage.content import words
from storage.ledger import mediated
from storage.ledger.itemlists import Lists
from storage.ledger.rows import duties_of, duty_row, member_row
from storage.tables import duties, items, members, notes, texts

_ITEM = ("district", "number", "unit", "state", "created_at", "entered_at", "by", "keeper", "case", "version")

#: duties of one person that the clock looks at together
AT_ONCE = 200


@dataclass(slots=True)
class Items(Lists):
    def open(self, new: NewItem) -> int:
        """The item's id."""
        desk, at = self.desk, self.desk.now
        day = f"{at.astimezone(desk.rules.calendar.zone):%Y%m%d}"
        district = new.unit[:6]
        title, _ = words.keep(self._connection, new.title)
        made = (
            items.insert()
            .values(
                district=district,
                kind=new.kind,
                number=f"T{casefiles.next_number(self._connection, district, day)}",
                unit=new.unit,
                path=desk.directory.path(new.unit),
                state=BEGINS[new.kind],
                by=new.by,
                keeper=new.keeper,
                case=new.case.id if new.case else None,
                title=title,
                facts=dict(new.facts),
                version=1,
                created_at=at,
                entered_at=at,
            )
            .returning(items.c.id)
        )
        number = int(self._connection.execute(made).scalar_one())
        self._note(number, Note(1, "open", at, new.by, words=new.words, media=new.media))
        for member in new.members:
            self._connection.execute(members.insert().values(item=number, **member_row(member)))
        for duty in new.duties:
            self._new_duty(number, duty)
        return number

    def perform(
        self, item: int, action: str, person: int, given: Mapping[str, Any], said: str = "", media: tuple[int, ...] = ()
    ) -> ItemChange:
        case = mediated.lock(self.desk, item)  # of a case and what hangs on it, the case is locked first
        before = self._load(item, lock=True)
        change = act.act(
            before, action, self.desk.person(person), self.desk.now, self.desk.rules, given, words=said, media=media
        )
        self._save(before, change)
        if case is not None:
            mediated.follow(self.desk, case, before.item.state, change.file.item.state)
        return change

    def ask(self, item: int, duty: Duty, by: int, media: tuple[int, ...]) -> ItemChange:
        """A need of a household, said by somebody who is nothing to it."""
        before = self._load(item, lock=True)
        change = act.asked(before, duty, by, self.desk.now, media)
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
            row.body,
            self._members(item),
            tuple(duties_of(self._connection, duties.c.item == item)),
        )

    def _members(self, item: int) -> tuple[Member, ...]:
        rows = self._connection.execute(select(members).where(members.c.item == item).order_by(members.c.person))
        return tuple(Member(r.person, Part(r.part), r.answer, r.unit) for r in rows)

    def _save(self, before: ItemFile, change: ItemChange) -> None:
        """Raises Transient when somebody else changed it meanwhile."""
        item, was = change.file.item, before.item
        done = self._connection.execute(
            update(items)
            .where(items.c.id == was.id, items.c.version == was.version)
            .values(
                unit=item.unit,
                path=self.desk.directory.path(item.unit),
                state=item.state,
                keeper=item.keeper,
                facts=dict(item.facts),
                version=item.version,
                entered_at=item.entered_at,
            )
        )
        if done.rowcount != 1:
            raise Transient("the item changed meanwhile")
        self._note(item.id, change.note)
        known = {(m.person, m.part) for m in before.members}
        had = {duty.id: duty for duty in before.duties}
        for member in change.file.members:
            if (member.person, member.part) not in known:
                self._connection.execute(members.insert().values(item=item.id, **member_row(member)))
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
        self._connection.execute(
            notes.insert().values(
                item=item,
                seq=note.seq,
                action=note.action,
                at=note.at,
                by=note.by,
                given=note.given,
                words=text,
                media=list(note.media),
            )
        )

    def _new_duty(self, item: int, duty: Duty) -> None:
        text = words.keep(self._connection, duty.words)[0] if duty.words else None
        self._connection.execute(
            duties.insert().values(
                item=item, kind=duty.kind, unit=duty.unit, words=text, made_at=duty.made_at, **duty_row(duty)
            )
        )

    def change_duty(self, duty: Duty) -> None:
        """Of an open one; what was done meanwhile stays done."""
        open_ = (duties.c.id == duty.id, duties.c.state == "open")
        self._connection.execute(update(duties).where(*open_).values(**duty_row(duty)))

    def due(self) -> list[tuple[ItemFile, Duty]]:
        """Duties of one person that the clock has to say something of, the nearest first. Their items are locked: who
        does one of them meanwhile waits, and the clock waits for nobody."""
        waits = duties.c.next_at <= self.desk.now
        near = select(duties.c.id, duties.c.item, duties.c.person).join(items, items.c.id == duties.c.item).where(waits)
        near = near.order_by(duties.c.next_at, duties.c.id).with_for_update(skip_locked=True, of=items)
        first = self._connection.execute(near.limit(1)).first()
        if first is None:
            return []
        rows = [first]
        if first.person is not None:
            more = near.where(duties.c.person == first.person, duties.c.id != first.id).limit(AT_ONCE)
            rows += self._connection.execute(more).all()
        # asked again under the lock: another copy may have just said it
        still = select(duties.c.id).where(duties.c.id.in_([row.id for row in rows]), waits)
        left = set(self._connection.execute(still).scalars())
        files = {item: self._load(item) for item in dict.fromkeys(row.item for row in rows if row.id in left)}
        found = [(files[row.item], files[row.item].duty(row.id)) for row in rows if row.id in left]
        return [(file, duty) for file, duty in found if duty is not None]

    def look_again(self, duty: Duty, at: datetime) -> None:
        self._connection.execute(update(duties).where(duties.c.id == duty.id).values(next_at=at))

    def add_duty(self, item: int, duty: Duty) -> None:
        self._new_duty(item, duty)

    def drop_weekly(self, person: int) -> None:
        mine = (duties.c.kind == "weekly", duties.c.person == person, duties.c.state == "open")
        self._connection.execute(update(duties).where(*mine).values(state="dropped", next_at=None))

    def media(self, item: int) -> tuple[int, ...]:
        """What came with its beginning."""
        return next((note.media for note in self._notes(item)), ())

    def mailed(self, item: Item, last: int, count: int) -> None:
        """A notice reached so many more homes, the last of them this one."""
        facts = {**item.facts, "after": last, "homes": int(item.facts.get("homes", 0)) + count}
        self._connection.execute(update(items).where(items.c.id == item.id).values(facts=facts))
