"""One standard, local freedom: what a unit lays over the province's rules, and what it hands to its grid workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.timing.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Place:
    """What holds in one unit and all below it, where nothing nearer says otherwise."""

    unit: str
    deadlines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    calendar: Calendar | None = None
    #: the matters handed to grid workers here (准入); None: as above
    matters: frozenset[str] | None = None
    #: where somebody complains about the service itself
    supervision_phone: str = ""
    #: cases one resident reports in a day; None: as above
    reports_a_day: int | None = None
