"""What a person may do with what is kept of them, as words in their chat."""

from handlers import commands
from handlers.chat import Message
from handlers.context import Context


def see(context: Context, _: commands.SeeOwn) -> None:
    own = context.desk.personal.own(context.person.id)
    home = context.desk.unit(own.home) if own.home else None
    nothing = context.text("privacy.nothing")
    lines = [
        context.text(
            "privacy.own",
            name=own.name or nothing,
            phone=own.phone_masked or nothing,
            home=home.name if home else nothing,
            cases=own.cases,
            drafts=own.drafts,
            consent=context.when(own.consented_at) if own.consented_at else nothing,
        )
    ]
    for opened in own.opened:
        why = context.text(f"see_why.{opened.why}") if opened.why else nothing
        lines.append(
            context.text(
                "privacy.opened", when=context.when(opened.at), name=opened.by or nothing, number=opened.number, why=why
            )
        )
    context.send(Message("\n".join(lines)))


def copy(context: Context, _: commands.CopyOwn) -> None:
    file = context.desk.personal.copy(context.person.id)
    context.send(Message(context.text("privacy.copy"), media=(file,)))


def withdraw(context: Context, _: commands.Withdraw) -> None:
    context.desk.personal.withdraw(context.person.id)
    context.say("privacy.withdrawn")


def forget(context: Context, _: commands.Forget) -> None:
    open_ = context.desk.personal.forget(context.person.id)
    context.say("privacy.forgotten_later" if open_ else "privacy.forgotten", count=open_)
