"""A dispute becomes a mediation; never where blows were spoken of."""

from cases.errors import Refused
from cases.ledger.model import Kind, Member, Part
from cases.ledger.views import NewItem
from cases.model import Hat
from cases.views import CaseKey
from handlers.context import Context
from handlers.ledger import opening


def mediation(context: Context, case: CaseKey) -> None:
    """转调解: the case's reporter is the first party. Never where blows were spoken of (反家暴条例, 人民调解法 25)."""
    desk = context.desk
    view = desk.view(case, context.person.id)
    if desk.items.of_case(case, Kind.MEDIATION) is not None:
        raise Refused("refused.mediated_already")
    if violent(context, view.words):
        raise Refused("refused.violence")
    desk.perform(case, "mediate", context.person.id, context.chat, {}, "", ())
    if view.file.case.confidential and Hat.COORDINATOR not in view.hats:
        raise Refused("refused.coordinators_only")  # the holder is not to learn who reported it
    voices = [party.person for party in view.file.voices]
    title = " · ".join(filter(None, (context.matter(view.file.case.matter), view.unit_name)))
    item = desk.items.open(NewItem(
        Kind.MEDIATION, view.file.case.unit, title, context.person.id, context.person.id, case,
        members=tuple(Member(person, Part.PARTY, unit=view.file.case.unit) for person in voices),
    ))  # fmt: skip
    opening.opened(context, item, "done.open.mediation")


def violent(context: Context, words: str) -> bool:
    police = [h for h in context.world.taxonomy.handoffs if h.id in ("police", "minor_protect")]
    return any(word in words for handoff in police for word in handoff.keywords)
