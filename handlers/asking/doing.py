"""What a flow's commands do. One small function a command."""

from collections.abc import Callable
from typing import Any

from cases.views import CaseKey
from handlers import commands, rights
from handlers.asking import filing
from handlers.cases import actions
from handlers.context import Context
from handlers.counts import reviews
from handlers.ledger import acting, exports, households, notices, opening, visits
from handlers.ledger import commands as ledger
from handlers.people import groups, personal, rosters, staffing
from handlers.reports import alarms, duty


def do(context: Context, command: Any) -> None:
    DOING[type(command)](context, command)


def act(context: Context, command: commands.Act) -> None:
    actions.perform(context, command)


def begin(context: Context, command: commands.Begin) -> None:
    actions.begin(context, command.action, CaseKey.parse(command.case), command.words, command.media)


def drop(context: Context, command: commands.Drop) -> None:
    talks = context.desk.talks
    (talks.forget_draft if command.erase else talks.close_draft)(command.draft)
    context.say(command.key)


def consent(context: Context, _: commands.Consent) -> None:
    context.desk.consent(context.person.id)
    context.person = context.desk.person(context.person.id)


def phone(context: Context, command: commands.Phone) -> None:
    context.desk.set_phone(context.person.id, command.number.strip()[:20])


def speak(context: Context, command: commands.Speak) -> None:
    context.desk.speak(context.person.id, command.language)
    context.person = context.desk.person(context.person.id)
    context.say("language.set")


def invite(context: Context, command: commands.Invite) -> None:
    rights.over(context, command.unit, *rights.INVITING)
    _linked(context, "invite", command.role, command.unit, context.desk.staffing.invite)


def recruit(context: Context, command: ledger.Recruit) -> None:
    rights.over(context, command.unit, *rights.INVITING)
    _linked(context, "recruit", command.role, command.unit, context.desk.staffing.recruit)


def _linked(context: Context, what: str, role: str, unit: str, made: Callable[[str, str, int], str]) -> None:
    token, found = made(role, unit, context.person.id), context.desk.unit(unit)
    link = context.incoming.link if context.incoming else ""
    context.say(
        f"{what}.made_link" if link else f"{what}.made",
        role=context.text(f"role.{role}"),
        unit=found.name if found else "",
        token=token,
        link=link,
    )


def call_me(context: Context, _: commands.CallMe) -> None:
    """Phoned, or answered in the chat: `draft` is what a word of who is on duty belongs to."""
    desk = context.desk
    cases = "、".join(line.number for line in desk.lists.mine(context.person.id, only_open=True)[:3])
    facts = context.understood.facts() | {"places": [], "talk": True}
    draft = desk.talks.new_draft(context.person.id, context.chat, "", (), facts, desk.now)
    alarms.alert(context, cases or context.text("alert.no_case"), facts, "alert.wants_person", draft)
    desk.talks.close_draft(draft)
    context.say("done.person" if desk.own_phone(context.person.id) else "done.person_here")


def rename(context: Context, command: commands.Rename) -> None:
    context.desk.rename(context.person.id, command.name.strip())


def tell(context: Context, command: commands.Tell) -> None:
    context.say(command.key)


def bind(context: Context, command: commands.Bind) -> None:
    groups.bound(context, command.unit)


DOING: dict[type[Any], Callable[[Context, Any], None]] = {
    commands.Act: act,
    commands.Begin: begin,
    commands.Submit: filing.submit,
    commands.Drop: drop,
    commands.Follow: filing.follow,
    commands.Second: filing.second,
    commands.Resume: filing.resume,
    commands.Supplement: filing.supplement,
    commands.Consent: consent,
    commands.Phone: phone,
    commands.Speak: speak,
    commands.Report: filing.report,
    commands.Invite: invite,
    commands.Bind: bind,
    commands.Tell: tell,
    commands.CallMe: call_me,
    commands.Rename: rename,
    commands.AnswerAlarm: duty.answered,
    commands.SeeOwn: personal.see,
    commands.CopyOwn: personal.copy,
    commands.Withdraw: personal.withdraw,
    commands.Forget: personal.forget,
    commands.Apply: staffing.apply,
    commands.Leave: staffing.leave,
    commands.Back: staffing.back,
    commands.Dismiss: staffing.dismiss,
    commands.StandIn: staffing.stand_in,
    ledger.ItemAct: acting.perform,
    ledger.OpenWork: opening.work,
    ledger.OpenHousehold: households.household,
    ledger.OpenVisit: visits.visit,
    ledger.VisitLine: visits.visit_line,
    ledger.OpenPatrol: opening.patrol,
    ledger.OpenNotice: notices.notice,
    ledger.Silence: notices.silence,
    ledger.Contest: opening.contest,
    ledger.Export: exports.export,
    ledger.Review: reviews.begin,
    ledger.Recruit: recruit,
    ledger.Sit: rosters.sit,
}
