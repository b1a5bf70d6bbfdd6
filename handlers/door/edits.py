"""They changed what they wrote: a draft is understood again; a case gets the new words, and an entry."""

from collections.abc import Mapping

from cases.errors import Refused
from cases.views import CaseKey, Draft
from handlers.asking import engine
from handlers.cases import actions
from handlers.chat import Incoming
from handlers.context import Context
from handlers.door import screen
from handlers.places import words_of
from handlers.reports import reporting


def edited(context: Context, incoming: Incoming) -> None:
    words = incoming.text.strip()
    if not words:
        return
    kept = _kept(context, incoming.ref)
    if kept is None:
        context.say("talk.edit_unknown")
        return
    parts = context.desk.cases_of_draft(kept.id)
    if kept.facts["ref"] != incoming.ref:  # the caption of a picture that joined: it says more, it replaces nothing
        _say_more(context, kept, words)
    elif parts:
        _amend(context, parts, words)
    elif kept.state == "open":
        _understand_again(context, incoming, kept)
    else:
        context.say("talk.edit_unknown")


def _kept(context: Context, ref: str) -> Draft | None:
    """What became of this message; None where nothing did, or it was forgotten."""
    draft = context.desk.talks.heard(context.chat, ref)
    try:
        return context.desk.talks.draft(draft) if draft else None
    except Refused:
        return None


def _say_more(context: Context, kept: Draft, words: str) -> None:
    if case := context.case_of(kept.id):
        assert context.incoming is not None
        actions.add(context, case, screen.screened(context, context.incoming, ())[0].text.strip(), ())
    else:
        context.desk.talks.add_to_draft(kept.id, words, ())
        context.say("report.added_media")


def _amend(context: Context, parts: Mapping[str, CaseKey], words: str) -> None:
    """Of a message about a person and a thing, the thing's case gets only what is about the thing."""
    about = context.understood
    if about.private and "complaint" not in parts and context.incoming is not None:
        words = screen.screened(context, context.incoming, ())[0].text.strip()
    fitting = {"whole": words, "complaint": words, "concrete": about.rest if about.private else ""}
    changed = [(key, fitting[part]) for part, key in parts.items() if fitting[part]]
    for key, text in changed:
        given = {"place": place} if (place := _moved(context, key)) else {}
        context.desk.perform(key, "amend", context.person.id, context.chat, given, text, ())
    if changed:
        context.say("done.amend")


def _moved(context: Context, key: CaseKey) -> str:
    """The place that the new words name, where it is another one; "" otherwise. In another unit, too: whoever has it
    is rung, and gives it back."""
    case = context.desk.view(key, context.person.id).file.case
    understood = context.understood
    place = words_of(understood.facts()["places"])
    return place if understood.unit and place != case.place else ""


def _understand_again(context: Context, incoming: Incoming, kept: Draft) -> None:
    for conversation in context.desk.talks.open(context.chat, context.person.id):
        if conversation.args.get("draft") == kept.id:
            engine.finish(context, conversation)
    reporting.begin(context, reporting.keep(context, incoming, kept.media))
    context.desk.talks.hand_on(kept.id)
