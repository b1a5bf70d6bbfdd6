"""Whatever question is open, what a resident types may be an emergency, or about a person: looked at before it goes on.

Nothing about a cadre or a worker may come into words that he reads: it becomes a complaint of its
own, and only the rest is the answer, the supplement or the place that was asked for.
"""

from dataclasses import replace

from cases.life.lifecycle import TABLE
from cases.states import RESIDENTS, Hat
from cases.views import CaseView, Conversation
from handlers.chat import Incoming
from handlers.context import Context
from handlers.flow import script_of
from handlers.reports import alarms, reporting


def asks_a_resident(context: Context, conversation: Conversation) -> bool:
    """Not a worker's or a coordinator's note."""
    if script_of(conversation.flow).staff or (conversation.flow == "item" and context.person.posts):
        return False
    if conversation.flow == "unsatisfied":  # goes to those above who worked it, and says so
        return context.understood.discipline or bool(context.understood.handoff)
    return conversation.flow != "act" or bool(TABLE[conversation.args["action"]].by & RESIDENTS)


def is_resident(view: CaseView) -> bool:
    return bool(view.hats & RESIDENTS) and not view.hats & {Hat.HOLDER, Hat.COORDINATOR}


def screened(context: Context, incoming: Incoming, media: tuple[int, ...]) -> tuple[Incoming, tuple[int, ...]]:
    """What may go where the holder reads it; the number to call, and the complaint, go their own ways."""
    understood = context.understood
    if understood.handoff:
        alarms.alarm(context, incoming.text.strip(), understood.facts())
    if not understood.private:
        return incoming, media
    heard = any(attachment.kind == "voice" for attachment in incoming.media)  # the words were spoken in it
    complain(context, incoming, media if heard else ())
    return replace(incoming, text=understood.rest or context.text("talk.no_details")), () if heard else media


def complain(context: Context, incoming: Incoming, media: tuple[int, ...]) -> None:
    """A complaint of its own, from the part of the message that is about a person."""
    whole = context.understood
    context.understood = replace(
        whole, matter=None, category=None, candidates=(), matched=(), rest="", places=(), handoff=None, redirect=None
    )
    reporting.report(context, replace(incoming, text=whole.complaint), media)
    context.understood = whole
