"""What an item of the ledger looks like to one person, as it is now."""

from collections.abc import Iterator
from datetime import datetime

from cases.ledger import sight
from cases.ledger.model import Duty, ItemFile, Kind, Part
from cases.ledger.table import buttons
from cases.ledger.views import DutyLine, ItemLine, ItemView
from cases.reading.masking import without_numbers
from handlers.chat import Button, Message, in_rows
from handlers.context import Context

#: lines of history and of duties on a card
NOTES, DUTIES = 5, 8


def card(context: Context, view: ItemView, *, head: str = "") -> Message:
    item = view.file.item
    lines = [head] if head else []
    lines.append(
        context.text(
            "ledger.head",
            kind=context.text(f"ledger.{item.kind}"),
            number=item.number,
            title=title(context, view),
            state=context.text(f"ledger.state.{item.state}"),
        )
    )
    keeper = view.people.get(item.keeper or 0)
    lines.append(context.text("ledger.where", unit=view.unit_name, keeper=keeper.name if keeper else "—"))
    if far(context, view):  # whoever is far from a household sees how many things are open, and not which
        late = sum(duty.due <= context.desk.now for duty in view.file.open)
        lines.append(context.text("ledger.far", count=len(view.file.open), late=late))
        return Message("\n".join(lines))
    if sight.head_only(view.parts, item):
        return Message("\n".join(lines), in_rows(_offered(context, view)))
    lines += [*_members(context, view), *_facts(context, view), *_duties(context, view), *_notes(context, view)]
    media = tuple(dict.fromkeys(number for note in view.notes[-NOTES:] for number in note.media))
    return Message("\n".join(lines), in_rows(_offered(context, view)), media)


def _offered(context: Context, view: ItemView) -> list[Button]:
    item = view.file.item
    answered = any(m.person == context.person.id and m.answer for m in view.file.parties)
    left_out = {(Kind.NOTICE, "send")} | ({(Kind.MEDIATION, "agree")} if answered else set())
    found = [
        Button(context.text(f"do.{item.kind}.{action}"), f"i.{action}.{item.id}")
        for action in buttons(item.kind, item.state, view.parts)
        if (item.kind, action) not in left_out
    ]
    if may_print(view):
        found.append(Button(context.text("option.papers"), f"i.papers.{item.id}"))
    return found


def may_print(view: ItemView) -> bool:
    """The papers of a mediation are for those who lead it."""
    return view.file.item.kind is Kind.MEDIATION and bool(view.parts & {Part.STAFF, Part.MEDIATOR, Part.KEEPER})


def title(context: Context, view: ItemView) -> str:
    """A household's name is for those near it; further up it is one of many."""
    return sight.hidden(view.file.title) if far(context, view) else view.file.title


def far(context: Context, view: ItemView) -> bool:
    return sight.far(view.parts, context.person, view.file.item, context.desk.rules.directory)


def _members(context: Context, view: ItemView) -> Iterator[str]:
    for member in view.file.members:
        person = view.people.get(member.person)
        answer = context.text(f"ledger.answer.{member.answer or 'none'}") if member.part is Part.PARTY else ""
        if view.file.item.kind is Kind.MEDIATION:
            name = person.name if person else ""
            yield context.text(f"ledger.{member.part}", name=name, answer=answer)


def _facts(context: Context, view: ItemView) -> Iterator[str]:
    """Figures of an evening, by mark."""
    facts = view.file.item.facts
    if view.file.item.kind is Kind.VISIT:
        yield context.text(
            "visit.figures",
            **{mark: facts.get(mark, 0) for mark in MARKS},
            gathered=sum(int(facts.get(mark, 0)) for mark in MARKS),
        )
    if (answer := facts.get("court")) is not None:
        yield context.text(f"ledger.court.{answer}")


#: 当场解决, 列入清单, 督办部门, 转纪检监察, 化解积案
MARKS = ("settled", "listed", "pressed", "discipline", "old")


def _duties(context: Context, view: ItemView) -> Iterator[str]:
    for duty in view.file.open[:DUTIES]:
        if duty.kind in ("mailing", "weekly"):
            continue
        person = view.people.get(duty.person or 0)
        yield duty_line(context, duty, person.name if person else "")
    done = sum(d.state == "done" for d in view.file.duties)
    if done:
        yield context.text("ledger.done", count=done)


def duty_line(context: Context, duty: Duty, name: str) -> str:
    late = duty.due <= context.desk.now
    return context.text(
        "ledger.duty_late" if late else "ledger.duty",
        what=what(context, duty.kind, duty.words),
        due=by(context, duty.kind, duty.due),
        name=name,
    )


def by(context: Context, kind: str, due: datetime) -> str:
    """A session has an hour; everything else has a day."""
    return context.when(due) if kind == "session" else context.day(due)


def what(context: Context, kind: str, words: str) -> str:
    return words[:60] or context.text(f"duty.{kind}")


def _notes(context: Context, view: ItemView) -> Iterator[str]:
    told = [note for note in view.notes if note.words]
    for note in told[-NOTES:]:
        known = f"do.{view.file.item.kind}.{note.action}"
        label = context.text("ledger.opened" if note.action == "open" else known)
        yield f"{context.when(note.at)} {label}：{without_numbers(note.words)[:200]}"


def line(context: Context, found: ItemLine) -> str:
    return context.text(
        "ledger.line",
        number=found.number,
        title=_titled(context, found),
        unit=found.unit_name,
        state=context.text(f"ledger.state.{found.state}"),
        keeper=found.keeper or "—",
    )


def _titled(context: Context, found: ItemLine) -> str:
    known = found.kind is not Kind.HOUSEHOLD or sight.near(
        context.person, found.unit, found.keeper_id, found.by, context.desk.rules.directory
    )
    return found.title if known else sight.hidden(found.title)


def button(context: Context, found: ItemLine) -> Button:
    return Button(f"{found.number[-4:]} {_titled(context, found)}"[:40], f"i.show.{found.id}")


def own_duty(context: Context, found: DutyLine) -> str:
    late = found.due <= context.desk.now
    due = by(context, found.kind, found.due)
    return context.text(
        "ledger.own_late" if late else "ledger.own",
        title=found.title[:20],
        what=what(context, found.kind, found.words),
        due=due,
    )


def told_buttons(file: ItemFile, parts: frozenset[Part]) -> tuple[tuple[str, str], ...]:
    """(key of the label, data): what whoever is told of it can do at once."""
    item = file.item
    offered = [
        (f"do.{item.kind}.{action}", f"i.{action}.{item.id}") for action in buttons(item.kind, item.state, parts)
    ]
    return (*offered, ("option.look", f"i.show.{item.id}"))
