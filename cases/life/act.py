"""One action on one case: permitted by the table, worked by its effect, told as the row says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cases import routing
from cases.errors import Refused
from cases.life import audience, schedule
from cases.life.effects import EFFECTS, Deed
from cases.life.lifecycle import REPORT, TABLE, Row, Tell
from cases.model import Case, CaseFile, Change, Entry, Notice, Party, Round
from cases.people import Person, Role
from cases.ports import Rules
from cases.states import Hat


@dataclass(frozen=True, slots=True)
class Actor:
    #: None: the clock
    person: int | None
    hats: frozenset[Hat]


CLOCK = Actor(None, frozenset({Hat.CLOCK}))


def hats(person: Person, file: CaseFile, rules: Rules) -> frozenset[Hat]:
    """What this person is to this case. About private cases, only coordinators from the desk upward."""
    case = file.case
    worn = {party.part for party in file.parties if party.person == person.id}
    if file.worker == person.id:
        worn.add(Hat.HOLDER)
    if file.offer and file.offer.person == person.id:
        worn.add(Hat.RECEIVER)
    worn |= {
        audience.TOGETHER[a.state]
        for a in file.assignments
        if not a.lead and a.person == person.id and a.state in audience.TOGETHER
    }
    line = rules.directory.line(case.desk if case.private else case.unit)
    if person.answers_for(line, Role.COORDINATOR):
        worn.add(Hat.COORDINATOR)
    return frozenset(worn)


#: what somebody is who did it already, and taps again
BECAME = {"take": Hat.HOLDER, "join": Hat.PART, "part_done": Hat.HELPER}


def permitted(action: str, file: CaseFile, actor: Actor) -> Row:
    """The row of the table. Raises Refused, in the words of what is in the way."""
    row = TABLE[action]
    if not row.by & actor.hats:
        raise Refused("refused.there_already" if BECAME.get(action) in actor.hats else "refused.not_yours")
    if file.case.state not in row.begins and file.case.state is row.ends:
        raise Refused("refused.there_already")  # tapped twice, or by somebody else meanwhile
    if file.case.state not in row.begins:
        raise Refused("refused.state", state=file.case.state, refused=file.round.outcome == "refused")
    if not row.fits(file):
        raise Refused("refused.not_now", action=action)
    return row


def act(
    file: CaseFile,
    action: str,
    actor: Actor,
    now: datetime,
    rules: Rules,
    given: Mapping[str, Any] | None = None,
    *,
    words: str = "",
    media: tuple[int, ...] = (),
    step: int = 0,
    whole: bool = True,
) -> Change:
    """What `action` makes of the case. `step`: of an overdue one, the level above that hears of it; with `whole` those
    of the desk too. Raises Refused when the table, or the effect's own guard, says no."""
    row = permitted(action, file, actor)
    worn = min(row.by & actor.hats)
    deed = Deed(file, row, actor.person, worn, now, rules.at(file.case.unit), dict(given or {}), words, media, step)
    after = EFFECTS.get(action, _nothing)(deed)
    # whoever heard the first word has it on his list by now
    tells = tuple(tell for tell in deed.row.tells if whole or not step or tell.audience != "coordinator")
    return _finished(file, after, deed, tells)


def report(
    case: Case,
    parties: tuple[Party, ...],
    by: Hat,
    now: datetime,
    rules: Rules,
    given: Mapping[str, Any],
    words: str,
    media: tuple[int, ...] = (),
) -> Change:
    """The first entry: the case waits, and the clock looks for its holder at once."""
    file = CaseFile(case, Round(1), (), parties)
    deed = Deed(file, REPORT, parties[0].person, by, now, rules.at(case.unit), dict(given), words, media)
    return _finished(None, file, deed, REPORT.tells)


def tick(file: CaseFile, now: datetime, rules: Rules) -> Change | None:
    """What the clock has to do to the case now; None: nothing any more."""
    rules = rules.at(file.case.unit)
    moment = schedule.due_now(file, now, rules)
    if moment is None:
        return None
    change = _ticked(file, moment, now, rules)
    if change is None or change.file.case.state is not file.case.state or moment.action in schedule.BESIDE:
        return change
    case = replace(change.file.case, clocked_at=now)  # all that passed until now was said by the gravest of it
    after = replace(change.file, case=case)
    return replace(change, file=replace(after, case=replace(case, next_at=schedule.next_at(after, rules))))


def _ticked(file: CaseFile, moment: schedule.Moment, now: datetime, rules: Rules) -> Change | None:
    given: dict[str, Any] = {"why": moment.why} if moment.why else {}
    if moment.action == "dispatch":
        choice = routing.pick(file, rules, now)
        if choice is None:
            if routing.coordinators_know(file):
                return None
            why = "nobody" if rules.admits(file.case.matter) else "not_admitted"
            return act(file, "overdue", CLOCK, now, rules, {"why": why})
        return act(file, "dispatch", CLOCK, now, rules, chosen(choice))
    return act(file, moment.action, CLOCK, now, rules, given, step=moment.step, whole=moment.late)


def chosen(choice: routing.Choice) -> dict[str, Any]:
    """What a dispatch is given: who, for which unit, and why."""
    holder = choice.holder
    return {"holder": holder.person, "unit": holder.unit, "hours": holder.hours, "rule": choice.rule, "of": choice.of}


def _nothing(deed: Deed) -> CaseFile:
    return deed.file


def _finished(before: CaseFile | None, after: CaseFile, deed: Deed, tells: Iterable[Tell]) -> Change:
    """Version, clock, entry and notices, alike for every action."""
    case, now = after.case, deed.now
    was = before.case.state if before else None
    if before is None or was is not case.state or before.case.desk != case.desk:
        # the clock's moments count from the entry into a state, or to another desk; one tick earlier, so that `now`
        # itself counts, and no promise that was missed and not spoken of yet is passed over
        unsaid = schedule.unsaid(after, now, deed.rules)
        case = replace(case, entered_at=now, clocked_at=min([now, *unsaid]) - timedelta(microseconds=1))
    case = replace(case, version=case.version + 1)
    after = replace(after, case=case)
    after = replace(after, case=replace(case, next_at=schedule.next_at(after, deed.rules)))
    entry = Entry(
        case.version, deed.action, now, deed.hat, deed.by, was, case.state, deed.given, deed.words, deed.media
    )
    return Change(
        after,
        entry,
        _notices(deed, tells, audience.Told(before, after, deed.rules, deed.step, now, str(deed.given.get("why", "")))),
    )


def _notices(deed: Deed, tells: Iterable[Tell], told: audience.Told) -> tuple[Notice, ...]:
    found: dict[int, Notice] = {}
    for tell in tells:
        for person, chat in audience.of(tell, told):
            # who did it sees the answer to the deed itself; one person is told once, by the louder of two
            if (person != deed.by or not tell.ring or deed.row is REPORT) and not (
                person in found and found[person].ring
            ):
                found[person] = Notice(person, audience.side(tell.audience, person, told.after), tell.ring, chat)
    return tuple(found.values())
