"""Something new: a report, a greeting, a question how far it is, or words that could belong to an open case."""

import re
from collections.abc import Sequence

from cases.reading.phones import phone_in
from cases.views import CaseLine
from handlers.cases import lists
from handlers.chat import Incoming
from handlers.context import Context
from handlers.door import slash, spoken
from handlers.naming import label
from handlers.places import one_unit, words_of
from handlers.reports import reporting

#: answered with a sentence, whatever question is open
SMALL_TALK = ("thanks", "hello", "chatter", "spam")
#: of so many open cases it is asked which
ASKED = 5
#: what may follow a place that is only named
_PARTICLES = " 的里这那边儿住呢啊呀哦吧，。.!！"
#: what people say of where they live
_MY_NUMBER = re.compile(
    "(?:这是)?(?:我|俺|我的|俺的|本人)?(?:的)?(?:手机|电话|号码|手机号|电话号码|联系方式|联系电话)?(?:是|号)?"
)
_HOME = re.compile(r"^(?:我家|我们家|俺家|我)(?:就)?(?:在|住在|住)(.{2,30})$")


def fresh(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    if incoming.text.strip() or media:
        by_kind(context, incoming, media)
    elif incoming.phone:
        context.say("done.phone")
    else:
        located(context, incoming)


def located(context: Context, incoming: Incoming) -> None:
    """A place without a word: what is wrong there is the only question."""
    unit = context.unit_at(incoming.point) if incoming.point else None
    if unit:
        context.start("here", unit=unit, point=incoming.point)
    else:
        context.say("report.point_outside" if incoming.point else "report.empty")


def at_home(context: Context, words: str) -> bool:
    """ "我家在荷花里": remembered, and who answers for it is named."""
    said = _HOME.match(words)
    if said is None or not _only_a_place(context, said[1]):
        return False
    found = context.units_named(said[1])
    if len(found) != 1:
        return False
    context.desk.settle(context.person.id, found[0])
    context.person = context.desk.person(context.person.id)
    slash.my_worker(context)
    return True


def _only_a_place(context: Context, words: str) -> bool:
    """And no trouble there: "我家在荷花里停水" is a report, and "我家在荷花里着火了" cannot wait."""
    understood = context.understood
    if understood.handoff or understood.private:
        return False
    for span in understood.places:
        words = words.replace(span.text, "")
    return not words.strip(_PARTICLES)


def by_kind(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """Answered as what it is."""
    if not media and at_home(context, incoming.text.strip("。.!！ ")):
        return
    if reporting.only_secret(context) and not media:
        context.say("report.secret", label=context.text("option.confidential"))
        return
    if not media and context.understood.places and _only_a_place(context, incoming.text):
        places = context.understood.facts()["places"]
        context.start("here", unit=one_unit(places), place=words_of(places))
        return
    if not media and (number := _only_a_number(incoming.text)):
        context.desk.set_phone(context.person.id, number)
        context.say("done.phone")
        return
    if not media and spoken.acknowledges(context, incoming.text):
        context.say("talk.noted")
        return
    if not media and spoken.wants_a_person(context, incoming.text):
        slash.person(context)
        return
    kind = context.understood.kind
    open_cases = context.desk.lists.mine(context.person.id, only_open=True)
    if kind == "status" and (open_cases or not context.understood.matter or context.desk.lists.mine(context.person.id)):
        lists.mine(context)
    elif not media and spoken.chases(context, incoming.text) and (own := _own(context, open_cases)):
        lists.shown(context, "mine", own)
    elif kind in SMALL_TALK and not media and not (kind == "chatter" and open_cases and _has_words(incoming)):
        context.say(f"kind.{kind}")
    elif open_cases and (
        (media and kind in SMALL_TALK)
        or not (context.understood.matter or context.understood.handoff or context.understood.private)
    ):
        draft = reporting.keep(context, incoming, media)
        cases = [[str(line.key), label(context, line)] for line in open_cases[:ASKED]]
        context.start("which", draft=draft, cases=cases)
    else:
        reporting.report(context, incoming, media)


def _only_a_number(words: str) -> str:
    """我电话138…: no report, and kept; "" where more is said."""
    number = phone_in(words)
    beside = words.replace(number[0], "").strip(" ，,。.：:是") if number else words
    return number[0] if number and (not beside or _MY_NUMBER.fullmatch(beside)) else ""


def _own(context: Context, lines: Sequence[CaseLine]) -> list[CaseLine]:
    """Their open cases of the matter that is spoken of, where no other place is named."""
    said, place = context.understood, words_of(context.understood.facts()["places"])
    if said.handoff or said.private or said.second:
        return []
    return [
        line
        for line in lines
        if line.matter
        and line.matter == said.matter
        and not line.private
        and (not place or place in line.place or line.place in place)
    ]


def _has_words(incoming: Incoming) -> bool:
    return sum(c.isalnum() for c in incoming.text) >= 4
