"""A storm: many reports of one thing within minutes. A coordinator says whether they are one."""

from cases import routing
from cases.errors import Refused
from cases.reading.sameness import COMES_BACK, COMES_BACK_DAYS
from cases.states import Hat
from cases.views import CaseKey
from handlers.chat import Button, Message
from handlers.context import Context, matter_name


def offer(context: Context, case: CaseKey) -> None:
    """After a report that made it many: each coordinator of the place is asked."""
    storm = context.desk.storm_to_offer(case)
    if storm is None:
        return
    for person in storm.coordinators:
        first = context.desk.view(storm.first, person)
        name = matter_name(context.world, context.desk.person(person).language, storm.matter)
        context.tell(
            person,
            "storm.offer",
            urgent=True,
            once=storm.mark,
            count=storm.count,
            matter=name,
            number=first.file.case.number,
            place=first.file.case.place or first.unit_name,
            buttons=(
                ("option.make_one", f"m.y.{storm.first}"),
                ("option.not_one", f"m.n.{storm.first}"),
                ("option.details", f"s.{storm.first}"),
            ),
        )


def comes_back(context: Context, case: CaseKey) -> None:
    """The same spot for the third time in 30 days: it was mended badly, or never. Said once, at the third."""
    known = context.desk.view(case, context.person.id).file.case
    matter = context.world.taxonomy.matters.get(known.matter)
    if matter is None or matter.sensitive or context.desk.came_before(case, matter.near) != COMES_BACK:
        return
    for person in routing.coordinators(known.desk, context.desk.rules.directory):
        language = context.desk.person(person).language
        context.tell(
            person,
            "alert.comes_back",
            number=known.number,
            matter=matter.names.get(language) or matter.names["zh"],
            place=known.place,
            times=COMES_BACK,
            days=COMES_BACK_DAYS,
            buttons=(("option.details", f"s.{case}"),),
        )


def answered(context: Context, one: bool, first: CaseKey) -> None:
    """归成一件: all that are open go on as the oldest. Raises Refused when it is none of theirs."""
    main, *others = context.desk.storm(first) or [first]
    view = context.desk.view(main, context.person.id)
    if Hat.COORDINATOR not in view.hats:
        raise Refused("refused.no_case")
    number = view.file.case.number
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
    if not done:  # asked twice, and the other question was answered first
        context.say("storm.nothing", number=number)
        return
    rows = ((Button(context.text("action.tell"), f"a.tell.{main}"),),)
    context.send(Message(context.text("storm.made_one", count=done, number=number), rows))
    context.desk.outbox.show(context.chat, context.person.id, main)
