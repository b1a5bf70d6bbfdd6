"""Those an import brings for the first time: many at once, a few statements for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import insert, select, update

from cases.reading.phones import mask_phone, plain_phone
from storage.database.statements import insert_plain, new_ids
from storage.desk import Desk
from storage.imports.taken import Taken
from storage.posts import invitations
from storage.tables import chats, contacts, identities, persons, posts
from storage.tables import invitations as invited

Row = dict[str, str]


class Invitation(NamedTuple):
    name: str
    role: str
    unit: str
    token: str


@dataclass
class Settled(Taken):
    """Of people: those without a chat are invited, and the cases of those who left have new holders."""

    invitations: list[Invitation] = field(default_factory=list)
    #: (whose they were, numbers by who has them now; 0 for nobody)
    handed_over: list[tuple[str, Mapping[int, Sequence[str]]]] = field(default_factory=list)


BATCH = 10_000


def settle(desk: Desk, rows: Sequence[Row], taken: Settled) -> None:
    """One person for all rows of the same chat, or of the same number and name."""
    people: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        own = (row["chat"],) if row["chat"] else (row["phone"], row["name"])
        people.setdefault(own if any(own[:1]) else (row["name"], row["role"], row["unit"]), []).append(row)
    several = list(people.values())
    chat_ids = _chats(desk, [first["chat"] for first, *_ in several])
    made = new_ids(desk.connection, persons, len(several))
    _many(
        desk,
        persons,
        [
            {
                "id": id_,
                "name": first["name"],
                "language": "zh",
                "chat": chat_ids.get(first["chat"]),
                "created_at": desk.now,
                "list_at": desk.now if first["chat"] else None,
            }
            for id_, (first, *_) in zip(made, several, strict=True)
        ],
    )
    by_person = list(zip(made, several, strict=True))
    insert_plain(
        desk.connection,
        identities,
        ("channel", "user", "person"),
        [(*first["chat"].split(":", 1), person) for person, (first, *_) in by_person if first["chat"]],
    )
    contact = [_contact(desk, person, first) for person, (first, *_) in by_person if first["phone"]]
    insert_plain(desk.connection, contacts, ("person", "sealed", "masked", "digest", "proven"), contact)
    _many(
        desk,
        posts,
        [
            {
                "person": person,
                "role": row["role"],
                "unit": row["unit"],
                "since": desk.now,
                "hours": row["hours"],
                "mode": row["mode"],
            }
            for person, own in by_person
            if own[0]["chat"]
            for row in own
        ],
    )
    waiting = [(person, row, invitations.new_token()) for person, own in by_person if not own[0]["chat"] for row in own]
    _many(
        desk,
        invited,
        [
            invitations.values(token, row["role"], row["unit"], desk.now, person=person)
            for person, row, token in waiting
        ],
    )
    taken.added += len(rows)
    taken.invitations += [Invitation(row["name"], row["role"], row["unit"], token) for _, row, token in waiting]


def _contact(desk: Desk, person: int, row: Row) -> tuple[Any, ...]:
    """Proven: whoever keeps the books knows whose number it is."""
    phone, seal = plain_phone(row["phone"]), desk.people.seal
    return person, seal.close(phone), mask_phone(phone), seal.digest(phone), True


def _chats(desk: Desk, written: Sequence[str]) -> dict[str, int]:
    """The id of each chat; one that somebody wrote from before is there already."""
    wanted = [text for text in dict.fromkeys(written) if text]
    known = {
        f"{r.channel}:{r.address}": r.id
        for r in desk.connection.execute(
            select(chats.c.channel, chats.c.address, chats.c.id).where(chats.c.private.is_(True))
        )
    }
    new = [text for text in wanted if text not in known]
    made = dict(zip(new, new_ids(desk.connection, chats, len(new)), strict=True))
    _many(
        desk,
        chats,
        [
            {"id": id_, "channel": text.partition(":")[0], "address": text.partition(":")[2], "private": True}
            for text, id_ in made.items()
        ],
    )
    return known | made


def _many(desk: Desk, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), BATCH):
        desk.connection.execute(insert(table), rows[start : start + BATCH])


def stand_ins(desk: Desk, rows: Sequence[Row]) -> None:
    """The B posts, by the names of the file: of the same unit before others."""
    for row in rows:
        of = (
            select(posts.c.person)
            .join(persons, persons.c.id == posts.c.person)
            .where(persons.c.name == row["stand_in"])
            .order_by(posts.c.unit != row["unit"], posts.c.person)
            .limit(1)
        )
        instead = desk.connection.execute(of).scalar()
        who = select(persons.c.id).where(persons.c.name == row["name"])
        mine = (posts.c.person.in_(who), posts.c.role == row["role"], posts.c.unit == row["unit"])
        desk.connection.execute(update(posts).where(*mine).values(stand_in=instead))
