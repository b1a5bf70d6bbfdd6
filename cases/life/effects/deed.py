"""One deed on one case, and the small changes every effect is made of."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from cases.life.lifecycle import TABLE, Row
from cases.model import Assignment, CaseFile
from cases.ports import Rules
from cases.states import OPEN, Hat, Held, Pending, State
from cases.timing import deadlines


@dataclass(slots=True)
class Deed:
    file: CaseFile
    #: how it is told; `action` is what was done
    row: Row
    by: int | None
    hat: Hat
    now: datetime
    rules: Rules
    given: dict[str, Any]
    words: str = ""
    media: tuple[int, ...] = ()
    #: of an overdue case, the level above that hears of it
    step: int = 0
    action: str = field(init=False)

    def __post_init__(self) -> None:
        self.action = self.row.action

    def like(self, action: str) -> None:
        """What came of it is told as this other action is."""
        self.row = TABLE[action]

    def yellow(self, due: datetime) -> datetime:
        """When it is about to be late: `remind_before`, yet never in the first half of the time."""
        case, start = self.file.case, self.file.round.started_at or self.now
        length = self.rules.deadlines.of(case.matter, "remind_before", urgent=case.urgent)
        return deadlines.yellow(start, due, length, self.rules.calendar)

    def after(self, what: str) -> datetime:
        """The end of the matter's deadline `what`, counted from now."""
        case = self.file.case
        length = self.rules.deadlines.of(case.matter, what, urgent=case.urgent)
        return self.rules.calendar.add(self.now, length)


def enter(file: CaseFile, state: State | None, **changes: Any) -> CaseFile:
    """What was asked of a coordinator ends when the state moves."""
    if state is not None and state is not file.case.state:
        changes.setdefault("pending", Pending())
        if state not in OPEN:  # nobody waits for a part any more
            file = replace(
                file,
                assignments=tuple(replace(a, state=Held.CLOSED) if a in file.parts else a for a in file.assignments),
            )
    return replace(file, case=replace(file.case, state=state or file.case.state, **changes))


def close_lead(file: CaseFile, how: Held) -> CaseFile:
    """Who had it has it no more; whoever was asked to take it over by him is not asked any longer, and nobody comes
    when he said he would."""
    lead, file = file.lead, answer_offer(file, Held.LAPSED)
    assignments = tuple(replace(a, state=how) if a is lead else a for a in file.assignments)
    return replace(file, assignments=assignments, round=replace(file.round, appointed_at=None))


def answer_offer(file: CaseFile, state: Held) -> CaseFile:
    return replace(file, assignments=tuple(replace(a, state=state) if a is file.offer else a for a in file.assignments))


def give(file: CaseFile, deed: Deed) -> tuple[Assignment, ...]:
    """All assignments, and a new one to whom it is given."""
    seq = max((a.seq for a in file.assignments), default=0) + 1
    unit, person = str(deed.given["unit"]), int(deed.given["holder"])
    given = Assignment(seq, file.round.number, unit, person, deed.now, hours=str(deed.given.get("hours", "")))
    return (*file.assignments, given)
