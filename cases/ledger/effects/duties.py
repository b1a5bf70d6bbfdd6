"""What can be done with a duty of any item, and the few actions of kinds that are little more than their duties."""

from cases.errors import Refused
from cases.ledger.effects.deed import Deed


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


def assign(deed: Deed) -> None:
    """交给部门: whoever does the work has its steps; whoever promised it stays in the picture."""
    person = int(deed.given["person"])
    deed.change(keeper=person)
    for duty in deed.file.open:
        deed.set(duty.id, person=person, told=0)


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
