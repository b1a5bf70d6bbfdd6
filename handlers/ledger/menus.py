"""/needs, /visit and the other doors to the ledger: what is to be done, what there is, what one can begin."""

from collections.abc import Callable, Sequence

from cases.errors import Refused
from cases.ledger.model import Kind
from cases.ledger.views import DutyLine
from cases.people import Role
from handlers import rights
from handlers.chat import Button, Message, in_rows
from handlers.context import Context
from handlers.ledger import cards

#: duties and items that are listed
DUTIES, ITEMS, BELOW = 8, 12, 10


def needs(context: Context) -> None:
    """A resident says what is needed; those who look after people see whom, what, and what is due."""
    if not context.person.serves(*rights.CARING):
        for line in context.desk.items.lines(context.person, (Kind.HOUSEHOLD,), states=("living",))[:1]:
            context.send(cards.card(context, context.desk.items.view(line.id, context.person.id)))
        context.start(
            "needs",
            consented=context.person.consented_at is not None,
            named=bool(context.person.name),
            home=context.person.home,
        )
        return
    _needs(context, "")


def _needs(context: Context, unit: str) -> None:
    desk, person = context.desk, context.person
    seen = list(dict.fromkeys(post.unit for post in person.serves(*rights.OVERSEEING)))
    text = [context.text("needs.head")]
    rows: list[tuple[Button, ...]] = []
    if not unit:
        mine = [duty for duty in desk.items.duties_of(person.id) if duty.of is Kind.HOUSEHOLD]
        text += [cards.own_duty(context, duty) for duty in mine[:DUTIES]] or [context.text("needs.nothing_due")]
        rows += [(_duty(context, duty),) for duty in mine[:DUTIES]]
    at = [unit] if unit else seen
    text += [_counted(context, one) for one in at]
    below_ = _below(context, at[0]) if len(at) == 1 else _named(context, at)
    rows += [(Button(f"{name} ▸"[:40], f"n.{code}"),) for code, name in below_]
    found = desk.items.lines(person, (Kind.HOUSEHOLD,), unit, ("living",))
    text += [cards.line(context, line) for line in found[:ITEMS]]
    rows += [(cards.button(context, line),) for line in found[:ITEMS]]
    if not unit:
        rows += in_rows([Button(context.text("option.household"), "o.household")])
    context.send(Message("\n".join(text), tuple(rows)))


def below(context: Context, unit: str) -> None:
    """Raises Refused for a unit that is none of theirs."""
    rights.over(context, unit, *rights.OVERSEEING)
    _needs(context, unit)


def _below(context: Context, unit: str) -> Sequence[tuple[str, str]]:
    return [(u.code, u.name) for u in context.desk.children(unit) if u.level not in ("micro", "department")][:BELOW]


def _named(context: Context, units: Sequence[str]) -> Sequence[tuple[str, str]]:
    return [(found.code, found.name) for found in map(context.desk.unit, units) if found]


def _counted(context: Context, unit: str) -> str:
    """Three levels see figures of all below: households, needs, visits due and overdue."""
    found = context.desk.unit(unit)
    living = context.desk.items.counts((Kind.HOUSEHOLD,), unit).get("living", 0)
    due = context.desk.items.due_counts(unit)
    needs_, care = due.get("need", (0, 0)), due.get("care", (0, 0))
    return context.text(
        "needs.counts",
        unit=found.name if found else "",
        living=living,
        needs=needs_[0],
        needs_late=needs_[1],
        care=care[0],
        care_late=care[1],
    )


def visit(context: Context) -> None:
    """An evening that is not over goes on; else a new one."""
    rights.serving(context, *rights.LISTENING)
    for line in context.desk.items.lines(context.person, (Kind.VISIT,), states=("open",)):
        if line.by == context.person.id:
            view = context.desk.items.view(line.id, context.person.id)
            context.send(cards.card(context, view, head=context.text("visit.goes_on")))
            return
    context.start("visit")


def duties(context: Context) -> None:
    """Everything of the ledger that somebody has to do, in one list."""
    found = context.desk.items.duties_of(context.person.id)
    if not found:
        context.say("duties.none")
        return
    text = [context.text("duties.head", count=len(found)), *(cards.own_duty(context, d) for d in found[:ITEMS])]
    context.send(Message("\n".join(text), tuple((_duty(context, d),) for d in found[:ITEMS])))


def _duty(context: Context, duty: DutyLine) -> Button:
    return Button(f"{duty.title[:14]} · {cards.what(context, duty.kind, duty.words)}"[:40], f"i.show.{duty.item}")


def listed(kind: Kind, *, begin: str = "") -> Callable[[Context], None]:
    """A list of what there is of a kind, and a button to begin another."""

    def menu(context: Context) -> None:
        rights.serving(context)
        found = context.desk.items.lines(context.person, (kind,))
        text = [context.text(f"ledger.list.{kind}", count=len(found))]
        text += [cards.line(context, line) for line in found[:ITEMS]]
        rows = [(cards.button(context, line),) for line in found[:ITEMS]]
        if begin and context.person.serves(Role.COORDINATOR):
            rows.append((Button(context.text(f"option.begin_{begin}"), f"o.{begin}"),))
        context.send(Message("\n".join(text), tuple(rows)))

    return menu


#: conversations that a button of these menus begins
BEGUN = ("household", "patrol", "notice", "contest", "roster")
#: those that everybody who serves may begin
OPEN_TO_ALL = ("household", "contest")


def begin(context: Context, what: str) -> None:
    """Raises Refused for who may not, and for a forged button."""
    if what not in BEGUN:
        raise Refused("refused.no_case")
    if what in OPEN_TO_ALL:
        rights.serving(context, *rights.CARING)
    else:
        rights.coordinating(context)
    context.start(what)
