"""A report: asks only for what is missing, shows what was understood, and files it."""

from typing import Any

from handlers.commands import Consent, Drop, Follow, Phone, Second, Submit, Tell
from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.facts import Asking, Facts, told
from handlers.flows.matter import told_matter
from handlers.flows.phone import pick_phone
from handlers.flows.where import asked_as, moved, narrow, pick_place

REVIEW = ("submit", "wrong_matter", "wrong_place", "confidential", "for_other", "drop")
#: a worker who found it may have put it right already
REVIEW_FOUND = ("submit", "on_the_spot", "wrong_matter", "wrong_place", "for_other", "drop")
#: in the private route nothing is anonymous by choice: it already goes to few
REVIEW_PRIVATE = ("submit", "wrong_place", "drop")
#: where a message tells two troubles
BOTH = ("both",)
#: where what could be the same is reported already
SAME = ("me_too", "not_same")
RELATIONS = ("parent", "child", "partner", "neighbour", "other")
#: characters of a subject's name
LONGEST_NAME = 20


def same_as(facts: Facts) -> Asking:
    """[case, what it is, whose]: what could be the same is reported already; empty: nothing is, or it is not that."""
    if (
        facts.private
        or facts.wordless
        or facts.worker
        or facts.another
        or facts.subject
        or facts.confidential
        or not facts.matter
    ):
        return []
    return (yield Look("same", (facts.draft, facts.matter, facts.unit, facts.place, facts.point)))


def review(facts: Facts) -> Asking:
    """Shown until it is right; words and pictures that come meanwhile belong to it. True: submit."""
    offered = REVIEW_PRIVATE if facts.private else REVIEW_FOUND if facts.worker else REVIEW
    outside = False
    while True:
        same = yield from same_as(facts)
        options = [
            Option(v, f"option.{v}")
            for v in (*(SAME if same else ()), *(BOTH if facts.second and not facts.both else ()), *offered)
        ]
        if facts.confidential and "confidential" in offered:  # asked for twice, it stays; undone by a word of its own
            options.append(Option("open", "option.open"))
        route = yield Look("route", (facts.unit, facts.matter, facts.private, facts.draft))
        answer = yield choose(
            "review.private" if facts.private else "review",
            options,
            "words",
            "media",
            "point",
            "phone",
            draft=facts.draft,
            matter=facts.matter,
            unit=facts.unit,
            place=facts.place,
            route=route,
            call=facts.call,
            confidential=facts.confidential,
            more=[said.words for said in facts.more if said.words],
            files=sum(len(said.media) for said in facts.more),
            complaint_only=facts.complaint_only,
            discipline=facts.discipline,
            subject=facts.subject,
            same=same[1:],
            second=facts.second[:2] if facts.second else None,
            both=facts.both,
            outside=outside,
            danger=facts.danger,
        )
        outside = False
        if isinstance(answer, Said) and answer.phone:
            facts.number = answer.phone
        elif isinstance(answer, Said) and answer.point:
            outside = not (yield from moved(facts, answer.point))
        elif isinstance(answer, Said):
            yield from told(facts, answer)
        elif answer == "wrong_matter":
            facts.matter, others = "", [guess for guess in facts.guesses if guess != facts.matter]
            facts.matter = yield from told_matter(facts, others)
        elif answer == "wrong_place":
            yield from pick_place(facts)
        elif answer in ("confidential", "open"):
            facts.confidential = answer == "confidential"
        elif answer == "for_other":
            facts.subject = yield from pick_subject()
        elif answer == "not_same":
            facts.another = True
        elif answer == "both":
            facts.both = True
        else:
            return (yield from decided(facts, answer, same))


def decided(facts: Facts, answer: str, same: list[str]) -> Asking:
    """The last word at a review. True: it goes on, as a case or with one."""
    if answer == "me_too":
        facts.follows = same[0]
    elif answer == "on_the_spot":
        facts.settled = yield ask("ask.settle.note", free=True)
    return answer != "drop"


def pick_subject() -> Asking:
    """代报: whose trouble it is. They are asked at the end, by phone where they have no chat; never who reports."""
    name: Said = yield ask("report.subject_name", "words", free=True)
    number = yield from pick_phone("report.subject_phone", own=False)
    relation = yield choose("report.subject_relation", [Option(r, f"relation.{r}") for r in RELATIONS], "words")
    said = relation.words if isinstance(relation, Said) else relation
    return name.words[:LONGEST_NAME], number, said[:LONGEST_NAME]


def consent(facts: Facts) -> Asking:
    """After the words are kept, never before one is taken."""
    key = "report.consent_private" if facts.private else "report.consent"
    options = [Option(v, f"option.{v}") for v in ("agree", "details", "drop")]
    while True:
        answer = yield choose(key, options, "words", matter=facts.matter, unit=facts.unit)
        if isinstance(answer, Said):
            yield from told(facts, answer)
        elif answer == "details":
            key = "report.consent_details"
        else:
            return answer == "agree"


def submissions(facts: Facts) -> list[Any]:
    """One case; or, of a message about a person and a thing, the thing to the coordinator and the rest above him."""
    more = tuple(said.words for said in facts.more if said.words)
    common: dict[str, Any] = {
        "media": tuple(m for said in facts.more for m in said.media),
        "confidential": facts.confidential,
        "call": facts.call,
        "place": facts.place,
        "point": facts.point,
        "subject": facts.subject,
    }
    if facts.follows:
        return [Follow(facts.draft, facts.follows, more, common["media"])]
    if not facts.private:
        settled = facts.settled
        return [
            Submit(
                facts.draft,
                facts.matter,
                facts.unit,
                more=more,
                found=facts.worker and facts.subject is None,
                settled=settled.words if settled else None,
                settled_media=settled.media if settled else (),
                **common,
            )
        ]
    concrete = Submit(
        facts.draft,
        facts.matter,
        facts.unit,
        "concrete",
        words=facts.rest,
        more=tuple(filter(None, facts.rests)),
        private=True,
        last=facts.discipline,
        **common,
    )
    complaint = Submit(facts.draft, "", facts.unit, "complaint", more=more, private=True, **common)
    return [*([] if facts.complaint_only else [concrete]), *([] if facts.discipline else [complaint])]


def other(facts: Facts) -> list[Any]:
    """The second trouble, where it is filed too: at its own place, or where the first is."""
    if not (facts.second and facts.both):
        return []
    matter, words, unit, place = facts.second
    at = (unit, place, None) if place else (facts.unit, facts.place, facts.point)
    return [Second(matter, words, *at, facts.confidential, facts.subject)]


@flow("report", version=14, gives_way=True)
def report(consented: bool, phone: bool, **known: Any) -> Flow:
    facts = Facts.of(known)
    if facts.discipline and facts.complaint_only:
        return [Drop(facts.draft, "report.discipline", erase=True)]  # at once: it is promised that nothing is kept
    if not (facts.matter or facts.wordless or facts.complaint_only):
        facts.matter = yield from told_matter(facts, facts.guesses)
    if not facts.unit and facts.place:
        yield from narrow(facts)
    if not facts.unit and facts.home and not facts.wordless and (facts.complaint_only or not facts.private):
        facts.unit = facts.home  # where they live, until they say otherwise: shown, and one tap from being changed
    if not facts.unit:
        yield from pick_place(facts, asked_as(facts))
    if not (yield from review(facts)):
        return [Drop(facts.draft)]
    commands: list[Any] = []
    if facts.number:
        commands.append(Phone(facts.number))
    elif facts.call and not phone:
        number = yield from pick_phone()
        facts.call = bool(number)
        commands += [Phone(number)] if number else [Tell("talk.no_phone")]
    if not consented:
        if not (yield from consent(facts)):
            return [Drop(facts.draft)]
        commands.append(Consent())
    return [*commands, *submissions(facts), *other(facts)]
