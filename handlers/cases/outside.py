"""Cases of other systems: the reply that is pasted back there."""

from cases.reading.masking import without_doors, without_numbers, without_self
from cases.views import CaseKey
from handlers.context import Context


def reply(context: Context, key: CaseKey) -> None:
    """One plain text with what was done, by whom and when; nothing about anybody's person."""
    view = context.desk.view(key, context.person.id)
    case, done = view.file.case, view.last("resolve") or view.last("void")
    outcome = view.file.round.outcome
    context.say(
        "outside.reply",
        number=case.outside,
        matter=context.matter(case.matter),
        when=context.when(view.file.round.resolved_at or case.entered_at),
        unit=view.unit_name,
        outcome=context.text(f"outcome.{outcome}" if outcome else "state.refused"),
        words=without_doors(without_numbers(without_self(done.words))) if done else "",
        state=context.text(f"state.{case.state}"),
    )
