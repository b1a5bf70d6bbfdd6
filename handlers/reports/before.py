"""What somebody said a while ago, for words of danger that do not say it again: where, and a number to call."""

from datetime import timedelta

from cases.ledger.model import Kind
from cases.reading.phones import phone_in, plain_phone
from cases.views import CaseView
from handlers.context import Context

#: so long after it was asked about, another report's place is where somebody still is
MEANWHILE = timedelta(minutes=30)
#: and so long after it was submitted
TODAY = timedelta(hours=12)


def place(context: Context) -> tuple[str, str]:
    """(place, unit) of the report that was just being asked about, else of their own newest case, else of what
    they are being mediated about; empty for none."""
    since = context.desk.now - MEANWHILE
    for talk in context.desk.talks.open(context.chat, context.person.id):
        said = talk.args.get("place") if talk.flow == "report" else ""
        if said and talk.touched_at is not None and talk.touched_at >= since:
            return said, talk.args["unit"]
    if case := _case(context):
        return case.file.case.place or case.unit_name, case.file.case.unit
    on = context.desk.items.lines(context.person, (Kind.MEDIATION,), states=("asking", "mediating"))
    return (on[0].unit_name, on[0].unit) if on and not context.person.posts else ("", "")


def number(context: Context) -> str:
    """As it stood in what they said; empty for none. May be somebody else's: never kept as theirs."""
    draft, case = context.desk.talks.recent_draft(context.person.id, context.desk.now - TODAY), _case(context)
    own = [entry.words for entry in case.said if entry.by == context.person.id] if case else []
    words = (draft.words if draft else "", case.words if case else "", *own)
    found = next(filter(None, map(phone_in, words)), None)
    return plain_phone(found[0]) if found else ""


def _case(context: Context) -> CaseView | None:
    """Their own newest open case of today; nothing of one that is about a person."""
    own = (line for line in context.desk.lists.mine(context.person.id, only_open=True) if not line.follows)
    newest = next((line for line in own if not line.private), None)
    view = context.desk.view(newest.key, context.person.id) if newest else None
    return view if view and view.file.case.reported_at >= context.desk.now - TODAY else None
