"""What the clock says of a duty: once when it comes near, once when it is late. A pure function."""

from datetime import datetime, timedelta

from cases.ledger.model import Duty

#: of a month's duty, and of a day's: reminded so long before, never in the first half of its time
NEAR = timedelta(days=1)
#: of going to court together, which takes two sides and a journey
COURT = timedelta(days=10)
#: of an evening, in the afternoon
BEFORE = timedelta(hours=2)


def next_at(duty: Duty) -> datetime | None:
    """When to look at it again; None: never."""
    if duty.state != "open" or duty.told > 1:
        return None
    return near(duty) if duty.told == 0 else duty.due


def near(duty: Duty) -> datetime:
    if duty.kind == "weekly":
        return duty.due - BEFORE
    return max(duty.due - (COURT if duty.kind == "court" else NEAR), duty.made_at + (duty.due - duty.made_at) / 2)


def says(duty: Duty, now: datetime) -> str:
    """ "remind", "late" or "": nothing."""
    if duty.state != "open":
        return ""
    if duty.due <= now:
        return "late" if duty.told < 2 else ""
    return "remind" if duty.told == 0 and near(duty) <= now else ""
