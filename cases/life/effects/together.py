"""会办: several units on one case. One leads, each of the others has a part, a due time and a word of its own."""

from dataclasses import replace
from datetime import datetime

from cases.errors import Refused
from cases.life.effects.deed import Deed, enter
from cases.model import Assignment, CaseFile
from cases.states import Held


def joint(deed: Deed) -> CaseFile:
    """Whoever has it leads; of an escalated case, the coordinator who calls the others together."""
    file, now = deed.file, deed.now
    seq = max((a.seq for a in file.assignments), default=0)
    there = {file.holder, *(part.person for part in file.parts), *(party.person for party in file.parties)}
    due = file.round.due if file.round.due and file.round.due > now else deed.after("due")
    asked: list[Assignment] = []
    for body in deed.given["units"]:
        if int(body["person"]) not in there:
            seq += 1
            there.add(int(body["person"]))
            asked.append(
                Assignment(
                    seq,
                    file.round.number,
                    str(body["unit"]),
                    int(body["person"]),
                    now,
                    lead=False,
                    state=Held.INVITED,
                    due=due,
                )
            )
    if not asked:
        raise Refused("refused.all_there")
    return replace(file, assignments=(*file.assignments, *asked))


def _mine(deed: Deed, state: Held, **changes: object) -> CaseFile:
    assignments = tuple(
        replace(a, state=state, **changes) if a in deed.file.parts and a.person == deed.by else a  # type: ignore[arg-type]
        for a in deed.file.assignments
    )
    return replace(deed.file, assignments=assignments)


def join(deed: Deed) -> CaseFile:
    return _mine(deed, Held.PART, accepted_at=deed.now)


def stay_out(deed: Deed) -> CaseFile:
    """Costs nothing: the lead and the coordinator hear why, and ask somebody else."""
    return _mine(deed, Held.LEFT, ended_at=deed.now)


def part_left(deed: Deed) -> CaseFile:
    """Whoever had a part serves no more: somebody else has to be asked."""
    return without_part(deed.file, int(deed.given["person"]), deed.now)


def without_part(file: CaseFile, person: int, now: datetime) -> CaseFile:
    """Whoever leads the case, or is gone, has no part of it any more."""
    left = tuple(
        replace(a, state=Held.LEFT, ended_at=now) if a in file.parts and a.person == person else a
        for a in file.assignments
    )
    return replace(file, assignments=left)


def part_done(deed: Deed) -> CaseFile:
    return _mine(deed, Held.HELPED, ended_at=deed.now)


def consent(deed: Deed) -> CaseFile:
    """同意方案: of a resident it is said that one agreed, and not who: the case may be confidential."""
    if any(party.person == deed.by for party in deed.file.parties):
        deed.given["why"] = "resident"
    return deed.file


def plan(deed: Deed) -> CaseFile:
    """会办方案: the cause that was found and what was agreed; whoever agreed to an older one is asked anew."""
    return enter(deed.file, None, plan=deed.file.case.version + 1)
