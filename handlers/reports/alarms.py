"""Danger: the number to call before anything else, and a person on duty who hears of it.

Whether it is submitted or not: words that cannot wait are no draft to those who can help.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cases import routing
from cases.reading.phones import phone_in, plain_phone
from cases.views import Draft
from handlers.chat import Button, Incoming, Message
from handlers.context import Context
from handlers.places import at_point, one_unit, words_of
from handlers.reports import before


def alarm(context: Context, words: str, facts: Mapping[str, Any], draft: int | None = None) -> None:
    """Once for a message."""
    if context.alarmed:
        return
    context.alarmed = True
    context.say(f"handoff.{facts['handoff_id']}", urgent=True, tel=facts["handoff"])
    alert(context, words, facts, "alert.emergency", draft)


def before_others(context: Context, words: str) -> None:
    """Said in a group: the number to call, and who is on duty hears the words. Of who spoke nothing is used or kept:
    all who speak for a group share one name."""
    understood = context.understood
    context.say(f"handoff.{understood.handoff_id}", urgent=True, tel=understood.handoff)
    unit = understood.unit or context.desk.groups.unit_of(context.chat) or context.desk.top(context.district) or ""
    for coordinator in routing.coordinators(unit, context.desk.rules.directory):
        context.tell(
            coordinator,
            "alert.in_group",
            urgent=True,
            once=f"group:{context.chat}:{understood.handoff_id}:{context.desk.now:%Y%m%d%H}",
            tel=understood.handoff,
            words=words,
        )


def placed(context: Context, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """With the place they spoke of just before, where these words name none."""
    place, unit = ("", "") if facts["places"] else before.place(context)
    if not place:
        return facts
    return {**facts, "places": [{"start": 0, "end": 0, "text": place, "of": unit}], "assumed": True}


def more(context: Context, incoming: Incoming, media: tuple[int, ...], draft: int) -> None:
    """What is said next, to those who heard the first of it: "谁也别管我" says more than any form. Where it names a
    place, those who are nearer hear all of it."""
    first, now = context.desk.talks.draft(draft), context.understood.facts()
    point = incoming.point
    there = [{"text": at_point("", point), "of": context.unit_at(point) or ""}] if point else now["places"]
    facts = first.facts | ({"places": there, "assumed": False} if there else {})
    words = incoming.text.strip() or context.text("alert.no_words")
    if re.search(context.text("says.over"), words):
        facts["over"] = True
    facts = dict(placed(context, facts))
    heard = facts.get("heard", [])
    nearer = [person for person in _on_duty(context, facts) if person not in heard]
    _tell(context, heard, words, facts, "alert.more", draft, media)
    _tell(context, nearer, f"{first.words} … {words}", facts, "alert.emergency", draft, media)
    context.desk.talks.note_facts(draft, facts | {"heard": [*heard, *nearer]})


def alert(context: Context, words: str, facts: Mapping[str, Any], key: str, draft: int | None = None) -> None:
    """The nearest coordinators on duty hear of words that were not submitted, and whom to phone about them; with a
    `draft` they can answer, too."""
    facts = placed(context, facts)
    heard = _on_duty(context, facts)
    _tell(context, heard, words, facts, key, draft)
    if draft:
        before = [person for person in facts.get("heard", ()) if person not in heard]
        context.desk.talks.note_facts(draft, {**facts, "heard": [*before, *heard]})


def _tell(
    context: Context,
    whom: Sequence[int],
    words: str,
    facts: Mapping[str, Any],
    key: str,
    draft: int | None,
    media: tuple[int, ...] = (),
) -> None:
    desk, texts = context.desk, context.world.texts
    number, known = phone_in(words), desk.own_phone(context.person.id)
    if number and not known:  # whoever must be phoned and says where; it may be somebody else's
        desk.set_phone(context.person.id, plain_phone(number[0]))
    phone = plain_phone(number[0]) if number else known or before.number(context)
    for coordinator in whom:
        chat = desk.chat_of(coordinator)
        if chat is not None and coordinator != context.person.id:
            language = desk.person(coordinator).language
            text = texts.say(
                language,
                key,
                tel=facts["handoff"],
                words=words,
                name=context.person.name or texts.say(language, "alert.no_name"),
                phone=phone or texts.say(language, "alert.no_phone"),
                place=_where(context, facts, language),
            )
            rows = ((Button(texts.say(language, "option.answer_alarm"), f"h.{draft}"),),) if draft else ()
            desk.outbox.say(chat, Message(text, rows, media).pack(), person=coordinator, fact=True, urgent=True)


def unanswered(context: Context, draft: Draft) -> None:
    """Nobody on duty said a word, and nothing was submitted: those above them hear of it."""
    facts, directory = draft.facts, context.desk.rules.directory
    if facts.get("answered") or facts.get("over"):
        return
    unit = one_unit(facts["places"]) or context.person.home or context.desk.top(context.district) or ""
    heard = facts.get("heard", [])
    above = routing.coordinators(unit, directory, above=routing.desk(unit, directory), without=tuple(heard))
    _tell(context, above, draft.words, facts, "alert.urgent_draft", draft.id)
    context.desk.talks.note_facts(draft.id, facts | {"heard": [*heard, *above]})


def _on_duty(context: Context, facts: Mapping[str, Any]) -> Sequence[int]:
    """Words about a person are for those above the nearest, who may be meant; but somebody must hear of danger."""
    unit = one_unit(facts["places"]) or context.person.home or context.desk.top(context.district) or ""
    directory = context.desk.rules.directory
    nearest = routing.desk(unit, directory)
    above = routing.coordinators(unit, directory, above=nearest) if facts["private"] and nearest else []
    return above or routing.coordinators(unit, directory)


def _where(context: Context, facts: Mapping[str, Any], language: str) -> str:
    """As it was said, else where this person lives; empty where neither is known."""
    home = context.desk.unit(context.person.home) if context.person.home and not one_unit(facts["places"]) else None
    place = words_of(facts["places"]) or (home.name if home else "")
    key = "alert.place_before" if facts.get("assumed") else "alert.place"
    return context.world.texts.say(language, key, place=place) if place else ""
