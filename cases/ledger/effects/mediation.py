"""调解: voluntary from beginning to end; what was agreed has a day, and a month to go to court together."""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.errors import Refused
from cases.ledger.effects.deed import Deed
from cases.ledger.model import Member, Part
from cases.timing.deadlines import MEDIATION

#: 人民调解法 33: a joint request within thirty days of taking effect
COURT_DAYS = 30


def party(deed: Deed) -> None:
    """One more in dispute; whoever lives under another desk lifts it to the unit above both."""
    new = Member(int(deed.given["person"]), Part.PARTY, unit=str(deed.given.get("unit") or deed.item.unit))
    if any(m.person == new.person for m in deed.file.parties):
        raise Refused("refused.party_there")
    deed.file = replace(deed.file, members=(*deed.file.members, new))
    own = deed.rules.directory.line(deed.item.unit)
    theirs = set(deed.rules.directory.line(new.unit))
    deed.change(unit=next((code for code in own if code in theirs), deed.item.unit))
    if deed.item.state == "mediating":  # nobody is bound by what others agreed to
        deed.enter("asking")


def _answer(deed: Deed, answer: str) -> None:
    who, parties = int(deed.given["member"]), {m.person for m in deed.file.parties}
    if who not in parties or (deed.by in parties and deed.by != who):  # nobody answers for the other side
        raise Refused("refused.answered")
    if any(m.person == who and m.part is Part.PARTY and m.answer == answer for m in deed.file.members):
        raise Refused("refused.there_already")
    members = tuple(
        replace(m, answer=answer) if m.person == who and m.part is Part.PARTY else m for m in deed.file.members
    )
    deed.file = replace(deed.file, members=members)


def agree(deed: Deed) -> None:
    """同意调解: voluntary; it begins when all of them, two at least, have agreed."""
    _answer(deed, "agreed")
    parties = deed.file.parties
    if len(parties) > 1 and all(m.answer == "agreed" for m in parties):
        deed.enter("mediating")
        if not any(d.kind == "term" for d in deed.file.open):
            deed.due("term", deed.now + MEDIATION, _mediator(deed))


def refuse(deed: Deed) -> None:
    """不同意调解: from the beginning to the end, one word of one party is enough (人民调解法 17)."""
    _answer(deed, "refused")


def _mediator(deed: Deed) -> int | None:
    return next((m.person for m in deed.file.members if m.part is Part.MEDIATOR), None)


def assign(deed: Deed) -> None:
    person = int(deed.given["person"])
    if any(m.person == person and m.part is Part.MEDIATOR for m in deed.file.members):
        raise Refused("refused.mediator_there")
    deed.file = replace(deed.file, members=(*deed.file.members, Member(person, Part.MEDIATOR)))
    for duty in deed.file.open:
        deed.set(duty.id, person=person)


def meet(deed: Deed) -> None:
    at = datetime.fromisoformat(str(deed.given["time"]))
    if at <= deed.now:
        raise Refused("refused.past")
    deed.end("session")
    deed.due("session", at, _mediator(deed))


def session(deed: Deed) -> None:
    deed.end("session")
    deed.note(sessions=int(deed.item.facts.get("sessions", 0)) + 1)


def extend(deed: Deed) -> None:
    for duty in deed.file.open:
        if duty.kind == "term":
            later = duty.due + MEDIATION
            deed.set(duty.id, due=later, told=0, due_before=duty.due_before or duty.due)
            deed.given["day"] = later.isoformat()


def settle(deed: Deed) -> None:
    """达成协议: by when it is performed, and until when a court can confirm it."""
    deed.end("term", "session")
    deed.note(settled=True)
    deed.due("performance", deed.day(), _mediator(deed), deed.words)
    deed.due("court", deed.now + timedelta(days=COURT_DAYS), _mediator(deed))


def fail(deed: Deed) -> None:
    deed.note(settled=False)


def court(deed: Deed) -> None:
    deed.end("court")
    deed.note(court=str(deed.given["court"]))


def perform(deed: Deed) -> None:
    deed.end("performance")
    deed.note(performed=True)


def breach(deed: Deed) -> None:
    deed.note(performed=False)
