"""People, their posts, chats and telephone numbers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from cases.people import Block, Person, Post, Role
from cases.reading.phones import SHORTEST, mask_phone, plain_phone
from cases.views import Subject
from storage.database import meta
from storage.database.statements import batches, insert
from storage.people.seal import Seal
from storage.tables import blocks, chats, contacts, identities, persons, posts, units

# Said for every message, so built once: building a statement costs more than running it (measured).
_PERSONS = (
    select(persons, contacts.c.masked, blocks.c.reason, blocks.c.until, blocks.c.told_at)
    .outerjoin(contacts, contacts.c.person == persons.c.id)
    .outerjoin(blocks, blocks.c.person == persons.c.id)
)
_GREETED = _PERSONS.join(identities, identities.c.person == persons.c.id).where(
    identities.c.channel == bindparam("on"), identities.c.user == bindparam("as")
)
_SEVERAL = _PERSONS.where(persons.c.id.in_(bindparam("ids", expanding=True)))
_POSTS = (
    select(posts.c.person, posts.c.role, posts.c.unit, posts.c.hours, posts.c.mode, units.c.path)
    .join(units, units.c.code == posts.c.unit)
    .where(posts.c.person.in_(bindparam("ids", expanding=True)), units.c.retired_at.is_(None))
)
_CHAT = select(chats.c.id, chats.c.unreachable_at, chats.c.menu).where(
    chats.c.channel == bindparam("on"), chats.c.address == bindparam("at")
)


@dataclass(slots=True)
class People:
    """Remembers whom it read for the length of one transaction; what it changes it reads again."""

    connection: Connection
    now: datetime
    seal: Seal
    #: the mark of the command menu that each chat looked at was given
    menus: dict[int, str] = field(default_factory=dict)
    _known: dict[int, Person] = field(default_factory=dict)

    def greet(self, channel: str, user: str, name: str, language: str) -> Person:
        """The person behind a platform's user; a new resident if nobody knows him yet."""
        found = self._read(_GREETED, {"on": channel, "as": user})
        if found:
            return found[0]
        new = self.new(name, language)
        self.connection.execute(identities.insert().values(channel=channel, user=user, person=new))
        return self.person(new)

    def new(self, name: str, language: str = "zh") -> int:
        query = persons.insert().values(name=name[:80], language=language, created_at=self.now).returning(persons.c.id)
        return int(self.connection.execute(query).scalar_one())

    def subject(self, subject: Subject, *, proxy: int | None = None) -> int:
        """For whom somebody reports: known by the number, else somebody new who has no chat. Never the proxy himself;
        and what is no number names nobody."""
        phone = plain_phone(subject.phone)
        callable_ = len(phone) >= SHORTEST
        known = self.known_by(phone) if callable_ else None
        if known is not None and known != proxy:
            return int(known)
        person = self.new(subject.name)
        if known is None and callable_:
            self.set_phone(person, phone, proven=True)  # nobody speaks as somebody without a chat
        return person

    def known_by(self, phone: str) -> int | None:
        """Whose number it is, however it is written; a number that somebody only typed for his own names nobody."""
        theirs = contacts.c.digest.in_(self.seal.digests(plain_phone(phone))), contacts.c.proven
        query = select(contacts.c.person).join(persons, persons.c.id == contacts.c.person).where(*theirs)
        # who can be asked himself goes before a record that somebody else began
        order = persons.c.chat.is_(None), persons.c.id
        return self.connection.execute(query.order_by(*order).limit(1)).scalar()

    def identify(self, person: int, channel: str, user: str) -> None:
        """From now on this platform user is this person."""
        query = insert(self.connection, identities).values(channel=channel, user=user, person=person)
        self.connection.execute(
            query.on_conflict_do_update(index_elements=["channel", "user"], set_={"person": person})
        )

    def person(self, person: int) -> Person:
        return self.several([person])[person]

    def several(self, ids: Iterable[int]) -> dict[int, Person]:
        wanted = set(ids)
        if missing := wanted - self._known.keys():
            self._read(_SEVERAL, {"ids": list(missing)})
        return {id_: self._known[id_] for id_ in wanted if id_ in self._known}

    def _read(self, query: Any, given: dict[str, Any]) -> list[Person]:
        rows = self.connection.execute(query, given).all()
        held = self._posts({row.id for row in rows}) if rows else {}
        found = [
            Person(
                r.id,
                r.name,
                r.masked or "",
                r.language,
                r.home,
                r.consented_at,
                tuple(held.get(r.id, ())),
                None if r.reason is None else Block(r.reason, r.until, told=r.told_at is not None),
                r.taught,
            )
            for r in rows
        ]
        self._known |= {person.id: person for person in found}
        return found

    def forget(self, person: int) -> None:
        """Something about them changed: the next look is into the database."""
        self._known.pop(person, None)

    def _posts(self, ids: set[int]) -> dict[int, list[Post]]:
        found: dict[int, list[Post]] = {}
        for row in self.connection.execute(_POSTS, {"ids": list(ids)}):
            found.setdefault(row.person, []).append(Post(Role(row.role), row.unit, row.path, row.hours, row.mode))
        return found

    def chat(self, channel: str, address: str, *, private: bool, person: int | None) -> int:
        """The chat's own id. A private chat becomes where its person is told things, and is reachable again."""
        row = self.connection.execute(_CHAT, {"on": channel, "at": address}).first()
        if row is None:
            made = chats.insert().values(channel=channel, address=address, private=private).returning(chats.c.id)
            chat = int(self.connection.execute(made).scalar_one())
        else:
            chat = int(row.id)
            self.menus[chat] = row.menu
            if row.unreachable_at is not None:
                self.connection.execute(update(chats).where(chats.c.id == chat).values(unreachable_at=None))
        if row is None and private and person is not None:
            self.change(person, chat=chat)
        return chat

    def offered(self, chat: int, menu: str) -> None:
        self.connection.execute(update(chats).where(chats.c.id == chat).values(menu=menu))

    def chats_of(self, ids: Sequence[int]) -> dict[int, int]:
        if not ids:
            return {}
        query = select(persons.c.id, persons.c.chat).where(persons.c.id.in_(set(ids)), persons.c.chat.is_not(None))
        return {row.id: row.chat for row in self.connection.execute(query)}

    def reachable(self, ids: Collection[int]) -> set[int]:
        """Those of them whose chat takes messages, as far as is known."""
        query = (
            select(persons.c.id)
            .join(chats, chats.c.id == persons.c.chat)
            .where(persons.c.id.in_(set(ids)), chats.c.unreachable_at.is_(None))
        )
        return set(self.connection.execute(query).scalars())

    def holding(self, role: Role) -> list[tuple[int, int]]:
        """(person, chat) of everybody with this role who has a chat."""
        query = (
            select(persons.c.id, persons.c.chat)
            .join(posts, posts.c.person == persons.c.id)
            .where(posts.c.role == role, persons.c.chat.is_not(None))
            .distinct()
        )
        return [(row.id, row.chat) for row in self.connection.execute(query)]

    def change(self, person: int, **values: Any) -> None:
        self.connection.execute(update(persons).where(persons.c.id == person).values(**values))
        if "name" in values and self.person(person).posts:
            meta.touch(self.connection, meta.STAFF)
        self.forget(person)

    def set_phone(self, person: int, phone: str, *, proven: bool) -> None:
        """`proven`: by the platform, or by who keeps the books; it stays so where the same number is typed again."""
        phone = plain_phone(phone)
        proven = proven or self.known_by(phone) == person
        values = {
            "sealed": self.seal.close(phone),
            "masked": mask_phone(phone),
            "digest": self.seal.digest(phone),
            "proven": proven,
        }
        query = insert(self.connection, contacts).values(person=person, **values)
        self.connection.execute(query.on_conflict_do_update(index_elements=["person"], set_=values))
        self.forget(person)

    def phone(self, person: int) -> str:
        """The whole number; empty if none is known. Who asks must have the right to."""
        sealed = self.connection.execute(select(contacts.c.sealed).where(contacts.c.person == person)).scalar()
        return self.seal.open(sealed) if sealed else ""


def staff_names(connection: Connection) -> list[str]:
    """Of everybody with a post."""
    query = select(persons.c.name).join(posts, posts.c.person == persons.c.id).where(persons.c.name != "").distinct()
    return list(connection.execute(query).scalars())


def reseal(connection: Connection, seal: Seal) -> int:
    """Every number under the newest key; how many. Until it is done, older keys stay in the settings."""
    count = 0
    for row in connection.execute(select(contacts).with_for_update()).all():
        phone = seal.open(row.sealed)
        values = {"sealed": seal.close(phone), "digest": seal.digest(phone)}
        connection.execute(update(contacts).where(contacts.c.person == row.person).values(**values))
        count += 1
    return count


def opens_a_number(connection: Connection, seal: Seal) -> bool:
    """Whether this is the key that the numbers were sealed with; of none, any is."""
    sealed = connection.execute(select(contacts.c.sealed).limit(1)).scalar()
    return sealed is None or seal.opens(sealed)


def posts_in(connection: Connection, channel: str) -> list[tuple[str, str, str, str]]:
    """(user, name, role, unit's name) of everybody with a post in one channel, by level and user."""
    query = (
        select(identities.c.user, persons.c.name, posts.c.role, units.c.name.label("unit"))
        .join(persons, persons.c.id == identities.c.person)
        .join(posts, posts.c.person == persons.c.id)
        .join(units, units.c.code == posts.c.unit)
        .where(identities.c.channel == channel)
        .order_by(units.c.level, identities.c.user)
    )
    return [(row.user, row.name, row.role, row.unit) for row in connection.execute(query)]


def names_of(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in batches(ids):
        query = select(persons.c.id, persons.c.name).where(persons.c.id.in_(some))
        found |= {row.id: row.name for row in connection.execute(query)}
    return found
