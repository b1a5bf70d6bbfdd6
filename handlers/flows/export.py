"""导出: a ledger as a sheet, people hidden in it or in full."""

from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.units import pick_unit
from handlers.ledger.commands import Export

#: sheets that hold people's words
NAMING = ("cases", "ledger", "visits", "mediation", "works", "patrols")
#: whether they are hidden in them
HOW = ("masked", "full")


@flow("export", version=2, staff=True)
def export(what: list[str]) -> Flow:
    """A ledger as a sheet; numbers and doors hidden."""
    chosen = yield choose("ask.export.what", [Option(name, f"sheet.{name}") for name in what])
    unit = yield from pick_unit("ask.export.unit", whose="leaders")
    how = HOW[0]
    if (yield Look("may_open", (unit,))) and chosen in NAMING:
        how = yield choose("ask.export.how", [Option(how, f"option.export_{how}") for how in HOW])
    if how == HOW[0]:
        return [Export(chosen, unit)]
    why: Said = yield ask("ask.export.why", "words")
    return [Export(chosen, unit, why.words)]
