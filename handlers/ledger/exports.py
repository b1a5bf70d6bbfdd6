"""/export: a ledger as a sheet. What stands in it of people is hidden, but for who holds the right and says why."""

from cases import routing
from cases.errors import Refused
from cases.people import Person, Role
from cases.ports import Directory
from handlers.context import Context
from handlers.ledger import commands

#: characters of a village's or community's code (docs/howto/a-place.md)
VILLAGE = 12


def export(context: Context, command: commands.Export) -> None:
    """Whoever takes names and numbers out is named to those one level above. Raises Refused without the right."""
    directory, person = context.desk.rules.directory, context.person
    if command.why and not may(person, command.unit, directory):
        raise Refused("refused.not_yours")
    context.desk.outbox.make(
        context.chat,
        person.id,
        "sheet",
        {
            "what": command.what,
            "of": command.unit,
            "full": bool(command.why),
        },
    )
    if not command.why:
        return
    # the nearest above where there is somebody else
    for reader in routing.coordinators(command.unit, directory, above=command.unit, without=(person.id,)):
        there = context.reading(reader)
        context.tell(
            reader,
            "told.export.full",
            by=person.name,
            unit=context.desk.items.unit_name(command.unit),
            what=there.text(f"sheet.{command.what}"),
            why=command.why,
        )


def may(person: Person, unit: str, directory: Directory) -> bool:
    """An administrator of the unit or above; of a village, its own coordinator, who sees them one by one anyway."""
    line = directory.line(unit)
    own = len(unit) >= VILLAGE and person.answers_for(line[:1], Role.COORDINATOR)
    return own or person.answers_for(line, Role.ADMIN)


def may_open(context: Context, unit: str) -> bool:
    return may(context.person, unit, context.desk.rules.directory)
