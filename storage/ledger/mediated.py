"""The case a mediation came from: its promise waits while the parties talk, and goes on where that came to nothing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from cases.ledger.model import Kind
from cases.life import act
from cases.life.lifecycle import TABLE
from cases.model import CaseFile
from cases.views import CaseKey
from storage.atdesk import AtDesk
from storage.cases import casefiles
from storage.tables import entries, items

BEGUN, IN_VAIN = "mediating", "mediated_in_vain"
#: what its coming from one state into another does to the case
FOLLOWS = {("asking", "mediating"): BEGUN, ("mediating", "failed"): IN_VAIN}


def lock(desk: AtDesk, item: int) -> CaseFile | None:
    """None for what is no mediation, or came from no case."""
    of = select(items.c.district, items.c.case).where(items.c.id == item, items.c.kind == Kind.MEDIATION)
    row = desk.connection.execute(of).first()
    if row is None or row.case is None:
        return None
    return casefiles.load(desk.connection, CaseKey(row.district, row.case), lock=True)


def follow(desk: AtDesk, file: CaseFile, was: str, state: str) -> None:
    action = FOLLOWS.get((was, state), "")
    if not action or file.case.state not in TABLE[action].begins:
        return
    given = _moved(desk.connection, file) if action == IN_VAIN else {}
    if given is not None:
        desk.save(file, act.act(file, action, act.CLOCK, desk.now, desk.rules, given))


def _moved(connection: Connection, file: CaseFile) -> dict[str, Any] | None:
    """When the mediation began and what was promised until then, where that promise still waits for it."""
    begun = (entries.c.district == file.case.district, entries.c.case == file.case.id, entries.c.action == BEGUN)
    query = select(entries.c.at, entries.c.given).where(*begun).order_by(entries.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    if row is None or "after" not in row.given or datetime.fromisoformat(row.given["after"]) != file.round.due:
        return None
    return {"began": row.at.isoformat(), "promised": row.given["before"]}
