"""Who is meant by each word in the last column of the lifecycle table. One small function a word."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from cases import routing
from cases.life import schedule
from cases.life.lifecycle import Tell
from cases.model import CaseFile
from cases.ports import Rules
from cases.states import OPEN, Hat, Held, State

#: what a part makes of whose it is; a part that is in can still be read
TOGETHER = {Held.INVITED: Hat.INVITED, Held.PART: Hat.PART, Held.HELPED: Hat.HELPER, Held.CLOSED: Hat.HELPER}
#: (person, the chat in which they reported it, if they did)
Recipient = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Told:
    before: CaseFile | None
    after: CaseFile
    rules: Rules
    step: int
    now: datetime
    #: of a reminder or of what is late: which of the deadlines
    why: str = ""


def of(tell: Tell, told: Told) -> list[Recipient]:
    return AUDIENCES[tell.audience](told)


def side(audience: str, person: int, after: CaseFile) -> str:
    """Who reported for somebody else hears what is done, and is not asked whether it was."""
    if audience == "voice":
        return "resident"
    part = next((party.part for party in after.parties if party.person == person), None)
    return part.value if audience == "resident" and part is Hat.PROXY else audience


def _plain(people: Iterable[int | None]) -> list[Recipient]:
    return [(person, None) for person in people if person]


def _resident(told: Told) -> list[Recipient]:
    return [(party.person, party.chat) for party in told.after.parties]


def _promised(told: Told) -> list[Recipient]:
    """Once: the answer they were promised is late."""
    return _resident(told) if told.why == "due" and not told.step else []


def _voice(told: Told) -> list[Recipient]:
    return [(party.person, party.chat) for party in told.after.asked]


def _holder(told: Told) -> list[Recipient]:
    """Who finished it hears that it was not solved, though a coordinator decides what comes next."""
    before = told.before
    return _plain([told.after.worker or (before.worker if before and before.case.state not in OPEN else None)])


def _coordinator(told: Told) -> list[Recipient]:
    """Where nobody of the desk is there but who has the case, or just had it, the nearest above: never anybody
    below."""
    desk, directory = told.after.case.desk, told.rules.directory
    has = told.after.worker or (told.before.worker if told.before else None)
    others = routing.coordinators(desk, directory, without=(has,))
    return _plain(others or routing.coordinators(desk, directory))


def _mover(told: Told) -> list[Recipient]:
    """Whoever has it; where nobody has, those who must find somebody."""
    return _plain([told.after.worker]) or _coordinator(told)


def _former(told: Told) -> list[Recipient]:
    gone = told.before.holder if told.before else None
    return _plain([gone]) if gone != told.after.holder else []


def _receiver(told: Told) -> list[Recipient]:
    return _plain([told.after.offer.person]) if told.after.offer else []


def _invited(told: Told) -> list[Recipient]:
    known = told.before.parts if told.before else ()
    return _plain(part.person for part in told.after.parts if part not in known)


def _parts(told: Told) -> list[Recipient]:
    return _plain(a.person for a in told.after.assignments if not a.lead and a.state in TOGETHER)


def _slow(told: Told) -> list[Recipient]:
    return _plain(part.person for part in schedule.slow(told.after, told.now, told.rules))


def _arbiter(told: Told) -> list[Recipient]:
    """Where the clock may not go on by itself, or asking around came to nothing twice."""
    after = told.after
    refusals = sum(a.state is Held.DECLINED and a.round == after.round.number for a in after.assignments)
    stuck = after.case.state is State.WAITING and not routing.clock_may_dispatch(after)
    return _coordinator(told) if stuck or refusals > 1 else []


def _phoner(told: Told) -> list[Recipient]:
    """Nobody who may say whether it was solved has a chat: somebody must phone."""
    return [] if any(voice.chat for voice in told.after.voices) else _coordinator(told)


def _upper(told: Told) -> list[Recipient]:
    """Each level hears of it once: the next one up with every step after the first word."""
    case, directory = told.after.case, told.rules.directory
    above = routing.desks(case.unit, directory, above=case.desk)
    level = max(told.step, 1) if case.state not in OPEN else told.step
    return _plain(directory.coordinators(above[level - 1])) if 0 < level <= len(above) else []


AUDIENCES: dict[str, Callable[[Told], list[Recipient]]] = {
    "resident": _resident,
    "promised": _promised,
    "voice": _voice,
    "holder": _holder,
    "coordinator": _coordinator,
    "mover": _mover,
    "former": _former,
    "receiver": _receiver,
    "invited": _invited,
    "parts": _parts,
    "slow": _slow,
    "arbiter": _arbiter,
    "phoner": _phoner,
    "upper": _upper,
}
