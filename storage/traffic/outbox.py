"""Everything to be sent, written in the commit that decides it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from cases.model import Change, Notice
from cases.ports import Rules
from cases.views import CaseKey
from storage.database.engine import db_now
from storage.database.statements import insert_in
from storage.people.records import People
from storage.tables import messages, outbox
from storage.units.groups import Groups

#: what the clock tells of many cases at once
TIMED = ("remind", "overdue")
#: those who would hear of each case of a storm, and how often they hear of it instead
STAFF = ("holder", "coordinator")
STORM_TOLD = timedelta(minutes=5)
#: a case is of its storm for so long after it was reported
STORM_LASTS = timedelta(hours=1)
#: the priority of what nobody waits for
IDLE = 3
#: an answer that could not be given for so long, in seconds, is no answer any more
ANSWER_EXPIRES = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One row to be."""

    chat: int
    kind: str
    #: fact or answer
    klass: str
    payload: dict[str, Any] | None = None
    person: int | None = None
    case: CaseKey | None = None
    #: the entry of the case that it tells of, and to whom
    seq: int | None = None
    audience: str = ""
    conversation: int | None = None
    urgent: bool = False
    idle: bool = False
    #: not again under this name
    once: str | None = None
    #: kept until
    until: datetime | None = None

    @property
    def priority(self) -> int:
        """Urgent, then answers, then facts, then what nobody waits for."""
        if self.idle:
            return IDLE
        return 0 if self.urgent else 1 if self.klass == "answer" else IDLE if self.kind == "menu" else 2


#: columns that are fields of a posting
_AS_IT_IS = ("chat", "kind", "klass", "payload", "person", "seq", "audience", "conversation", "urgent")


@dataclass(slots=True)
class Outbox:
    connection: Connection
    now: datetime
    people: People
    groups: Groups
    rules: Rules
    cause: str

    def say(
        self,
        chat: int,
        message: Mapping[str, Any],
        *,
        conversation: int | None = None,
        person: int | None = None,
        fact: bool = False,
        urgent: bool = False,
        idle: bool = False,
        once: str | None = None,
        unit: str = "",
    ) -> None:
        """`person`: whom a fact is for; if it cannot reach them, somebody else must hear of it. `idle`: it goes when
        nothing else waits. `once`: not again under this name. `unit`: whose quiet hours are kept; else those of where
        the person serves or lives."""
        self._put(
            Posting(
                chat=chat,
                kind="say",
                klass="fact" if fact else "answer",
                payload=dict(message),
                conversation=conversation,
                person=person,
                urgent=urgent,
                until=self._until(self._rules_of(person, unit)) if fact and not urgent else None,
                idle=idle,
                once=once,
            )
        )

    def _rules_of(self, person: int | None, unit: str) -> Rules:
        if self.rules.places and not unit and (known := self.people.several(filter(None, [person])).get(person or 0)):
            unit = known.posts[0].unit if known.posts else known.home
        return self.rules.at(unit) if unit else self.rules

    def show(self, chat: int, person: int, case: CaseKey) -> None:
        self._put(Posting(chat=chat, kind="show", klass="answer", person=person, case=case))

    def make(self, chat: int, person: int, kind: str, given: Mapping[str, Any]) -> None:
        self._put(Posting(chat=chat, kind=kind, klass="answer", person=person, payload=dict(given)))

    def strip(self, chat: int, conversation: int) -> None:
        self._put(Posting(chat=chat, kind="strip", klass="answer", conversation=conversation))

    def menu(self, chat: int, commands: Mapping[str, str]) -> None:
        self._put(Posting(chat=chat, kind="menu", klass="fact", payload=dict(commands)))

    def notices(self, change: Change, notices: Sequence[Notice]) -> None:
        """Each person once for this entry; whoever has no chat cannot be told here (the clock's business)."""
        case = change.file.case
        key = CaseKey(case.district, case.id)
        kept = None if case.urgent else self._until(self.rules.at(case.unit))
        for chat, n in self._by_chat(change, notices).items():
            self._put(
                Posting(
                    chat=chat,
                    kind="ring" if n.ring else "card",
                    klass="fact",
                    person=n.person,
                    case=key,
                    seq=change.entry.seq,
                    audience=n.audience,
                    urgent=n.ring and case.urgent,
                    once=f"{key}:{change.entry.seq}:{chat}",
                    until=self._kept(change, n, kept),
                )
            )

    def _kept(self, change: Change, n: Notice, until: datetime | None) -> datetime | None:
        """Until when a ring is kept. What the clock says is kept till it has said all, and what staff hear of a storm
        for a few minutes: several become one list."""
        case = change.file.case
        if not n.ring or n.person == change.entry.by:
            return None
        if case.urgent:
            return until
        if self._of_storm(change) and n.audience in STAFF:
            return until or self._next(STORM_TOLD)
        return until or (self.now if change.entry.action in TIMED else None)

    def _of_storm(self, change: Change) -> bool:
        """One more of many alike, just come: what becomes of it later is told like everything else."""
        case = change.file.case
        return (
            case.storm is not None
            and not case.urgent
            and change.entry.action in ("report", "dispatch")
            and self.now - case.reported_at < STORM_LASTS
        )

    def _next(self, length: timedelta) -> datetime:
        """The end of the stretch of this length that is running now."""
        return datetime.fromtimestamp(
            (self.now.timestamp() // length.total_seconds() + 1) * length.total_seconds(), UTC
        )

    def _until(self, rules: Rules) -> datetime | None:
        """In the quiet hours, when they are over; None: now."""
        told = rules.calendar.told(self.now)
        return told if told > self.now else None

    def _by_chat(self, change: Change, notices: Sequence[Notice]) -> dict[int, Notice]:
        known = self.people.chats_of([n.person for n in notices if n.chat is None])
        found = {chat: n for n in notices if (chat := n.chat or known.get(n.person)) is not None}
        # a group takes 20 messages a minute: of a storm it has the first cases, where the holder has a chat of his own
        quiet = self._of_storm(change)
        reached = self.people.reachable(known) if quiet else ()
        found |= {
            n.chat: replace(n, ring=n.ring and not (quiet and n.person in reached))
            for n in self.groups.notices(change, notices)
            if n.chat
        }
        for n in self._holding_cards(change):
            assert n.chat is not None
            found.setdefault(n.chat, n)
        return found

    def _holding_cards(self, change: Change) -> list[Notice]:
        """Whoever has a card of the case with live buttons sees it change, told or not."""
        case = change.file.case
        query = (
            select(messages.c.person, messages.c.chat)
            .where(
                messages.c.district == case.district,
                messages.c.case == case.id,
                messages.c.live.is_(True),
                messages.c.person.is_not(None),
            )
            .distinct()
        )
        return [Notice(r.person, "card", ring=False, chat=r.chat) for r in self.connection.execute(query)]

    def _put(self, posting: Posting) -> None:
        p = posting
        row = {name: getattr(p, name) for name in _AS_IT_IS} | {
            "district": p.case.district if p.case else None,
            "case": p.case.id if p.case else None,
            "dedupe": p.once,
            "priority": p.priority,
            "cause": self.cause,
            "created_at": self.now,
            "state": "kept" if p.until else "waiting",
            "release_at": p.until,
        }
        self.connection.execute(_put(self.connection.dialect.name, expires=p.klass == "answer"), row)


@cache
def _put(dialect: str, *, expires: bool) -> Any:
    """Built once: building a statement costs more than running it (measured)."""
    query = insert_in(dialect, outbox)
    if expires:
        query = query.values(expires_at=db_now() + ANSWER_EXPIRES)
    return query.on_conflict_do_nothing(index_elements=["dedupe"])
