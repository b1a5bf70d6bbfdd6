"""A dispute becomes a mediation; never where blows were spoken of."""

from cases.errors import Refused
from cases.ledger.model import Kind, Member, Part
from cases.ledger.views import NewItem
from cases.life.act import Actor, permitted
from cases.reading.masking import without_numbers
from cases.states import Hat
from cases.views import CaseKey
from handlers.context import Context
from handlers.ledger import opening


def mediation(context: Context, case: CaseKey) -> None:
    """转调解: the case's reporter is the first party. Never where blows were spoken of (反家暴条例, 人民调解法 25)."""
    desk = context.desk
    view = desk.view(case, context.person.id)
    permitted("mediate", view.file, Actor(context.person.id, view.hats))
    if desk.items.of_case(case, Kind.MEDIATION) is not None:
        raise Refused("refused.mediated_already")
    if any(violent(context, words) for words in (view.words, *(entry.words for entry in view.said))):
        raise Refused("refused.violence")
    if view.file.case.confidential and Hat.COORDINATOR not in view.hats:
        raise Refused("refused.coordinators_only")  # the holder is not to learn who reported it
    desk.perform(case, "mediate", context.person.id, context.chat, {}, "", ())
    voices = [party.person for party in view.file.voices]
    title = " · ".join(filter(None, (context.matter(view.file.case.matter), view.unit_name)))
    item = desk.items.open(
        NewItem(
            Kind.MEDIATION,
            view.file.case.unit,
            title,
            context.person.id,
            context.person.id,
            case,
            members=tuple(Member(person, Part.PARTY, unit=view.file.case.unit) for person in voices),
            words=without_numbers(view.words),
        )
    )
    opening.opened(context, item, "done.open.mediation")
    for person in voices:  # voluntary: each is asked himself, where he has a chat
        context.tell(
            person,
            "told.mediation.open",
            title=title,
            by=context.person.name,
            buttons=(("do.mediation.agree", f"i.agree.{item}"), ("do.mediation.refuse", f"i.refuse.{item}")),
        )


def violent(context: Context, words: str) -> bool:
    """Blows, weapons or threats, as the taxonomy lists them."""
    return any(word in words for word in context.world.taxonomy.violence)


def heard_blows(context: Context, item: int, words: str) -> None:
    """What is said later in a mediation may end it: said to who leads it, and to the coordinators."""
    if not violent(context, words):
        return
    view = context.desk.items.view(item, context.person.id)
    context.say("mediation.violence")
    for person in opening.staff(context, view.file.item.unit):
        if person != context.person.id:
            context.tell(
                person,
                "told.mediation.violence",
                number=view.file.item.number,
                title=view.file.title,
                buttons=(("option.look", f"i.show.{item}"),),
            )
