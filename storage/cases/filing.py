"""A report becomes a case."""

from dataclasses import replace

from cases import routing
from cases.life import act
from cases.model import Case, Party
from cases.states import CALL, Hat, Pending, State
from cases.views import CaseKey, NewCase
from storage.atdesk import AtDesk
from storage.cases import casefiles, storms
from storage.content import media, words
from storage.database.statements import new_id


def file(desk: AtDesk, new: NewCase) -> CaseKey:
    """A draft becomes one case, however often it is submitted, in the unit that answers for the place by now."""
    if new.draft is not None and (known := desk.cases_of_draft(new.draft).get(new.part)):
        return known
    new = replace(new, unit=desk.directory.living(new.unit))
    case = _case(desk, new)
    text, digest = words.keep(desk.connection, new.words)
    parties = [Party(new.person, new.hat, new.chat)]
    if new.subject is not None:
        subject = desk.people.subject(new.subject, proxy=new.person)
        chat = desk.people.chats_of([subject]).get(subject)
        parties.append(Party(subject, Hat.SUBJECT, chat, new.subject.relation[:20]))
    # each case has its own: what one forgets, the other keeps
    sent = media.copies(desk.connection, new.media) if new.shared else new.media
    change = act.report(case, tuple(parties), new.hat, desk.now, desk.rules, {}, new.words, sent)
    path = desk.directory.path(new.unit)
    lat, lon = map(str, new.point) if new.point else (None, None)
    extra = {"path": path, "draft": new.draft, "part": new.part, "tag": dict(new.tag), "lat": lat, "lon": lon}
    casefiles.create(desk.connection, change, text, digest, desk.cause, extra)
    if new.told:
        desk.outbox.notices(change, change.notices)
    return CaseKey(case.district, case.id)


def _case(desk: AtDesk, new: NewCase) -> Case:
    rules = desk.rules
    decides = routing.desk(new.unit, desk.directory) or new.unit
    if new.part == "complaint":
        decides = routing.desk(new.unit, desk.directory, above=decides) or decides
    district = new.unit[:6]
    number = casefiles.next_number(desk.connection, district, f"{desk.now.astimezone(rules.calendar.zone):%Y%m%d}")
    storm = None if new.private or new.outside else storms.of(desk, new.matter, new.unit)
    return Case(
        district=district,
        id=new_id(),
        number=number,
        matter=new.matter,
        unit=new.unit,
        desk=decides,
        state=State.WAITING,
        pending=CALL if new.call else Pending(),
        reported_at=desk.now,
        entered_at=desk.now,
        urgent=new.urgent,
        confidential=new.confidential,
        private=new.private,
        place=new.place,
        source=new.source,
        outside=new.outside,
        outside_due=new.outside_due,
        storm=storm,
        policy=rules.policy,
        taxonomy=rules.taxonomy,
    )
