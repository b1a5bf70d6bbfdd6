"""Everybody with a post, as an import needs them: found by chat, by number and name, or by name in that post."""

from sqlalchemy import Connection, select

from cases.reading.phones import plain_phone
from storage.people.seal import Seal
from storage.tables import contacts, identities, invitations, persons, posts

Row = dict[str, str]


class Known:
    def __init__(self, connection: Connection, seal: Seal) -> None:
        self._seal = seal
        staff = persons.c.id.in_(select(posts.c.person)) | persons.c.id.in_(select(invitations.c.person))
        named = select(persons.c.id, persons.c.name).where(staff)
        self._names: dict[int, str] = {r.id: r.name for r in connection.execute(named)}
        rows = connection.execute(select(posts)).all()
        self.posts = {(r.person, r.role, r.unit) for r in rows}
        self._ways = {(r.person, r.role, r.unit): (r.hours, r.mode) for r in rows}
        waiting = select(invitations).where(invitations.c.person.is_not(None), invitations.c.used_at.is_(None))
        self._invited = {(r.person, r.role, r.unit) for r in connection.execute(waiting)}
        self._chats = {f"{r.channel}:{r.user}": r.person for r in connection.execute(select(identities))}
        self._digests = {r.person: r.digest for r in connection.execute(select(contacts.c.person, contacts.c.digest))}
        self._by_number = {(digest, self._names[p]): p for p, digest in self._digests.items() if p in self._names}
        self._in_post = {(self._names[p], role, unit): p for p, role, unit in self.posts | self._invited}
        self._with_chat = set(self._chats.values())

    def find(self, row: Row) -> int | None:
        found = self._chats.get(row["chat"]) if row["chat"] else None
        if found is None and row["phone"] and self._by_number:
            found = self._by_number.get((self._digest(row["phone"]), row["name"]))
        return self._in_post.get((row["name"], row["role"], row["unit"])) if found is None else found

    def _digest(self, phone: str) -> str:
        return self._seal.digest(plain_phone(phone))

    def says_the_same(self, person: int, row: Row) -> bool:
        key = (person, row["role"], row["unit"])
        return (
            self._names.get(person) == row["name"]
            and (self._ways.get(key) == (row["hours"], row["mode"]) or (key in self._invited and not row["chat"]))
            and (not row["phone"] or self._digests.get(person) == self._digest(row["phone"]))
            and (not row["chat"] or self._chats.get(row["chat"]) == person)
        )

    def has_chat(self, person: int) -> bool:
        return person in self._with_chat

    def invited(self, person: int, row: Row) -> bool:
        return (person, row["role"], row["unit"]) in self._invited
