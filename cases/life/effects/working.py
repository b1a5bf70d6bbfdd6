"""While it is worked: contact, visits, and the one extension."""

from dataclasses import replace
from datetime import datetime

from cases.errors import Refused
from cases.life.effects.deed import Deed, enter
from cases.model import CaseFile, Party
from cases.states import CALL, Hat, Pending
from cases.timing.calendar import Duration
from cases.timing.deadlines import LONGEST_EXTENSION, MEDIATION

#: the category whose matters are mediated
DISPUTE = "dispute"


def contact(deed: Deed) -> CaseFile:
    file = replace(deed.file, round=replace(deed.file.round, contacted_at=deed.now))
    return enter(file, None, pending=Pending()) if file.case.pending == CALL else file


def tell(deed: Deed) -> CaseFile:
    """告诉居民: they have heard of it; who asked to be phoned waits for that."""
    rnd = deed.file.round
    return replace(deed.file, round=replace(rnd, contacted_at=rnd.contacted_at or deed.now))


def appoint(deed: Deed) -> CaseFile:
    """预约上门: who agrees on a time has spoken with the resident. No deadline moves."""
    at = datetime.fromisoformat(str(deed.given["time"]))
    if at <= deed.now:
        raise Refused("refused.past")
    contacted = deed.file.round.contacted_at or deed.now
    return replace(deed.file, round=replace(deed.file.round, appointed_at=at, contacted_at=contacted))


def follow(deed: Deed) -> CaseFile:
    """我也是这事: hears what becomes of it from now on, and is asked at its end."""
    assert deed.by is not None
    if any(party.person == deed.by for party in deed.file.parties):
        raise Refused("refused.follows_already")
    party = Party(deed.by, Hat.FOLLOWER, int(deed.given.pop("chat")))
    return enter(replace(deed.file, parties=(*deed.file.parties, party)), None)


def retag(deed: Deed) -> CaseFile:
    """类别不对: whoever works it knows better what it is. No deadline moves; what was guessed stays on record."""
    case, matter = deed.file.case, str(deed.given["matter"])
    if matter not in deed.rules.categories or matter == case.matter:
        raise Refused("refused.same_matter")
    deed.given["before"] = case.matter
    return enter(deed.file, None, matter=matter)


def mediate(deed: Deed) -> CaseFile:
    """转调解: the parties are asked. No deadline moves before all of them agreed."""
    if deed.rules.categories.get(deed.file.case.matter) != DISPUTE:
        raise Refused("refused.no_dispute")
    rnd = deed.file.round
    return replace(deed.file, round=replace(rnd, contacted_at=rnd.contacted_at or deed.now))


def mediating(deed: Deed) -> CaseFile:
    """调解开始: a dispute is given the month that mediation has, once; the first promise stays on record beside it.
    Where the promise was moved before, the month counts from the beginning of the round, so that it moves no further.
    """
    rnd = deed.file.round
    term = (deed.now if rnd.due_before is None else rnd.started_at or deed.now) + MEDIATION
    return deed.file if rnd.due is None or rnd.due >= term else _promised(deed, rnd.due, term)


def mediated_in_vain(deed: Deed) -> CaseFile:
    """调解停了: the promise of before goes on where it stood; the time of the mediation is not counted."""
    term = deed.file.round.due
    began, first = (datetime.fromisoformat(str(deed.given[key])) for key in ("began", "promised"))
    due = deed.rules.calendar.to_working_time(max(first + (deed.now - began), deed.now))
    return deed.file if term is None or due >= term else _promised(deed, term, due)


def _promised(deed: Deed, before: datetime, due: datetime) -> CaseFile:
    """Another day than was promised first, which stays on record."""
    deed.given |= {"before": before.isoformat(), "after": due.isoformat()}
    rnd = deed.file.round
    moved = replace(rnd, due=due, due_before=rnd.due_before or before, yellow_at=deed.yellow(due))
    return replace(deed.file, round=moved)


def amend(deed: Deed) -> CaseFile:
    """改文字: with the words the place, where they name another one."""
    place = deed.given.get("place")
    return enter(deed.file, None, place=str(place)) if place else deed.file


def ask_extension(deed: Deed) -> CaseFile:
    """延期: before it is late, once, and no longer than the rules allow."""
    due = deed.file.round.due
    if due is None or deed.now > due:
        raise Refused("refused.extension_late")
    if deed.file.case.pending == CALL:  # they wait to be phoned, and would be forgotten
        raise Refused("refused.call_first")
    days = min(int(deed.given["days"]), LONGEST_EXTENSION)
    return enter(deed.file, None, pending=Pending("extension", days))


def grant_extension(deed: Deed) -> CaseFile:
    rnd, days = deed.file.round, deed.file.case.pending.days
    assert rnd.due is not None  # it was asked for
    deed.given["days"] = days
    due = deed.rules.calendar.add(rnd.due, Duration(workdays=days))
    return enter(_promised(deed, rnd.due, due), None, pending=Pending())


def refuse_extension(deed: Deed) -> CaseFile:
    """Once is once: what was refused is not asked again."""
    rnd = deed.file.round
    return enter(replace(deed.file, round=replace(rnd, due_before=rnd.due)), None, pending=Pending())
