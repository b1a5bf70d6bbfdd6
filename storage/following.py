"""并案: those who reported a merged case follow the main one from then on."""

from cases import act
from cases.errors import Refused
from cases.model import CaseFile
from cases.views import CaseKey
from storage import casefiles
from storage.atdesk import AtDesk


def into_main(desk: AtDesk, merged: CaseFile, main: CaseKey, actor: act.Actor) -> None:
    """Raises Refused when the main case is none of theirs, is over, or is itself the one that was merged."""
    if main == CaseKey(merged.case.district, merged.case.id):
        raise Refused("refused.merge_self")
    before = casefiles.load(desk.connection, main, lock=True)
    hats = act.hats(desk.person(actor.person or 0), before, desk.rules)
    given = {"parties": [(p.person, p.chat) for p in merged.parties], "from": merged.case.number}
    desk.save(before, act.act(before, "absorb", act.Actor(actor.person, hats), desk.now, desk.rules, given))
