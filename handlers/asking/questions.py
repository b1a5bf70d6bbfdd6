"""A question as a message: its sentence, its buttons, and which typed words are one of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from cases.reading.phones import mask_phone
from cases.views import CaseKey, Conversation
from handlers.chat import Button, Message, in_rows
from handlers.context import Context
from handlers.flow import Option, Question, Said
from handlers.naming import label as case_label

BACK, CANCEL = -1, -2
#: characters by which somebody on a button can be named
SHORTEST = 2
#: questions that show no 取消: they offer 不报了 themselves, or have one button
PLAIN = {
    "review",
    "review.private",
    "report.consent",
    "report.consent_private",
    "report.consent_details",
    "report.discipline",
    "ask.rate.why",
    "ask.language",
    "privacy",
}


def render(context: Context, conversation: Conversation, question: Question, *, prefix: str = "") -> Message:
    text = "\n".join([*_case(context, conversation), SENTENCES.get(question.key, _plain)(context, question)])
    buttons = [
        Button(label(context, option), f"c.{conversation.id}.{conversation.revision}.{index}")
        for index, option in enumerate(question.options)
    ]
    rows = in_rows(buttons)
    if question.key not in PLAIN:
        ways = [(CANCEL, "option.cancel")]
        if any(not key.startswith("?") for key, _ in conversation.steps):
            ways.insert(0, (BACK, "option.back"))
        rows += (tuple(_way(context, conversation, index, key) for index, key in ways),)
    message = Message(f"{prefix}\n{text}" if prefix else text, rows, wants=question.wants)
    return message if context.private else _named(context, message, question)


def _case(context: Context, conversation: Conversation) -> list[str]:
    """Which case is asked about, since many work on several at once; in a group by its number alone."""
    if conversation.flow not in ("act", "unsatisfied"):
        return []
    lines = context.desk.lists.lines([CaseKey.parse(conversation.args["case"])])
    return [case_label(context, line) if context.private else line.number[-9:] for line in lines]


def _named(context: Context, message: Message, question: Question) -> Message:
    """In a group everybody sees the question, so it names who is asked; words come back as an answer to it."""
    assert context.incoming is not None
    name = (context.person.name or context.incoming.name or "?").replace(" ", "")
    text = f"{name} {message.text}"
    if not question.takes:
        return replace(message, text=text, wants="", mention=context.incoming.user)
    here = context.text("group.reply_here")
    if question.options:  # buttons and an invitation to reply are not to be had at once
        return replace(message, text=f"{text}\n{here}", wants="", mention=context.incoming.user)
    return Message(f"{text}\n{here}", wants="reply", mention=context.incoming.user)


def _way(context: Context, conversation: Conversation, index: int, key: str) -> Button:
    return Button(context.text(key), f"c.{conversation.id}.{conversation.revision}.{index}")


def label(context: Context, option: Option) -> str:
    """What stands on the button; ids of matters and categories are named in the reader's language."""
    if not option.literal:
        return context.text(option.label)
    kind, _, id_ = option.label.partition(":")
    if kind == "matter":
        return context.matter(id_)
    if kind == "category":
        names = context.world.taxonomy.categories.get(id_, {})
        return names.get(context.person.language) or names.get("zh") or id_
    return option.label


def typed(context: Context, question: Question, words: str) -> Option | None:
    """The option somebody wrote out instead of tapping, or named by its number."""
    if not words:
        return None
    plain = words.strip("[]【】。.!！，, ")
    for index, option in enumerate(question.options, 1):
        other = f"typed.{option.value}"  # ways people say it instead
        if context.world.texts.has(other) and plain.lower() in context.text(other).split("|"):
            return option
        if plain == label(context, option) or (plain == str(index) and "words" not in question.takes):
            return option
    # "李秀兰" for "李秀兰 · 龙泉苑第一网格", where nobody else is called so
    named = [
        option
        for option in question.options
        if option.literal and len(plain) >= SHORTEST and plain in label(context, option)
    ]
    return named[0] if len(named) == 1 and "words" not in question.takes else None


def fits(question: Question, said: Said) -> bool:
    given = {
        name
        for name, value in (
            ("words", said.words),
            ("media", said.media),
            ("point", said.point),
            ("phone", said.phone),
        )
        if value
    }
    return bool(given & question.takes)


def _plain(context: Context, question: Question) -> str:
    return context.text(question.key, **question.params)


def _review(context: Context, question: Question) -> str:
    """请核对: what was understood, where, who will do it, and by when there is an answer."""
    p = question.params
    draft = context.desk.talks.draft(p["draft"])
    lines = [context.text("review.outside")] if p["outside"] else []
    if (
        question.key == "review" and p["danger"] and p["more"]
    ):  # no form in front of who is in danger, with every word again
        return "\n".join([*lines, context.text("review.danger"), _place_line(context, p), *_call_line(context, p)])
    lines.append(context.text("review.head"))
    if p["complaint_only"]:
        lines.append(context.text("review.about_person"))
    else:
        lines.append(
            context.text("review.matter", matter=context.matter(p["matter"]), why=_why(context, p, draft.facts))
        )
    lines.append(_place_line(context, p))
    if question.key == "review.private":
        lines += _private_lines(context, p)
    else:
        lines.append(_holder_line(context, p["route"]))
    due = datetime.fromisoformat(p["route"]["due"])
    lines.append(context.text("review.due_danger" if p["danger"] else "review.due", when=context.when(due)))
    if p["more"]:
        lines.append(context.text("review.more", words="；".join(p["more"])))
    if files := len(draft.media) + p["files"]:
        lines.append(context.text("review.files", count=files))
    if p["confidential"]:
        lines.append(context.text("review.confidential"))
    if p["subject"]:
        name, phone, _ = p["subject"]
        lines.append(context.text("review.subject", name=name, phone=mask_phone(phone)).rstrip())
    lines += _call_line(context, p)
    if p["second"]:
        matter, words = p["second"]
        key = "review.both" if p["both"] else "review.second"
        lines.append(context.text(key, matter=context.matter(matter), words=words))
    if p["same"]:
        what, whose = p["same"]
        lines.append(context.text("review.same_own" if whose else "review.same", what=what))
    return "\n".join(lines)


def _place_line(context: Context, params: dict[str, Any]) -> str:
    return context.text("review.place", place=place_name(context, params["unit"], params["place"]))


def _call_line(context: Context, params: dict[str, Any]) -> list[str]:
    return [context.text("review.call")] if params["call"] else []


def _why(context: Context, params: dict[str, Any], facts: dict[str, Any]) -> str:
    """（您提到：电梯坏了）: the very words that decided, when they decided for this matter; none in danger."""
    if facts["handoff"]:
        return ""
    words = list(dict.fromkeys(span["text"] for span in facts["matched"] if span["of"] == params["matter"]))
    if not words and facts.get("like") and facts.get("best") == params["matter"]:
        return context.text("review.like", sentence=facts["like"])
    return context.text("review.why", words="、".join(words[:3])) if words else ""


def _holder_line(context: Context, route: dict[str, Any]) -> str:
    if route["elsewhere"] and route["holder"] is None:
        return context.text("review.elsewhere", who=route["elsewhere"])
    if route["holder"] is None:
        return context.text("review.no_holder")
    holder = context.desk.person(route["holder"])
    unit = context.desk.unit(route["unit"])
    return context.text(
        "review.holder", unit=unit.name if unit else "", name=holder.name, phone=holder.phone_masked
    ).rstrip()


def _private_lines(context: Context, params: dict[str, Any]) -> list[str]:
    keys = [] if params["complaint_only"] else ["review.private_concrete"]
    keys.append("review.private_discipline" if params["discipline"] else "review.private_complaint")
    return [context.text(key) for key in keys]


def place_name(context: Context, unit: str, place: str) -> str:
    """龙泉苑社区·中央城B区 3号楼; the grid's name where no more was said than the community."""
    found = context.desk.unit(unit) if unit else None
    if found is None:
        return place or context.text("place.unknown")
    above = context.desk.unit(found.parent) if found.parent else None
    area = above.name if above and found.level in ("grid", "micro") else found.name
    more = place if place != area else ""
    return f"{area}·{more}" if more else f"{area}·{found.name}" if above and area != found.name else area


SENTENCES: dict[str, Callable[[Context, Question], str]] = {"review": _review, "review.private": _review}
