"""Who may begin what, by the posts people hold; what may be done to a case or an item stands in their tables.

Each raises Refused, in the words of what is in the way. Asked again when it is done: a question can outlive a post.
"""

from cases.errors import Refused
from cases.people import Person, Post, Role
from cases.ports import Directory
from handlers.context import Context

#: those who see figures and lists of all that lies below them
OVERSEEING = (Role.COORDINATOR, Role.LEADER)
#: those who let others in
INVITING = (Role.COORDINATOR, Role.ADMIN)
#: those who hold evenings with residents
LISTENING = (*OVERSEEING, Role.WORKER)
#: those who look after households
CARING = (Role.WORKER, Role.MICRO, Role.VOLUNTEER, Role.COORDINATOR, Role.LEADER, Role.MEDIATOR)


def serving(context: Context, *roles: Role) -> None:
    """In one of these roles, or in any."""
    if not (context.person.serves(*roles) if roles else context.person.posts):
        raise Refused("refused.staff_only")


def coordinating(context: Context, *roles: Role) -> tuple[Post, ...]:
    """The posts as a coordinator, or in one of these roles."""
    posts = context.person.serves(*(roles or (Role.COORDINATOR,)))
    if not posts:
        raise Refused("refused.coordinators_only")
    return posts


def oversees(person: Person, unit: str, directory: Directory) -> bool:
    """As a coordinator or leader of it or above it, and not as the one who is rated there."""
    return person.answers_for(directory.line(unit), *OVERSEEING)


def over(context: Context, unit: str, *roles: Role) -> None:
    """This unit, as its coordinator or one above it, or in one of these roles."""
    if not context.person.answers_for(context.desk.rules.directory.line(unit), *(roles or (Role.COORDINATOR,))):
        raise Refused("refused.not_your_unit")
