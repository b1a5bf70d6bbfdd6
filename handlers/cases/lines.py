"""The lines of a card under its words: where it comes from, who has it and why, what was asked, how it went."""

from collections.abc import Callable, Iterator
from datetime import datetime

from cases.model import Entry
from cases.routes import STANDARD_ROUTES
from cases.states import TAKING_PART, Hat, Held, State
from cases.views import CaseView

Say = Callable[..., str]
When = Callable[[datetime | None], str]

#: steps that a resident reads with their reasons; the latest few
FOR_RESIDENTS = (
    "escalate",
    "appeal",
    "return",
    "reassign",
    "take",
    "stand_in",
    "relieve",
    "appoint",
    "grant_extension",
    "refuse_extension",
    "tell",
    "joint",
    "plan",
    "part_done",
    "mediating",
    "mediated_in_vain",
)
SHOWN = 3
#: rules whose reason has a sentence of its own; a place's own rules are named
KNOWN = (*(route.name for route in STANDARD_ROUTES), "coordinator")


def origin(view: CaseView, say: Say) -> Iterator[str]:
    """How it came in, where it was not the resident himself."""
    case = view.file.case
    if case.outside:
        yield say("card.from_outside", source=case.source, number=case.outside)
    elif case.source == "found":
        yield say("card.found")
    subject = next((party for party in view.file.parties if party.part is Hat.SUBJECT), None)
    if subject is not None and not (case.confidential and Hat.COORDINATOR not in view.hats):
        name = view.reporter.name if view.reporter else ""
        yield say("card.for_other", name=name, relation=subject.relation)


def why(view: CaseView, say: Say) -> str:
    """Why this holder: one sentence, from the entry that gave it to him."""
    given = next((e.given for e in reversed(view.steps) if e.action in ("dispatch", "reassign", "relieve")), None)
    if given is None or view.file.holder is None:
        return ""
    rule = str(given.get("rule") or "coordinator")
    key = f"why.{rule}" if rule in KNOWN else "why.place"
    if rule == "grid" and int(given.get("of", 1)) > 1:
        key = "why.grid_of"
    return say("card.why", why=say(key, of=given.get("of", 1), rule=rule))


def waiting(view: CaseView, say: Say, when: When) -> Iterator[str]:
    """What is asked of somebody while the case stays where it is."""
    file = view.file
    if file.case.pending.kind:
        yield say(f"card.pending_{file.case.pending.kind}", days=file.case.pending.days)
    if file.offer is not None:
        person = view.people.get(file.offer.person)
        yield say("card.offered", name=person.name if person else "")
    if file.round.appointed_at is not None and file.case.state is State.WORKING:
        yield say("card.appointed", when=when(file.round.appointed_at))
    if file.round.due_before is not None and file.round.due_before != file.round.due:
        yield say("card.extended", before=when(file.round.due_before))


def together(view: CaseView, say: Say, when: When) -> Iterator[str]:
    """会办: who has a part, and how far each is; who agreed to the plan."""
    for part in (a for a in view.file.assignments if not a.lead and a.state in (*TAKING_PART, Held.HELPED)):
        person = view.people.get(part.person)
        yield say(f"part.{part.state}", name=person.name if person else "", due=when(part.due))
    agreed = view.consented()
    if view.file.case.plan and agreed:  # those who act are named; residents are counted
        bodies = [view.people[by].name for by, hat in agreed.items() if hat is Hat.PART]
        residents = sum(hat is not Hat.PART for hat in agreed.values())
        who = [*bodies, *([say("card.agreed_residents", count=residents)] if residents else [])]
        yield say("card.agreed", names="、".join(who))


def steps(view: CaseView, say: Say, when: When, words: Callable[[Entry], str], told: Entry | None) -> Iterator[str]:
    """What a resident reads of the way so far; what a complaint goes through stays with those who see it."""
    if view.file.case.private:
        return
    comes, taken = view.file.round.appointed_at is not None, view.file.round.accepted_at
    shown = [e for e in view.steps if e.action in FOR_RESIDENTS and (told is None or e.seq != told.seq)]
    appointed = next((e for e in reversed(shown) if e.action == "appoint"), None)
    if appointed and not comes and (taken is None or taken <= appointed.at):
        yield say("card.visit_off")  # who said so has it no longer, and nobody else has it yet
    shown = [e for e in shown if e.action != "appoint" or (comes and e is appointed)]
    for entry in shown[-SHOWN:]:
        who = view.people.get(entry.by or 0)
        moment = entry.given.get("time") or entry.given.get("after")
        at = when(datetime.fromisoformat(moment)) if moment else ""
        line = say(f"step.{entry.action}", name=who.name if who else "", words=words(entry), at=at)
        yield f"{when(entry.at)} {line}".rstrip("：: ")
