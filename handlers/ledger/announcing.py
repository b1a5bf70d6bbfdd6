"""What was done to an item, told to each whom it concerns, in his own language, with what he can do about it."""

from datetime import datetime
from typing import Any

from cases.ledger.act import parts
from cases.ledger.model import Item, ItemChange, ItemFile, Kind, Part
from cases.ledger.table import TABLE
from cases.views import CaseKey
from handlers.context import Context
from handlers.ledger import cards

#: what a party, or a household's own, is shown no button for
PLAIN = frozenset({Part.PARTY})


def announce(context: Context, change: ItemChange) -> None:
    """Each in his own language, with what he can do about it."""
    desk, item = context.desk, change.file.item
    told = dict.fromkeys(person for _, person in change.told)
    for audience, person in change.told:
        who = desk.person(person)
        worn = parts(who, change.file, desk.rules.directory)
        offered = cards.told_buttons(change.file, worn) if worn - PLAIN or _is_asked(change.file, person) else ()
        proof = change.note.media if audience == "parties" else ()
        context.tell(
            person,
            key(context, change, audience),
            buttons=offered,
            media=proof,
            **facts(context.reading(person), change, context.person.name),
        )
    row = TABLE[item.kind, change.note.action]
    if "residents" in row.tells and item.case is not None:
        for person in desk.items.hearing(item.district, item.case):
            if person != context.person.id and person not in told:
                context.tell(
                    person,
                    key(context, change, "residents"),
                    media=change.note.media,
                    buttons=_unsolved(item),
                    **facts(context.reading(person), change, context.person.name),
                )


def _unsolved(item: Item) -> tuple[tuple[str, str], ...]:
    """没解决, under what is said to be finished."""
    if item.case is None or (item.kind, item.state) != (Kind.WORK, "finished"):
        return ()
    return (("action.dispute", f"a.dispute.{CaseKey(item.district, item.case)}"),)


def _is_asked(file: ItemFile, person: int) -> bool:
    """A party to a mediation who did not answer yet."""
    return file.item.kind is Kind.MEDIATION and any(m.person == person and not m.answer for m in file.parties)


def key(context: Context, change: ItemChange, audience: str) -> str:
    """The most special sentence there is: of the state it came to, for this audience, of the action."""
    item = change.file.item
    keys = (f"told.{item.kind}.{item.state}", f"told.{item.kind}.{change.note.action}.{audience}")
    return next((k for k in keys if context.world.texts.has(k)), f"told.{item.kind}.{change.note.action}")


def facts(context: Context, change: ItemChange, by: str) -> dict[str, Any]:
    """`context`: of the reader, in whose language moments are said; `by`: who did it."""
    item, given = change.file.item, change.note.given
    day = datetime.fromisoformat(str(given["day"])) if given.get("day") else None
    time = datetime.fromisoformat(str(given["time"])) if given.get("time") else None
    sent = context.text("card.media_only") if change.note.media else ""
    keeper = context.desk.person(item.keeper).name if item.keeper else ""
    return {
        "number": item.number,
        "title": change.file.title,
        "words": change.note.words or sent,
        "by": by,
        "keeper": keeper,
        "day": context.when(time) if time else context.day(day) if day else "",
    }
