"""One case as one person may see it: every read of a case takes its viewer."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, or_, select

from cases.errors import Refused
from cases.life import act
from cases.model import CaseFile, Entry
from cases.people import Person
from cases.ports import Rules
from cases.states import Hat
from cases.views import CaseKey, CaseView
from storage.cases import casefiles, rows
from storage.content import words
from storage.people.records import People
from storage.tables import entries, texts, units

#: entries that tell something without a word: a reason that was chosen, a picture
REASONED = ("return", "supplement", "follow", "resolve", "dispute")
#: entries that are steps of the work
STEPS = (
    "dispatch",
    "reassign",
    "relieve",
    "take",
    "stand_in",
    "return",
    "escalate",
    "appeal",
    "appoint",
    "ask_extension",
    "grant_extension",
    "refuse_extension",
    "tell",
    "follow_up",
    "joint",
    "join",
    "plan",
    "consent",
    "part_done",
    "analyse",
    "mediate",
    "mediating",
    "mediated_in_vain",
    "confirm",
    "archive",
)


def view(connection: Connection, key: CaseKey, person: Person, rules: Rules, people: People) -> CaseView:
    """Raises Refused for a case that does not exist and for one that is not theirs, in the same words."""
    file = casefiles.load(connection, key)
    hats = act.hats(person, file, rules)
    # who gave it back, lost it or withdrew it still learns that much, and no more: no words, no names
    if not hats:
        left = withdrew(connection, key, person.id)
        if not left and (not any(a.person == person.id for a in file.assignments) or file.case.private):
            raise Refused("refused.no_case")
        return CaseView(key, file, hats, "", (), (), "", left=left)
    return _seen(connection, key, file, hats, people)


def withdrew(connection: Connection, key: CaseKey, person: int) -> bool:
    """His own report, which others go on with."""
    own = (entries.c.district == key.district, entries.c.case == key.id, entries.c.by == person)
    return connection.execute(select(entries.c.seq).where(*own, entries.c.action == "withdraw")).first() is not None


def group_view(
    connection: Connection, key: CaseKey, hats: Callable[[CaseFile], frozenset[Hat]], people: People
) -> CaseView:
    """As everybody in a group sees it. Raises Refused when nothing of it is theirs to see."""
    file = casefiles.load(connection, key)
    worn = hats(file)
    if not worn:
        raise Refused("refused.no_case")
    return replace(_seen(connection, key, file, worn | {Hat.HOLDER}, people), hats=worn, reporter=None)


def _seen(connection: Connection, key: CaseKey, file: CaseFile, hats: frozenset[Hat], people: People) -> CaseView:
    first, *later = _told(connection, key)
    said = [e for e in later if (e.words or e.action in REASONED) and (e.action != "rate" or _reads_ratings(hats))]
    steps = [e for e in later if e.action in STEPS]
    named = {file.worker, _reporter(file), file.offer.person if file.offer else None}
    named |= {e.by for e in later} | {a.person for a in file.assignments if not a.lead}
    known = people.several({p for p in named if p is not None})
    name = connection.execute(select(units.c.name).where(units.c.code == file.case.unit)).scalar_one()
    return CaseView(
        key,
        file,
        hats,
        first.words,
        first.media,
        tuple(said),
        name,
        known.get(file.worker or 0),
        known.get(_reporter(file) or 0),
        tuple(steps),
        known,
    )


def _reads_ratings(hats: frozenset[Hat]) -> bool:
    """Why somebody was not satisfied: never for who worked it, whatever else he is."""
    return Hat.COORDINATOR in hats and Hat.HOLDER not in hats


def _reporter(file: CaseFile) -> int | None:
    """Whose trouble it is: the subject, where somebody else reported; never somebody who only follows."""
    order = (Hat.SUBJECT, Hat.REPORTER, Hat.PROXY)
    return next((p.person for part in order for p in file.parties if p.part is part), None)


def _told(connection: Connection, key: CaseKey) -> list[Entry]:
    """The report, and the later entries that tell something; oldest first."""
    query = (
        select(entries, texts.c.body)
        .outerjoin(texts, texts.c.id == entries.c.words)
        .where(
            entries.c.district == key.district,
            entries.c.case == key.id,
            or_(entries.c.seq == 1, entries.c.words.is_not(None), entries.c.action.in_((*REASONED, *STEPS))),
        )
        .order_by(entries.c.seq)
    )
    return [rows.entry_of(row, row.body or "") for row in connection.execute(query)]


def entry(connection: Connection, key: CaseKey, seq: int) -> Entry:
    row = connection.execute(
        select(entries).where(entries.c.district == key.district, entries.c.case == key.id, entries.c.seq == seq)
    ).one()
    return rows.entry_of(row, words.bodies(connection, [row.words]).get(row.words, "") if row.words else "")
