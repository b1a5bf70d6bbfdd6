"""A report that was understood but never submitted: asked about once, and if it is urgent somebody is told."""

import contextlib

from cases.errors import Refused
from cases.views import Draft
from handlers import engine, reporting
from handlers.context import Context

#: characters
QUOTED = 30


def remind(context: Context, draft: Draft) -> None:
    context.desk.talks.reminded(draft.id)
    if draft.facts["urgent"]:
        reporting.alert(context, draft.words, draft.facts, "alert.urgent_draft")
    for conversation in context.desk.talks.open(draft.chat, draft.person):
        if conversation.args.get("draft") == draft.id:
            with contextlib.suppress(Refused):  # a changed flow may come to its end here; the words stay a draft
                engine.go_on(
                    context, conversation, prefix=context.text("talk.draft_waiting", words=_short(draft.words))
                )
            return


def _short(words: str) -> str:
    """Enough to know by which words are meant."""
    return words if len(words) <= QUOTED else f"{words[:QUOTED]}…"
