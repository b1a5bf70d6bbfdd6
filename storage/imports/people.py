"""people.csv: name,role,unit,phone,chat. Who has no chat yet gets an invitation, told once."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from cases.people import Role
from storage import invitations
from storage.imports.sheet import Progress, Sheet, read, silent
from storage.people import People
from storage.tables import contacts, identities, persons, posts, units

COLUMNS = ("name", "role", "unit", "phone", "chat")
_PHONE = re.compile(r"\+?\d[\d -]{5,18}")
_CHAT = re.compile(r"[a-z]+(/\d{6})?:\S{1,64}")
EVERY = 500


class Invitation(NamedTuple):
    name: str
    role: str
    unit: str
    token: str


@dataclass
class Taken:
    added: int = 0
    changed: int = 0
    same: int = 0
    invitations: tuple[Invitation, ...] = ()


def take(people: People, path: Path, progress: Progress = silent, *,
         channel_of: Callable[[str, str], str | None] = lambda channel, _: channel) -> Taken:  # fmt: skip
    """Raises Mistakes, and then nothing was taken. `channel_of`: the bot that a channel as written means for a unit;
    None: none does."""
    sheet = read(path, COLUMNS)
    for line, row in sheet.rows:
        _name_the_bot(sheet, line, row, channel_of)
    _check(sheet, set(people.connection.execute(select(units.c.code)).scalars()))
    sheet.check()
    taken = Taken()
    for number, (_, row) in enumerate(sheet.rows, 1):
        _one(people, row, taken)
        if number % EVERY == 0:
            progress(number, len(sheet.rows))
    progress(len(sheet.rows), len(sheet.rows))
    return taken


def _name_the_bot(sheet: Sheet, line: int, row: dict[str, str], channel_of: Callable[[str, str], str | None]) -> None:
    """ "telegram:123" means the bot of the unit's own district, where each district has one."""
    written, colon, address = row["chat"].partition(":")
    if not colon:
        return
    channel = channel_of(written, row["unit"])
    if channel is None:
        sheet.wrong(line, f"chat: no bot serves {row['unit']}; write {written}/DISTRICT:{address}")
    else:
        row["chat"] = f"{channel}:{address}"


def _one(people: People, row: dict[str, str], taken: Taken) -> None:
    connection = people.connection
    channel, _, address = row["chat"].partition(":")
    person = _known(people, row, channel, address)
    new = person is None
    if person is None:
        person = people.new(row["name"])
    before = people.person(person)
    if not new and before.name != row["name"]:
        people.change(person, name=row["name"])
    if row["phone"] and people.phone(person) != row["phone"]:
        people.set_phone(person, row["phone"])
    held = any(post.role == row["role"] and post.unit == row["unit"] for post in before.posts)
    if address:
        people.identify(person, channel, address)
        chat = people.chat(channel, address, private=True, person=person)
        people.change(person, chat=chat)
        invitations.take_on(connection, person, row["role"], row["unit"], people.now)
    elif not held:
        token = invitations.invite(connection, row["role"], row["unit"], people.now, person=person)
        taken.invitations += (Invitation(row["name"], row["role"], row["unit"], token),)
    if new:
        taken.added += 1
    elif held and before.name == row["name"]:
        taken.same += 1
    else:
        taken.changed += 1


def _known(people: People, row: dict[str, str], channel: str, address: str) -> int | None:
    """By chat, else by telephone number, else by name in that post."""
    connection = people.connection
    if address:
        query = select(identities.c.person).where(identities.c.channel == channel, identities.c.user == address)
        if (found := connection.execute(query).scalar()) is not None:
            return int(found)
    if row["phone"]:
        query = (
            select(persons.c.id)
            .join(contacts, contacts.c.person == persons.c.id)
            .where(contacts.c.digest == people.seal.digest(row["phone"]), persons.c.name == row["name"])
        )
        if (found := connection.execute(query).scalar()) is not None:
            return int(found)
    query = (
        select(persons.c.id)
        .join(posts, posts.c.person == persons.c.id)
        .where(persons.c.name == row["name"], posts.c.unit == row["unit"], posts.c.role == row["role"])
    )
    known: int | None = connection.execute(query).scalar()
    return known


def _check(sheet: Sheet, known: set[str]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    chats: dict[str, tuple[str, int]] = {}
    for line, row in sheet.rows:
        if not row["name"]:
            sheet.wrong(line, "name: empty")
        if len(row["name"]) > 80:
            sheet.wrong(line, "name: longer than 80 characters")
        if row["role"] not in set(Role):
            sheet.wrong(line, f"role: {row['role'] or 'empty'}; one of {', '.join(Role)}")
        if row["unit"] not in known:
            sheet.wrong(line, f"unit: there is no unit {row['unit'] or '(empty)'}")
        if row["phone"] and not _PHONE.fullmatch(row["phone"]):
            sheet.wrong(line, f"phone: {row['phone']} is no telephone number")
        if row["chat"] and not _CHAT.fullmatch(row["chat"]):
            sheet.wrong(line, f"chat: {row['chat']}; write telegram:123456, or leave it empty")
        key = (row["name"], row["role"], row["unit"], row["phone"], row["chat"])
        if key in seen:
            sheet.wrong(line, f"the same as line {seen[key]}")
        seen.setdefault(key, line)
        if row["chat"]:
            name, first = chats.setdefault(row["chat"], (row["name"], line))
            if name != row["name"]:
                sheet.wrong(line, f"chat: {row['chat']} is {name}'s in line {first}")
