"""One action on one item: permitted by the table, worked by its effect, told as the row says."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases import routing
from cases.errors import Refused
from cases.ledger import sight
from cases.ledger.effects import EFFECTS, Deed
from cases.ledger.model import Duty, ItemChange, ItemFile, Kind, Note, Part
from cases.ledger.table import TABLE
from cases.people import Person, Role
from cases.ports import Directory, Rules


def parts(person: Person, file: ItemFile, directory: Directory) -> frozenset[Part]:
    """What this person is to the item; empty: it is none of theirs."""
    item = file.item
    worn = {m.part for m in file.members if m.person == person.id}
    if item.kind is Kind.MEDIATION and Part.PARTY in worn:
        return frozenset({Part.PARTY})  # who is in dispute leads nothing of it, whatever else he is
    if item.keeper == person.id or any(d.person == person.id for d in file.open):
        worn.add(Part.KEEPER)
    line = directory.line(item.unit)
    # a resident who said what somebody needs is nothing to them afterwards, nor is staff who serves elsewhere by now
    serves = any(post.unit in line for post in person.posts) if item.kind is Kind.HOUSEHOLD else bool(person.posts)
    if item.by == person.id and serves:
        worn.add(Part.AUTHOR)
    if item.kind is Kind.HOUSEHOLD and sight.works(person, line, directory):
        worn.add(Part.WORKER)
    if person.answers_for(line, Role.LEADER):
        worn.add(Part.LEADER)
    mine = {post.unit for post in person.serves(Role.COORDINATOR)}
    if mine & set(line):
        worn.add(Part.STAFF)
    if mine & set(line[1:]):
        worn.add(Part.UPPER)
    return frozenset(worn)


def act(
    file: ItemFile,
    action: str,
    by: Person,
    now: datetime,
    rules: Rules,
    given: Mapping[str, Any] | None = None,
    *,
    words: str = "",
    media: tuple[int, ...] = (),
) -> ItemChange:
    """Raises Refused, in the words of what is in the way."""
    worn = parts(by, file, rules.directory)
    row = TABLE.get((file.item.kind, action))
    if not worn or row is None:
        raise Refused("refused.no_case")
    if not row.by & worn:
        raise Refused("refused.not_yours")
    if file.item.state not in row.begins:
        raise Refused("refused.over")
    deed = Deed(file, by.id, now, rules, dict(given or {}), words)
    if row.ends:
        deed.enter(row.ends)
    EFFECTS.get((file.item.kind, action), _nothing)(deed)
    assert deed.file.item.state in {row.ends or file.item.state, *row.instead}
    item = replace(deed.file.item, version=file.item.version + 1)
    note = Note(item.version, action, now, by.id, deed.given, deed.words, media)
    after = replace(deed.file, item=item)
    told = [(audience, person) for audience in row.tells for person in _audience(audience, file, after, deed)]
    once = {person: audience for audience, person in reversed(told) if person != by.id}
    return ItemChange(after, note, tuple((audience, person) for person, audience in once.items()))


def asked(file: ItemFile, duty: Duty, by: int, now: datetime, media: tuple[int, ...]) -> ItemChange:
    """A need that somebody said of a household who is nothing to it: kept for its keeper, shown to nobody else."""
    item = replace(file.item, version=file.item.version + 1)
    known = {(d.kind, d.words) for d in file.open}
    added = () if (duty.kind, duty.words) in known else (replace(duty, person=item.keeper),)
    note = Note(item.version, "need", now, by, {"day": duty.due.isoformat()}, duty.words, media)
    told = (("keeper", item.keeper),) if item.keeper and item.keeper != by else ()
    return ItemChange(replace(file, item=item, duties=(*file.duties, *added)), note, told)


def _audience(audience: str, before: ItemFile, after: ItemFile, deed: Deed) -> tuple[int, ...]:
    item = after.item
    match audience:
        case "keeper":
            return (item.keeper,) if item.keeper else ()
        case "author":
            return (item.by,) if item.by else ()
        case "staff":
            return tuple(routing.coordinators(item.unit, deed.rules.directory))
        case "mediator":
            return tuple(m.person for m in after.members if m.part is Part.MEDIATOR)
        case "parties":
            return tuple(m.person for m in after.parties)
        case "newcomer":
            return tuple(m.person for m in after.parties if m not in before.members)
        case "doer":
            old = {(d.id, d.person) for d in before.duties}
            return tuple(d.person for d in after.duties if d.person and (d.id, d.person) not in old)
    return ()  # residents and homes: whoever delivers knows them


def _nothing(deed: Deed) -> None:
    del deed
