"""people.csv: name,role,unit,phone,chat and, where wanted, hours,mode,stand_in. Who has no chat gets an invitation."""

import re
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from cases.people import CALLED, FIRST, Role
from cases.timing import hours
from storage.desk import Desk
from storage.imports import newcomers
from storage.imports.known import Known
from storage.imports.newcomers import Invitation, Settled
from storage.imports.sheet import Progress, Sheet, read, silent
from storage.posts import invitations, staff
from storage.tables import units

COLUMNS = ("name", "role", "unit", "phone", "chat")
#: declared hours (`cases.timing.hours`); 先办 or 协调, as "first" or "called"; who stands in, by name, of the same unit
OPTIONAL = ("hours", "mode", "stand_in")
_PHONE = re.compile(r"\+?\d[\d -]{5,18}")
_CHAT = re.compile(r"telegram(?:/\d{6})?:-?\d{1,20}|web:\S{1,64}")
#: as they are written in the file, in either language
_ROLES = {**{role.value: role for role in Role}, **{role.zh: role for role in Role}}
EVERY = 5000

Row = dict[str, str]


def take(
    desk: Desk,
    path: Path,
    progress: Progress = silent,
    *,
    whole: bool = False,
    channel_of: Callable[[str, str], str | None] = lambda channel, _: channel,
) -> Settled:
    """Raises Mistakes, and then nothing was taken. A file that names somebody names all his posts of that role: what
    it leaves out he has left. `whole`: the file names everybody of its districts. `channel_of`: the bot that a channel
    as written means for a unit; None: none does."""
    sheet = read(path, COLUMNS, OPTIONAL)
    for line, row in sheet.rows:
        row["role"] = _ROLES.get(row["role"], row["role"])
        _name_the_bot(sheet, line, row, channel_of)
    codes = select(units.c.code).where(units.c.retired_at.is_(None))
    _check(sheet, set(desk.connection.execute(codes).scalars()))
    sheet.check()
    known, taken = Known(desk.connection, desk.people.seal), Settled()
    listed: set[tuple[int, str, str]] = set()
    new: list[Row] = []
    for number, (_, row) in enumerate(sheet.rows, 1):
        if number % EVERY == 0:
            progress(number, len(sheet.rows))
        person = known.find(row)
        if person is None:
            new.append(row)
            continue
        listed.add((person, row["role"], row["unit"]))
        if known.says_the_same(person, row):
            taken.same += 1
        else:
            _change(desk, person, row, known, taken)
    newcomers.settle(desk, new, taken)
    _left(desk, known, listed, {row["unit"][:6] for _, row in sheet.rows}, taken, whole=whole)
    newcomers.stand_ins(desk, [row for _, row in sheet.rows if row["stand_in"]])
    progress(len(sheet.rows), len(sheet.rows))
    return taken


def _name_the_bot(sheet: Sheet, line: int, row: Row, channel_of: Callable[[str, str], str | None]) -> None:
    """ "telegram:123" means the bot of the unit's own district, where each district has one."""
    written, colon, address = row["chat"].partition(":")
    if not colon:
        return
    channel = channel_of(written, row["unit"])
    if channel is None:
        sheet.wrong(line, f"chat: no bot serves {row['unit']}; write {written}/DISTRICT:{address}")
    else:
        row["chat"] = f"{channel}:{address}"


def _change(desk: Desk, person: int, row: Row, known: Known, taken: Settled) -> None:
    """Somebody we know, said otherwise."""
    people = desk.people
    before = people.person(person)
    if before.name != row["name"]:
        people.change(person, name=row["name"])
    if row["phone"] and people.phone(person) != row["phone"]:
        people.set_phone(person, row["phone"], proven=True)
    held = any(post.role == row["role"] and post.unit == row["unit"] for post in before.posts)
    elsewhere = any(post.role == row["role"] for post in before.posts)
    channel, _, address = row["chat"].partition(":")
    if address:
        people.identify(person, channel, address)
        people.change(person, chat=people.chat(channel, address, private=True, person=person))
    if held or address or known.has_chat(person):
        invitations.take_on(people, person, row["role"], row["unit"], hours=row["hours"], mode=row["mode"])
    elif not known.invited(person, row):
        token = invitations.invite(desk.connection, row["role"], row["unit"], desk.now, person=person)
        taken.invitations.append(Invitation(row["name"], row["role"], row["unit"], token))
    if elsewhere and not held:
        taken.moved += 1
    else:
        taken.changed += 1


def _left(
    desk: Desk, known: Known, listed: set[tuple[int, str, str]], districts: set[str], taken: Settled, *, whole: bool
) -> None:
    """Posts the file does not name any more end, and their open cases go on with others."""
    named = {(person, role) for person, role, _ in listed}
    for person, role, unit in sorted(known.posts - listed):
        leaves = (person, role) not in named
        if leaves and not (whole and unit[:6] in districts):
            continue
        taken.retired += leaves
        if given := staff.end_post(desk, person, role, unit):
            taken.handed_over.append((desk.person(person).name, given))


def _check(sheet: Sheet, known: set[str]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    chats: dict[str, tuple[str, int]] = {}
    for line, row in sheet.rows:
        if not row["name"]:
            sheet.wrong(line, "name: empty")
        if len(row["name"]) > 80:
            sheet.wrong(line, "name: longer than 80 characters")
        if row["role"] not in _ROLES:
            ways = ", ".join(f"{role} {role.zh}" for role in Role)
            sheet.wrong(line, f"role: {row['role'] or 'empty'}; one of {ways}")
        if row["unit"] not in known:
            sheet.wrong(line, f"unit: there is no unit {row['unit'] or '(empty)'}")
        if row["phone"] and not _PHONE.fullmatch(row["phone"]):
            sheet.wrong(line, f"phone: {row['phone']} is no telephone number")
        if row["chat"] and not _CHAT.fullmatch(row["chat"]):
            sheet.wrong(line, f"chat: {row['chat']}; write telegram:123456, or leave it empty")
        if row["mode"] not in ("", FIRST, CALLED) or (row["mode"] and row["role"] != Role.MICRO):
            sheet.wrong(line, f"mode: {row['mode']}; {FIRST} or {CALLED}, for a micro-worker")
        _check_hours(sheet, line, row["hours"])
        key = (row["name"], row["role"], row["unit"], row["phone"], row["chat"])
        if key in seen:
            sheet.wrong(line, f"the same as line {seen[key]}")
        seen.setdefault(key, line)
        if row["chat"]:
            name, first = chats.setdefault(row["chat"], (row["name"], line))
            if name != row["name"]:
                sheet.wrong(line, f"chat: {row['chat']} is {name}'s in line {first}")
    _check_stand_ins(sheet)


def _check_hours(sheet: Sheet, line: int, text: str) -> None:
    try:
        hours.parse(text)
    except ValueError as error:
        sheet.wrong(line, f"hours: {error}")
    if len(text) > hours.LONGEST:
        sheet.wrong(line, f"hours: longer than {hours.LONGEST} characters")


def _check_stand_ins(sheet: Sheet) -> None:
    names = {row["name"] for _, row in sheet.rows}
    for line, row in sheet.rows:
        if row["stand_in"] and (row["stand_in"] not in names or row["stand_in"] == row["name"]):
            sheet.wrong(line, f"stand_in: nobody else in this file is called {row['stand_in']}")
