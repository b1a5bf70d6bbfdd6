"""Who follows a case that somebody else reported: by 我也是这事, and those whose own was merged into it."""

from cases.errors import Refused
from cases.life import act
from cases.model import CaseFile, Notice
from cases.states import OPEN, Hat
from cases.views import CaseKey
from storage.atdesk import AtDesk
from storage.cases import casefiles


def into_main(desk: AtDesk, merged: CaseFile, main: CaseKey, actor: act.Actor) -> None:
    """Raises Refused when the main case is none of theirs, is over, or is itself the one that was merged."""
    if main == CaseKey(merged.case.district, merged.case.id):
        raise Refused("refused.merge_self")
    before = casefiles.load(desk.connection, main, lock=True)
    hats = act.hats(desk.person(actor.person or 0), before, desk.rules)
    given = {"parties": [(p.person, p.chat, p.part.value) for p in merged.parties], "from": merged.case.number}
    desk.save(before, act.act(before, "absorb", act.Actor(actor.person, hats), desk.now, desk.rules, given))


def follow(desk: AtDesk, key: CaseKey, person: int, chat: int, said: str, media: tuple[int, ...]) -> CaseFile:
    """我也是这事. Raises Refused for what is over meanwhile, and for what is nobody's to follow."""
    before = casefiles.load(desk.connection, key, lock=True)
    case = before.case
    if case.private or case.confidential or case.state not in OPEN:
        raise Refused("refused.no_follow")
    actor = act.Actor(person, frozenset({Hat.FOLLOWER}))
    change = act.act(before, "follow", actor, desk.now, desk.rules, {"chat": chat}, words=said, media=media)
    desk.save(before, change, Notice(person, "self", ring=False, chat=chat))
    return change.file
