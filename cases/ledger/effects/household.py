"""帮扶: who looks after a household, what it needs by when, and a visit after the other."""

from datetime import timedelta

from cases.ledger.effects.deed import Deed
from cases.ledger.effects.duties import done

#: days between two visits to a household where nothing else was said
CARE_DAYS = 30
#: a need without a day of its own is looked after within so many days
NEED_DAYS = 3


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
