"""Commands, and the plain words that do the same. One table."""

import re
from collections.abc import Callable
from dataclasses import replace

from cases.errors import Refused
from cases.ledger.model import Kind
from handlers import rights
from handlers.asking import engine
from handlers.cases import board as boards
from handlers.cases import lists
from handlers.chat import Incoming, Message
from handlers.context import Context
from handlers.counts import figures, reviews, scores
from handlers.flows.export import NAMING
from handlers.ledger import acting, menus, notices
from handlers.ledger.commands import Silence
from handlers.people import blocking, groups, rosters, training

#: ledgers that can be taken as a sheet
SHEETS = (*NAMING, "assessment")
Command = Callable[[Context], None]
#: what a deep link of ours may carry besides an invitation
LINKS = ("report",)


def start(context: Context) -> None:
    """/start, or a deep link: an invitation that binds this person to a role and a unit."""
    if context.argument in ("", *LINKS) or context.incoming is None:
        context.say("start")
        return
    incoming, staffing = context.incoming, context.desk.staffing
    taken = staffing.redeem(context.argument, context.person.id, incoming.channel, incoming.user, context.district)
    if taken is None:
        raise Refused("refused.invitation")
    if taken.named:
        found = context.desk.unit(taken.unit)
        context.say("invite.taken", role=context.text(f"role.{taken.role}"), unit=found.name if found else taken.unit)
    else:
        context.start("join", known=bool(context.person.phone_masked), mark=taken.mark, role=taken.role,
                      unit=taken.unit, coordinators=list(taken.coordinators), opening=taken.opening)  # fmt: skip


def report(context: Context) -> None:
    context.say("menu.report")


def help_(context: Context) -> None:
    """Who serves is told of the ledger, too."""
    lines = [context.text("help"), *([context.text("help.staff")] if context.person.posts else [])]
    context.send(Message("\n".join(lines)))


def mine(context: Context) -> None:
    lists.mine(context)


def tasks(context: Context) -> None:
    lists.tasks(context)


def board(context: Context) -> None:
    boards.board(context)


def export(context: Context) -> None:
    """Coordinators and leaders, of what lies under their posts."""
    rights.coordinating(context, *rights.OVERSEEING)
    context.start("export", what=list(SHEETS))


def leave(context: Context) -> None:
    """/leave 12-01 12-05; without days they are asked for; on leave, it offers to come back."""
    rights.serving(context)
    coming = context.desk.staffing.leave_of(context.person.id)
    context.start("leave", words=context.argument, away=coming is not None)


def staff(context: Context) -> None:
    rights.coordinating(context)
    context.start("staff")


def invite(context: Context) -> None:
    rights.coordinating(context, *rights.INVITING)
    context.start("invite")


def recruit(context: Context) -> None:
    rights.coordinating(context)
    context.start("recruit")


def person(context: Context) -> None:
    context.start("person", known=bool(context.person.phone_masked))


def privacy(context: Context) -> None:
    context.start("privacy", serves=bool(context.person.posts))


def language(context: Context) -> None:
    context.start("language")


def cancel(context: Context) -> None:
    for conversation in context.desk.talks.open(context.chat, context.person.id)[:1]:
        engine.cancel(context, conversation)
        return
    context.say("talk.nothing_open")


def my_worker(context: Context) -> None:
    home = context.person.home
    if not home:
        context.say("menu.no_home")
        return
    unit, holder = context.desk.unit(home), context.desk.would_hold(home, context.person.id)
    name = unit.name if unit else ""
    supervision = context.desk.rules.at(home).supervision_phone
    if holder is None:
        context.say("menu.no_worker", unit=name, supervision=supervision)
    else:
        context.say("menu.my_worker", unit=name, name=holder.name, phone=holder.phone_masked, supervision=supervision)


def quiet(context: Context) -> None:
    notices.silence(context, Silence(silent=True))


def unwilling(context: Context) -> None:
    """不想调解了: of a party to a mediation that is on. Raises Refused where there is none."""
    found = context.desk.items.lines(context.person, (Kind.MEDIATION,), states=("asking", "mediating"))
    if len(found) != 1:
        raise Refused("refused.no_mediation")
    acting.tapped(context, "refuse", found[0].id)


_REPORT = re.compile(r"\s*/report(?:@\w+)?\s+(?=\S)", re.IGNORECASE)

COMMANDS: dict[str, Command] = {
    "/start": start,
    "/help": help_,
    "/report": report,
    "/mine": mine,
    "/tasks": tasks,
    "/board": board,
    "/invite": invite,
    "/privacy": privacy,
    "/block": blocking.command,
    "/lang": language,
    "/cancel": cancel,
    "/stats": figures.command,
    "/visit": menus.visit,
    "/needs": menus.needs,
    "/duties": menus.duties,
    "/works": menus.listed(Kind.WORK),
    "/mediation": menus.listed(Kind.MEDIATION),
    "/patrol": menus.listed(Kind.PATROL, begin="patrol"),
    "/notice": menus.listed(Kind.NOTICE, begin="notice"),
    "/score": scores.command,
    "/review": reviews.command,
    "/export": export,
    "/roster": rosters.command,
    "/recruit": recruit,
    "/lessons": training.command,
    "/leave": leave,
    "/staff": staff,
    "/bind": groups.bind,
    "/worker": my_worker,
    "/quiet": quiet,
    "/unwilling": unwilling,
    "/person": person,
}

WORDS = {
    "帮助": "/help", "help": "/help", "我要报事": "/report", "报事": "/report", "我的工单": "/mine",
    "我的任务": "/tasks", "待办": "/tasks", "看板": "/board", "邀请": "/invite", "隐私": "/privacy",
    "语言": "/lang", "取消": "/cancel", "cancel": "/cancel", "我的网格员": "/worker",
    "我的网格员是谁": "/worker", "谁是我的网格员": "/worker", "网格员是谁": "/worker", "统计": "/stats",
    "请假": "/leave", "销假": "/leave", "人员": "/staff", "staff": "/staff", "转人工": "/person",
    "人工": "/person", "人工服务": "/person", "找人工": "/person", "我要找人": "/person", "找领导": "/person",
    "台账": "/needs", "需求": "/needs", "需求台账": "/needs", "帮扶": "/needs", "走访": "/visit",
    "围炉夜话": "/visit", "待办事项": "/duties", "工程": "/works", "列入计划的": "/works", "调解": "/mediation",
    "排查": "/patrol", "考评": "/score", "我的考评": "/score", "述职": "/review", "述职评议": "/review",
    "导出": "/export", "值班": "/roster", "招募": "/recruit", "学习": "/lessons", "通知": "/notice",
    "发通知": "/notice", "不再收通知": "/quiet", "不收通知": "/quiet", "别再发通知": "/quiet",
    "不想调解了": "/unwilling", "我不想调解了": "/unwilling", "不调解了": "/unwilling", "我不同意调解": "/unwilling",
    "我要找领导": "/person", "我要找你们领导": "/person", "talk to a person": "/person", "my cases": "/mine",
    "你是谁": "/help", "你能干啥": "/help", "你能干什么": "/help", "你是机器人": "/help", "怎么用": "/help",
    "怎么报事": "/help", "我想报个事": "/report", "我要反映问题": "/report", "我想反映个事": "/report",
    "我想反映个问题": "/report", "我想反映问题": "/report", "我要投诉": "/report", "我有个事": "/report",
    "有个事": "/report", "反映个问题": "/report", "我想说个事": "/report", "网格员电话": "/worker",
    "网格员电话多少": "/worker", "网格员的电话": "/worker", "网格员电话是多少": "/worker",
    "删除我的信息": "/privacy", "删除我的资料": "/privacy", "删掉我的信息": "/privacy",
    "删除个人信息": "/privacy", "注销": "/privacy", "忘了我": "/privacy", "my tasks": "/tasks",
    "my grid worker": "/worker", "board": "/board", "language": "/lang",
}  # fmt: skip


def without_report(context: Context, incoming: Incoming) -> Incoming:
    """ "/report 路灯不亮" is a report: what stands behind the command is the message."""
    said = _REPORT.match(incoming.text)
    if said is None:
        return incoming
    context.understood = context.understood.shifted(-said.end())
    context.incoming = replace(incoming, text=incoming.text[said.end() :])
    return context.incoming


def command(context: Context, incoming: Incoming) -> bool:
    """/command in any case, with @botname or an argument. False: it is none."""
    if not incoming.text.startswith("/"):
        return False
    head, _, argument = incoming.text.strip().partition(" ")
    name = head.partition("@")[0].lower()
    if name not in COMMANDS:
        context.say("menu.unknown", command=head[:30])
        return True
    context.argument = argument.strip()
    COMMANDS[name](context)
    return True


#: what is answered before everybody in a group
IN_GROUP = ("/bind", "/help", "/cancel")


def in_group(context: Context, incoming: Incoming) -> bool:
    name = incoming.text.strip().partition(" ")[0].partition("@")[0].lower()
    if name == "/help":
        context.say("group.help")
        return True
    return name in IN_GROUP and command(context, incoming)


def word(context: Context, words: str) -> bool:
    name = WORDS.get(words.strip("？?。.!！ ").rstrip("呀啊呢吧嘛哦吗么").lower())
    if name is None:
        return False
    COMMANDS[name](context)
    return True
