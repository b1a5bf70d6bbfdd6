"""A storm: many reports of one thing within minutes. A coordinator says whether they are one."""

from cases.errors import Refused
from cases.views import CaseKey
from handlers.chat import Button, Message
from handlers.context import Context


def offer(context: Context, case: CaseKey) -> None:
    """After a report that made it many: each coordinator of the place is asked."""
    storm = context.desk.storm_to_offer(case)
    if storm is None:
        return
    for person in storm.coordinators:
        language = context.desk.person(person).language
        matter = context.world.taxonomy.matters[storm.matter].names
        context.tell(
            person, "storm.offer", urgent=True, count=storm.count, matter=matter.get(language) or matter["zh"],
            buttons=(("option.make_one", f"m.y.{storm.first}"), ("option.not_one", f"m.n.{storm.first}")),
        )  # fmt: skip


def answered(context: Context, first: CaseKey, *, one: bool) -> None:
    """归成一件: all that are open go on as the oldest. Raises Refused when it is none of theirs."""
    main, *others = context.desk.storm(first) or [first]
    number = context.desk.view(main, context.person.id).file.case.number
    if not one:
        context.say("storm.apart")
        return
    done = 0
    for key in others:
        try:
            context.desk.perform(key, "merge", context.person.id, context.chat, {"main": str(main)}, "", ())
        except Refused:  # finished meanwhile, or none of theirs: it goes its own way
            continue
        done += 1
    rows = ((Button(context.text("action.tell"), f"a.tell.{main}"),),)
    context.send(Message(context.text("storm.made_one", count=done, number=number), rows))
    context.desk.outbox.show(context.chat, context.person.id, main)
