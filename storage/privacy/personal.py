"""What a person may do with what is kept of them: see it, take it along, have it forgotten."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from cases.states import Hat
from cases.views import Opened, Own
from storage.content import media
from storage.people.records import People
from storage.privacy import belongings, keeping
from storage.tables import cases, drafts, entries, identities, parties, persons, posts, texts

#: looks at one's number that are told of
LOOKS = 5

_THEIRS = (cases.c.district == parties.c.district) & (cases.c.id == parties.c.case)
_OF_CASE = (cases.c.district == entries.c.district) & (cases.c.id == entries.c.case)


@dataclass(slots=True)
class Personal:
    connection: Connection
    now: datetime
    people: People

    def own(self, person: int) -> Own:
        known = self.people.person(person)
        count = select(func.count()).select_from(parties).where(parties.c.person == person)
        words = (
            select(func.count())
            .select_from(drafts.join(texts, texts.c.id == drafts.c.words))
            .where(drafts.c.person == person, texts.c.body != "")
        )
        return Own(
            known.name,
            known.phone_masked,
            known.home,
            known.consented_at,
            int(self.connection.execute(count).scalar_one()),
            int(self.connection.execute(words).scalar_one()),
            tuple(self._opened(person)),
        )

    def _opened(self, person: int) -> list[Opened]:
        """Who had their number shown, newest first."""
        query = (
            select(entries.c.at, entries.c.given, cases.c.number, persons.c.name)
            .join(cases, _OF_CASE)
            .join(parties, _THEIRS)
            .outerjoin(persons, persons.c.id == entries.c.by)
            .where(parties.c.person == person, parties.c.part != Hat.FOLLOWER, entries.c.action == "see_phone")
            .order_by(entries.c.at.desc())
            .limit(LOOKS)
        )
        rows = self.connection.execute(query)
        return [Opened(r.at, r.name or "", r.number, str(r.given.get("why", ""))) for r in rows]

    def copy(self, person: int) -> int:
        """The id of a file with everything that is theirs, for them alone."""
        known = self.people.person(person)
        ways = select(identities.c.channel, identities.c.user).where(identities.c.person == person)
        held = select(posts.c.role, posts.c.unit, posts.c.since).where(posts.c.person == person)
        body = {
            "name": known.name,
            "phone": self.people.phone(person),
            "language": known.language,
            "home": known.home,
            "consented_at": known.consented_at,
            "chats": self._rows(ways),
            "posts": self._rows(held),
            "cases": self._cases(person),
            "said": self._said(person),
            "drafts": self._drafts(person),
            "ledger": belongings.of(self.connection, person),
            "phone_shown_to": [o._asdict() for o in self._opened(person)],
        }
        text = json.dumps(body, ensure_ascii=False, indent=1, default=_plain)
        name = "wangge-my-data.json"
        return media.keep(self.connection, "document", "application/json", name, text.encode(), self.now, made=True)

    def _rows(self, query: Any) -> list[dict[str, Any]]:
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def _cases(self, person: int) -> list[dict[str, Any]]:
        columns = (cases.c.number, cases.c.matter, cases.c.state, cases.c.reported_at, parties.c.part)
        place = cases.c.place
        found = self._rows(
            select(*columns, place)
            .join(parties, _THEIRS)
            .where(parties.c.person == person)
            .order_by(cases.c.reported_at)
        )
        return [row | ({"place": ""} if row["part"] == Hat.FOLLOWER else {}) for row in found]

    def _said(self, person: int) -> list[dict[str, Any]]:
        """Of their cases, what they did and said themselves."""
        return self._rows(
            select(cases.c.number, entries.c.at, entries.c.action, texts.c.body.label("words"))
            .join(cases, _OF_CASE)
            .outerjoin(texts, texts.c.id == entries.c.words)
            .where(entries.c.by == person)
            .order_by(entries.c.at)
        )

    def _drafts(self, person: int) -> list[dict[str, Any]]:
        return self._rows(
            select(drafts.c.created_at, drafts.c.state, texts.c.body.label("words"))
            .join(texts, texts.c.id == drafts.c.words)
            .where(drafts.c.person == person, texts.c.body != "")
        )

    def withdraw(self, person: int) -> None:
        self.people.change(person, consented_at=None)

    def forget(self, person: int) -> int:
        """What is not needed for an open case goes now, the rest when nothing is open; how many cases are open."""
        open_ = keeping.begin_to_forget(self.connection, person, self.now)
        belongings.forget(self.connection, person, self.now)
        self.people.forget(person)
        return open_


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
