"""What each action changes in an item, beyond what the table says. One small function an action."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cases.errors import Refused
from cases.ledger.model import Duty, Item, ItemFile, Kind, Member, Part
from cases.ports import Rules

#: 人民调解工作若干规定 33: normally one month; longer by agreement
MEDIATION_DAYS = 30
#: 人民调解法 33: a joint request within thirty days of taking effect
COURT_DAYS = 30
#: days between two visits to a household where nothing else was said
CARE_DAYS = 30


@dataclass(slots=True)
class Deed:
    file: ItemFile
    by: int | None
    now: datetime
    rules: Rules
    given: dict[str, Any]
    words: str = ""

    @property
    def item(self) -> Item:
        return self.file.item

    def enter(self, state: str) -> None:
        """Into a state; what is left to do for an item that is over, is over."""
        self.change(state=state, entered_at=self.now)
        if state in OVER:
            left = tuple(
                replace(d, state="dropped") if d.state == "open" and d.kind != "weekly" else d for d in self.file.duties
            )
            self.file = replace(self.file, duties=left)

    def change(self, **values: Any) -> None:
        self.file = replace(self.file, item=replace(self.item, **values))

    def note(self, **facts: Any) -> None:
        self.change(facts={**self.item.facts, **facts})

    def due(self, kind: str, at: datetime, person: int | None = None, words: str = "", unit: str = "") -> None:
        duty = Duty(0, kind, person or self.item.keeper or self.by, unit or self.item.unit, at, self.now, words)
        self.file = replace(self.file, duties=(*self.file.duties, duty))

    def set(self, number: int, **values: Any) -> Duty:
        """Of an open duty. Raises Refused when it is not open any more."""
        duty = self.file.duty(number)
        if duty is None or duty.state != "open":
            raise Refused("refused.over")
        changed = replace(duty, **values)
        self.file = replace(self.file, duties=tuple(changed if d is duty else d for d in self.file.duties))
        return changed

    def end(self, *kinds: str) -> None:
        """Those duties are done."""
        for duty in self.file.open:
            if duty.kind in kinds:
                self.set(duty.id, state="done", done_at=self.now)

    def day(self) -> datetime:
        return datetime.fromisoformat(str(self.given["day"]))


#: states in which nothing is left to do
OVER = frozenset({"finished", "dropped", "failed", "closed", "gone", "sent", "refused", "upheld", "dismissed"})


def done(deed: Deed) -> None:
    duty = deed.set(int(deed.given["duty"]), state="done", done_at=deed.now)
    deed.given["what"] = duty.kind
    deed.words = "：".join(filter(None, (duty.words, deed.words)))


def work_done(deed: Deed) -> None:
    """The last step of a work is its end."""
    done(deed)
    if not deed.file.open:
        deed.enter("finished")


def move(deed: Deed) -> None:
    """改日子: said to everybody who waits for it, with its reason; the first promise stays on record."""
    duty = deed.file.duty(int(deed.given["duty"]))
    if duty is None or deed.day() <= deed.now:
        raise Refused("refused.past")
    deed.set(duty.id, due=deed.day(), told=0, due_before=duty.due_before or duty.due)
    deed.given["before"] = duty.due.isoformat()


def party(deed: Deed) -> None:
    """One more in dispute; whoever lives under another desk lifts it to the unit above both."""
    new = Member(int(deed.given["person"]), Part.PARTY, unit=str(deed.given.get("unit") or deed.item.unit))
    if any(m.person == new.person for m in deed.file.parties):
        raise Refused("refused.all_there")
    deed.file = replace(deed.file, members=(*deed.file.members, new))
    own = deed.rules.directory.line(deed.item.unit)
    theirs = set(deed.rules.directory.line(new.unit))
    deed.change(unit=next((code for code in own if code in theirs), deed.item.unit))
    if deed.item.state == "mediating":  # nobody is bound by what others agreed to
        deed.enter("asking")


def _answer(deed: Deed, answer: str) -> None:
    who = int(deed.given["member"])
    if not any(m.person == who for m in deed.file.parties):
        raise Refused("refused.answered")
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
            deed.due("term", deed.now + timedelta(days=MEDIATION_DAYS), _mediator(deed))


def refuse(deed: Deed) -> None:
    _answer(deed, "refused")


def _mediator(deed: Deed) -> int | None:
    return next((m.person for m in deed.file.members if m.part is Part.MEDIATOR), None)


def assign(deed: Deed) -> None:
    person = int(deed.given["person"])
    if any(m.person == person and m.part is Part.MEDIATOR for m in deed.file.members):
        raise Refused("refused.all_there")
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
            later = duty.due + timedelta(days=MEDIATION_DAYS)
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


def need(deed: Deed) -> None:
    deed.due("need", deed.day(), words=deed.words)


def pair(deed: Deed) -> None:
    """结对: whoever looks after a household has its open duties, and a visit to pay."""
    person = int(deed.given["person"])
    deed.change(keeper=person)
    for duty in deed.file.open:
        deed.set(duty.id, person=person)
    if not any(d.kind == "care" for d in deed.file.open):
        deed.due("care", deed.now + timedelta(days=_every(deed)), person)


def _every(deed: Deed) -> int:
    return int(deed.item.facts.get("every", CARE_DAYS))


def home_done(deed: Deed) -> None:
    done(deed)
    if deed.given["what"] == "care":
        deed.due("care", deed.now + timedelta(days=_every(deed)))


def hand(deed: Deed) -> None:
    duty = deed.file.duty(int(deed.given["duty"]))
    late = duty is not None and duty.due <= deed.now  # that it is late was said once
    deed.set(int(deed.given["duty"]), person=int(deed.given["person"]), told=2 if late else 0)


def patrol_done(deed: Deed) -> None:
    duty = deed.file.duty(int(deed.given["duty"]))
    if duty is None or duty.person != deed.by:
        raise Refused("refused.not_yours")
    done(deed)
    if not deed.file.open:
        deed.enter("closed")


def send(deed: Deed) -> None:
    """From here on the clock hands it out, a few hundred homes at a time."""
    if deed.by == deed.item.by and deed.rules.notices_approved:
        raise Refused("refused.approval")
    deed.due("mailing", deed.now)


def line(deed: Deed) -> None:
    mark = str(deed.given["mark"])
    deed.note(**{mark: int(deed.item.facts.get(mark, 0)) + 1})


def decide(deed: Deed) -> None:
    if deed.by == deed.item.by:
        raise Refused("refused.own_contest")


def fix(deed: Deed) -> None:
    deed.due("fix", deed.day(), int(deed.given["person"]), deed.words)


def review_close(deed: Deed) -> None:
    if any(d.kind == "fix" and d.state == "dropped" for d in deed.file.duties):
        raise Refused("refused.fixes_open")


EFFECTS: dict[tuple[Kind, str], Callable[[Deed], None]] = {
    (Kind.WORK, "done"): work_done,
    (Kind.WORK, "move"): move,
    (Kind.MEDIATION, "party"): party,
    (Kind.MEDIATION, "assign"): assign,
    (Kind.MEDIATION, "agree"): agree,
    (Kind.MEDIATION, "refuse"): refuse,
    (Kind.MEDIATION, "meet"): meet,
    (Kind.MEDIATION, "session"): session,
    (Kind.MEDIATION, "extend"): extend,
    (Kind.MEDIATION, "settle"): settle,
    (Kind.MEDIATION, "fail"): fail,
    (Kind.MEDIATION, "court"): court,
    (Kind.MEDIATION, "perform"): perform,
    (Kind.MEDIATION, "breach"): breach,
    (Kind.HOUSEHOLD, "need"): need,
    (Kind.HOUSEHOLD, "pair"): pair,
    (Kind.HOUSEHOLD, "done"): home_done,
    (Kind.HOUSEHOLD, "move"): move,
    (Kind.HOUSEHOLD, "hand"): hand,
    (Kind.PATROL, "done"): patrol_done,
    (Kind.VISIT, "line"): line,
    (Kind.NOTICE, "approve"): send,
    (Kind.NOTICE, "send"): send,
    (Kind.CONTEST, "uphold"): decide,
    (Kind.CONTEST, "dismiss"): decide,
    (Kind.REVIEW, "fix"): fix,
    (Kind.REVIEW, "done"): done,
    (Kind.REVIEW, "move"): move,
    (Kind.REVIEW, "close"): review_close,
}
