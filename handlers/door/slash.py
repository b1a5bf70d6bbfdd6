"""What each /command begins, where it is no more than a few lines."""

from cases.errors import Refused
from cases.ledger.model import Kind
from cases.people import WORKING, Role
from handlers import rights
from handlers.asking import engine
from handlers.cases import board as boards
from handlers.cases import lists
from handlers.chat import Message
from handlers.context import Context
from handlers.flows.export import NAMING
from handlers.ledger import acting, notices
from handlers.ledger.commands import Silence

#: ledgers that can be taken as a sheet
SHEETS = (*NAMING, "assessment")
#: what a deep link of ours may carry besides an invitation
LINKS = ("report",)


def start(context: Context) -> None:
    """/start, or a deep link: an invitation that binds this person to a role and a unit."""
    if context.argument in ("", *LINKS) or context.incoming is None:
        greet(context)
        return
    incoming, staffing = context.incoming, context.desk.staffing
    taken = staffing.redeem(context.argument, context.person.id, incoming.channel, incoming.user, context.district)
    if taken is None:
        raise Refused("refused.invitation")
    if taken.named:
        found = context.desk.unit(taken.unit)
        context.say("invite.taken", role=context.text(f"role.{taken.role}"), unit=found.name if found else taken.unit)
    else:
        context.start(
            "join",
            known=bool(context.person.phone_masked),
            mark=taken.mark,
            role=taken.role,
            unit=taken.unit,
            coordinators=list(taken.coordinators),
            opening=taken.opening,
        )


def greet(context: Context) -> None:
    if not context.person.posts:
        context.say("start")
        return
    posts = []
    for post in context.person.posts:
        unit = context.desk.unit(post.unit)
        posts.append(f"{unit.name if unit else post.unit} {context.text(f'role.{post.role}')}")
    context.say("start.staff", name=context.person.name, posts="、".join(posts))


def report(context: Context) -> None:
    context.say("menu.report")


def help_(context: Context) -> None:
    """What each can do, and not what others can."""
    person = context.person
    also = {
        "help.worker": person.serves(*WORKING),
        "help.coordinator": person.serves(Role.COORDINATOR),
        "help.staff": person.posts,
    }
    keys = ["help", *(key for key, own in also.items() if own)]
    context.send(Message("\n".join([*map(context.text, keys), "", context.text("help.urgent")])))


def mine(context: Context) -> None:
    lists.mine(context)


def tasks(context: Context) -> None:
    lists.tasks(context)


def board(context: Context) -> None:
    boards.board(context)


def export(context: Context) -> None:
    """Coordinators and leaders, of what lies under their posts."""
    rights.coordinating(context, *rights.OVERSEEING)
    context.start("export", what=list(SHEETS))


def leave(context: Context) -> None:
    """/leave 12-01 12-05; without days they are asked for; on leave, it offers to come back."""
    rights.serving(context)
    coming = context.desk.staffing.leave_of(context.person.id)
    context.start("leave", words=context.argument, away=coming is not None)


def staff(context: Context) -> None:
    rights.coordinating(context)
    context.start("staff")


def invite(context: Context) -> None:
    rights.coordinating(context, *rights.INVITING)
    context.start("invite")


def recruit(context: Context) -> None:
    rights.coordinating(context)
    context.start("recruit")


def person(context: Context) -> None:
    context.start("person", known=bool(context.person.phone_masked))


def privacy(context: Context) -> None:
    context.start("privacy", serves=bool(context.person.posts))


def language(context: Context) -> None:
    context.start("language")


def cancel(context: Context) -> None:
    newest = next(iter(context.desk.talks.open(context.chat, context.person.id)), None)
    if newest is None:
        context.say("talk.nothing_open")
    else:
        engine.cancel(context, newest)


def my_worker(context: Context) -> None:
    home = context.person.home
    if not home:
        context.say("menu.no_home")
        return
    unit, holder = context.desk.unit(home), context.desk.would_hold(home, context.person.id)
    name = unit.name if unit else ""
    supervision = context.desk.rules.at(home).supervision_phone
    if holder is None:
        context.say("menu.no_worker", unit=name, supervision=supervision)
    else:
        beside = context.desk.rules.directory.workers(holder.unit)
        others = [worker for worker in beside if worker.person not in (holder.person, context.person.id)]
        workers = [f"{worker.name} {worker.phone_masked}".rstrip() for worker in (holder, *others)]
        context.say("menu.my_worker", unit=name, workers="、".join(workers), supervision=supervision)


def quiet(context: Context) -> None:
    notices.silence(context, Silence(silent=True))


def unwilling(context: Context) -> None:
    """不想调解了: of a party to a mediation that is on. Raises Refused where there is none."""
    found = context.desk.items.lines(context.person, (Kind.MEDIATION,), states=("asking", "mediating"))
    if len(found) != 1:
        raise Refused("refused.no_mediation")
    acting.tapped(context, "refuse", found[0].id)
