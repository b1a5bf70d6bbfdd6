"""Who may read what of an item: one rule for cards, lists, sheets and messages."""

from collections.abc import Sequence

from cases.ledger.model import Item, Kind, Part
from cases.people import Person, Role
from cases.ports import Directory

#: of a mediation, those who read what was said in it
LEADING = frozenset({Part.KEEPER, Part.AUTHOR, Part.MEDIATOR, Part.STAFF})
#: those to whom a household is a household, and not one of many
NEAR = frozenset({Part.KEEPER, Part.AUTHOR, Part.WORKER, Part.PARTY})


def works(person: Person, line: Sequence[str], directory: Directory) -> bool:
    """A grid worker of the unit at the beginning of this line; a micro-grid has its grid's."""
    grid = [code for code in line[:2] if directory.is_grid(code)]
    return person.answers_for((*line[:1], *grid), Role.WORKER)


def decides(person: Person, line: Sequence[str], directory: Directory) -> bool:
    """A coordinator of the unit itself or of the one right above it; of a micro-grid, its grid's."""
    reach = 3 if len(line) > 1 and directory.is_grid(line[1]) else 2
    return person.answers_for(line[:reach], Role.COORDINATOR)


def near(person: Person, unit: str, keeper: int | None, by: int | None, directory: Directory) -> bool:
    """Whether a household's name is theirs to read: who looks after it, wrote it down, or decides there."""
    line = directory.line(unit)
    wrote = by == person.id and any(post.unit in line for post in person.posts)
    return keeper == person.id or wrote or works(person, line, directory) or decides(person, line, directory)


def far(parts: frozenset[Part], person: Person, item: Item, directory: Directory) -> bool:
    """Of a household: whoever is far from it sees how many things are open, and not whose."""
    return item.kind is Kind.HOUSEHOLD and not (parts & NEAR or decides(person, directory.line(item.unit), directory))


def head_only(parts: frozenset[Part], item: Item) -> bool:
    """What is said in a mediation is for those who lead it: not for the other side, nor for a leader above."""
    return item.kind is Kind.MEDIATION and not parts & LEADING


def hidden(name: str) -> str:
    """A household's name, for who is far from it."""
    return f"{name[:1]}**"
