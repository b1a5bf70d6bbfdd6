"""What somebody says that is no report: where he lives, a place alone, a number, a nod, or that he wants a person."""

import re

from cases.reading.phones import phone_in, plain_phone
from handlers.chat import Incoming
from handlers.context import Context
from handlers.door import slash, spoken
from handlers.places import LONGEST, one_unit, words_of
from handlers.reports import reporting

#: typed where no report is open, they are no report themselves
OF_A_REPORT = ("submit", "agree", "drop")
#: what may follow a place that is only named
_PARTICLES = " 的里这那边儿住呢啊呀哦吧，。.!！"
#: what people say of a number of theirs
_MY_NUMBER = re.compile(
    "(?:这是)?(?:我|俺|我的|俺的|本人)?(?:的)?(?:手机|电话|号码|手机号|电话号码|联系方式|联系电话)?(?:是|号)?"
)
#: and of where they live
_HOME = re.compile(r"^(?:我家|我们家|俺家|我)(?:就)?(?:在|住在|住)(.{2,30})$")


def answered(context: Context, incoming: Incoming) -> bool:
    """Of a message without pictures: whether it was one of these."""
    return any(way(context, incoming) for way in WAYS)


def says_where(context: Context, words: str) -> bool:
    """A place, or that somebody lives there, and nothing else."""
    words = words.strip("。.!！ ")
    said = _HOME.match(words)
    return bool(context.understood.places) and _only_a_place(context, said[1] if said else words)


def _on_the_map(context: Context, incoming: Incoming) -> bool:
    """荷花里超市, chosen on a map, is where it is, and no food."""
    if not (incoming.venue and incoming.point):
        return False
    unit = context.unit_at(incoming.point) or next(iter(context.units_named(incoming.text)), "")
    if unit:
        context.start("here", unit=unit, place=incoming.text.strip()[:LONGEST], point=incoming.point)
    else:
        context.say("report.point_outside")
    return True


def _a_button(context: Context, incoming: Incoming) -> bool:
    """提交, where no report is open."""
    typed = incoming.text.strip("[]【】。.!！ ")
    if typed not in {context.text(f"option.{of}") for of in OF_A_REPORT}:
        return False
    context.say("talk.nothing_to_submit")
    return True


def _at_home(context: Context, incoming: Incoming) -> bool:
    """ "我家在荷花里": remembered, and who answers for it is named."""
    said = _HOME.match(incoming.text.strip("。.!！ "))
    if said is None or not _only_a_place(context, said[1]):
        return False
    found = context.units_named(said[1])
    if len(found) != 1:
        return False
    context.desk.settle(context.person.id, found[0])
    context.person = context.desk.person(context.person.id)
    slash.my_worker(context)
    return True


def _a_secret(context: Context, incoming: Incoming) -> bool:  # noqa: ARG001 - one form for all
    if not reporting.only_secret(context):
        return False
    context.say("report.secret", label=context.text("option.confidential"))
    return True


def _a_place(context: Context, incoming: Incoming) -> bool:
    if not (context.understood.places and _only_a_place(context, incoming.text)):
        return False
    places = context.understood.facts()["places"]
    context.start("here", unit=one_unit(places), place=words_of(places))
    return True


def _a_number(context: Context, incoming: Incoming) -> bool:
    number = _only_a_number(incoming.text)
    if not number:
        return False
    context.desk.set_phone(context.person.id, number)
    context.say("done.phone")
    return True


def _a_nod(context: Context, incoming: Incoming) -> bool:
    if not spoken.acknowledges(context, incoming.text):
        return False
    context.say("talk.noted")
    return True


def _a_person_please(context: Context, incoming: Incoming) -> bool:
    if not spoken.wants_a_person(context, incoming.text):
        return False
    slash.person(context)
    return True


def _only_a_place(context: Context, words: str) -> bool:
    """And no trouble there: "我家在荷花里停水" is a report, and "我家在荷花里着火了" cannot wait."""
    understood = context.understood
    if understood.handoff or understood.private:
        return False
    for span in understood.places:
        words = words.replace(span.text, "")
    return not words.strip(_PARTICLES)


def _only_a_number(words: str) -> str:
    """我电话138…: no report, and kept; "" where more is said."""
    number = phone_in(words)
    beside = words.replace(number[0], "").strip(" ，,。.：:是") if number else words
    return plain_phone(number[0]) if number and (not beside or _MY_NUMBER.fullmatch(beside)) else ""


#: the surest first
WAYS = (_on_the_map, _a_button, _at_home, _a_secret, _a_place, _a_number, _a_nod, _a_person_please)
