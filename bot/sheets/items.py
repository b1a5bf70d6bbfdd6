"""The other ledgers: households, visits, mediation, works, patrols."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot.sheets.book import Columns, book
from bot.sheets.words import Words
from cases.ledger.model import Kind
from storage.ledger.ledgers import DutyRow, ItemRow

ITEMS = (
    ("number", 24),
    ("unit", 18),
    ("title", 34),
    ("state", 12),
    ("keeper", 12),
    ("by", 12),
    ("created", 17),
    ("entered", 17),
    ("open_duties", 10),
    ("late_duties", 10),
    ("done_duties", 10),
    ("next_due", 17),
)
#: what a kind has besides
EXTRA: dict[Kind, Columns] = {
    Kind.VISIT: (("settled", 10), ("listed", 10), ("pressed", 10), ("discipline", 10), ("old", 10)),
    Kind.MEDIATION: (("sessions", 10), ("settled", 10), ("performed", 10), ("court", 20)),
}
DUTIES = (
    ("number", 24),
    ("title", 24),
    ("duty", 14),
    ("words", 44),
    ("holder", 12),
    ("unit", 18),
    ("due", 17),
    ("state", 10),
    ("done_at", 17),
)
#: what the sheet of a kind is called
KINDS = {
    Kind.HOUSEHOLD: "ledger",
    Kind.VISIT: "visits",
    Kind.MEDIATION: "mediation",
    Kind.WORK: "works",
    Kind.PATROL: "patrols",
}


def write(file: Path, words: Words, kind: Kind, rows: Iterable[ItemRow], duties: Iterable[DutyRow]) -> int:
    """A ledger, and on a second sheet what is to be done of it. Of a household only the family name stands there."""
    extra = EXTRA.get(kind, ())
    with book(file, words) as made:
        count = made.sheet(KINDS[kind], (*ITEMS, *extra), (_item(words, kind, row, extra) for row in rows))
        made.sheet("duties", DUTIES, (_duty(words, kind, row) for row in duties))
        return count


def _item(words: Words, kind: Kind, row: ItemRow, extra: Columns) -> tuple[Any, ...]:
    more = (
        words.say(f"ledger.court.{row.facts['court']}")
        if name == "court" and "court" in row.facts
        else row.facts.get(name, "" if name == "court" else 0)
        for name, _ in extra
    )
    return (
        row.number,
        row.unit,
        words.titled(kind, row.title),
        words.say(f"ledger.state.{row.state}"),
        row.keeper,
        words.household(kind, row.by),
        words.local(row.created_at),
        words.local(row.entered_at),
        row.open,
        row.late,
        row.done,
        words.local(row.next_due),
        *(int(m) if isinstance(m, bool) else m for m in more),
    )


def _duty(words: Words, kind: Kind, row: DutyRow) -> tuple[Any, ...]:
    state = words.say(f"duty.state.{row.state}")
    return (
        row.number,
        words.titled(kind, row.title),
        words.say(f"duty.{row.kind}"),
        words.household(kind, row.words),
        row.person,
        row.unit,
        words.local(row.due),
        state,
        words.local(row.done_at),
    )
