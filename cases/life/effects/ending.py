"""How it ends: resolved, confirmed, disputed, withdrawn, merged."""

from dataclasses import replace

from cases import routing
from cases.counts.figures import PLANNED
from cases.errors import Refused
from cases.life.effects import holding
from cases.life.effects.deed import Deed, close_lead, enter
from cases.model import Assignment, CaseFile, Party, Round
from cases.states import CALL, Hat, Held, Pending, State


def resolve(deed: Deed) -> CaseFile:
    """The lead's word counts when all parts are in; a coordinator can decide before."""
    if deed.file.parts and deed.by == deed.file.holder:
        raise Refused("refused.parts_open")
    rnd = replace(deed.file.round, resolved_at=deed.now, outcome=deed.given["outcome"], resolved_by=deed.by)
    file = replace(deed.file, round=rnd)
    if file.lead is None and deed.by is not None:  # a coordinator did it himself: a 没解决 comes back to him
        seq = max((a.seq for a in file.assignments), default=0) + 1
        own = Assignment(seq, file.round.number, file.case.desk, deed.by, deed.now)
        file = replace(file, assignments=(*file.assignments, own))
    pending = Pending() if any(voice.chat for voice in file.voices) else CALL
    return enter(close_lead(file, Held.DONE), State.RESOLVED, pending=pending)


def settle(deed: Deed) -> CaseFile:
    """当场办结: found and put right by the same worker in one go; counted apart from what residents reported."""
    file, now = deed.file, deed.now
    assert deed.by is not None
    rnd = replace(file.round, started_at=now, accepted_at=now, resolved_at=now, outcome="on_the_spot")
    own = Assignment(1, file.round.number, file.case.unit, deed.by, now, state=Held.DONE)
    return enter(replace(file, round=rnd, assignments=(own,)), State.ARCHIVED)


def confirm(deed: Deed) -> CaseFile:
    """The word of whose trouble it is ends it. Who only follows is heard, and ends nothing: who has no chat is
    phoned."""
    own = any(voice.person == deed.by for voice in deed.file.voices)
    return enter(deed.file, State.ARCHIVED) if own else deed.file


def archive(deed: Deed) -> CaseFile:
    return enter(deed.file, State.ARCHIVED)


def call(deed: Deed) -> CaseFile:
    return enter(deed.file, None, pending=CALL)


def follow_up(deed: Deed) -> CaseFile:
    """回访: by somebody outside the holder's unit, who writes down what the resident said on the phone."""
    file = deed.file
    worked = [a for a in file.assignments if a.lead and a.state is Held.DONE]
    posts = deed.rules.directory.units_of(deed.by) if deed.by else frozenset[str]()
    own = bool(worked) and (worked[-1].person == deed.by or posts <= {worked[-1].unit})
    if own or file.round.resolved_by == deed.by:
        raise Refused("refused.own_unit")
    answer = deed.given["answer"]
    if answer == "solved":
        return enter(file, State.ARCHIVED)
    if answer == "unsolved":
        deed.like("dispute")
        return dispute(deed)
    return file


def dispute(deed: Deed) -> CaseFile:
    """没解决: a new round with times of its own, to the same holder; the third time a coordinator decides."""
    file = deed.file
    window = deed.rules.deadlines.of(file.case.matter, "dispute_within")
    resolved = file.round.resolved_at or file.case.entered_at
    promised = file.round.outcome == PLANNED  # a promise has no end before it is kept
    if not promised and deed.now > deed.rules.calendar.add(resolved, window):
        raise Refused("refused.dispute_late")
    done = [a for a in file.assignments if a.lead and a.state is Held.DONE]
    disputes = file.case.disputes + 1
    deed.given["times"] = disputes
    file = replace(file, round=Round(file.round.number + 1))
    file = enter(file, State.WAITING, disputes=disputes, returns=0, round=file.round.number, decided=False)
    if not done or not _there(done[-1], deed) or not routing.clock_may_dispatch(file):
        return file
    deed.given |= {"holder": done[-1].person, "unit": done[-1].unit, "hours": done[-1].hours}
    deed.file = file
    return holding.dispatch(deed)


def _there(done: Assignment, deed: Deed) -> bool:
    """Whoever left his posts, or is on leave, is not asked again: the clock finds who stands in for him."""
    directory = deed.rules.directory
    team = {candidate.person for candidate in directory.team(done.unit)}
    return done.person in team or done.person in directory.coordinators(done.unit)


def withdraw(deed: Deed) -> CaseFile:
    """不报了: where others said that it is their trouble, too, who reported leaves, and it goes on for them."""
    followers = tuple(party for party in deed.file.parties if party.part is Hat.FOLLOWER)
    return replace(deed.file, parties=followers) if followers else _over(deed.file, State.VOID)


def void(deed: Deed) -> CaseFile:
    """不予受理: told apart from what was withdrawn."""
    return _over(replace(deed.file, round=replace(deed.file.round, outcome="refused")), State.VOID)


def merge(deed: Deed) -> CaseFile:
    return _over(deed.file, State.MERGED)


def _over(file: CaseFile, state: State) -> CaseFile:
    return enter(close_lead(file, Held.REPLACED), state)


def absorb(deed: Deed) -> CaseFile:
    """Those of a merged case follow the main one from now on."""
    known = {party.person for party in deed.file.parties}
    new = tuple(
        Party(p, Hat.PROXY if part == Hat.PROXY else Hat.FOLLOWER, chat)
        for p, chat, part in deed.given.pop("parties")
        if p not in known and p != deed.file.worker
    )
    return enter(replace(deed.file, parties=(*deed.file.parties, *new)), None)
