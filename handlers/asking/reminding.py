"""A report that was understood but never submitted: asked about once, and if it is urgent somebody is told."""

import contextlib

from cases.errors import Refused
from cases.views import Draft
from handlers.asking import engine
from handlers.context import Context
from handlers.reports import alarms

#: characters
QUOTED = 30


def remind(context: Context, draft: Draft) -> None:
    desk = context.desk
    if not draft.facts["urgent"] and desk.rules.calendar.asleep(desk.now):
        desk.talks.remind_later(draft.id, desk.rules.calendar.awake(desk.now))
        return
    desk.talks.reminded(draft.id)
    if draft.facts["urgent"]:
        alarms.alert(context, draft.words, draft.facts, "alert.urgent_draft", draft.id)
    if draft.facts["handoff"]:  # who was told to run and to call is not asked about a form
        alarms.unanswered(context, desk.talks.draft(draft.id))
        return
    words = _short(draft.words) or context.text("card.media_only")
    for conversation in context.desk.talks.open(draft.chat, draft.person):
        if conversation.args.get("draft") == draft.id:
            with contextlib.suppress(Refused):  # a changed flow may come to its end here; the words stay a draft
                engine.go_on(
                    context,
                    conversation,
                    prefix=context.text("talk.draft_waiting", words=words),
                )
            return


def _short(words: str) -> str:
    """Enough to know by which words are meant."""
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
