"""Who gets a case, as ordered rules that can be read: matter, unit, urgency and hour to a holder. The first that fits
and finds somebody present wins; `docs/howto/routing.md` shows how a place writes its own before these."""

from dataclasses import dataclass

from cases.timing.hours import ALWAYS, Hours

#: what a rule may hand a case to, besides the code of a unit
MICRO, STAND_IN, GRID, AWAY, COORDINATOR = "micro", "stand_in", "grid", "away", "coordinator"


@dataclass(frozen=True, slots=True)
class Route:
    """Empty conditions fit everything."""

    #: stands in the case's history, and names the sentence that tells why
    name: str
    #: one of the above, or the code of a unit or department; "coordinator": a person decides
    to: str
    #: ids of matters or of categories
    matters: frozenset[str] = frozenset()
    #: the unit, and all below it
    unit: str = ""
    #: of the week, in which it holds
    hours: Hours = ALWAYS
    urgent: bool | None = None


STANDARD_ROUTES = (
    # a micro-worker who handles first (先办)
    Route("micro", MICRO),
    # whoever had it and cannot now named who does it instead
    Route("stand_in", STAND_IN),
    # the present workers of the grid, who holds fewest first
    Route("grid", GRID),
    # whoever stands in for those of the grid that are on leave
    Route("away", AWAY),
)
