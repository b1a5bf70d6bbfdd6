"""Conversations, drafts, and which message belongs to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from cases.errors import Refused, Transient
from cases.views import CaseKey, Conversation, Draft
from storage.content import words as kept
from storage.database.statements import insert
from storage.privacy import keeping
from storage.tables import conversations, drafts, heard, messages, texts

# Said for every message, so built once: building a statement costs more than running it (measured).
_OPEN = (
    select(conversations)
    .where(conversations.c.chat == bindparam("in"), conversations.c.person == bindparam("of"))
    .order_by(conversations.c.id.desc())
)
_BEGUN = conversations.insert().returning(conversations.c.id)
_DRAFTED = drafts.insert().returning(drafts.c.id)
_WAITING = (
    select(drafts.c.id)
    .where(drafts.c.state == "open", drafts.c.remind_at <= bindparam("now"))
    .order_by(drafts.c.remind_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)


@dataclass(slots=True)
class Talks:
    connection: Connection
    now: datetime

    def begin(self, chat: int, person: int, flow: str, version: int, args: dict[str, Any]) -> Conversation:
        number = self.connection.execute(
            _BEGUN,
            {
                "chat": chat,
                "person": person,
                "flow": flow,
                "flow_version": version,
                "args": args,
                "steps": [],
                "touched_at": self.now,
            },
        ).scalar_one()
        return Conversation(number, chat, person, flow, version, args, touched_at=self.now)

    def open(self, chat: int, person: int) -> Sequence[Conversation]:
        return [_conversation(row) for row in self.connection.execute(_OPEN, {"in": chat, "of": person})]

    def get(self, conversation: int) -> Conversation | None:
        row = self.connection.execute(select(conversations).where(conversations.c.id == conversation)).first()
        return _conversation(row) if row else None

    def save(self, conversation: Conversation) -> None:
        c = conversation
        # an answer and a reminder at once: the second finds another revision, and is worked again
        query = update(conversations).where(conversations.c.id == c.id, conversations.c.revision == c.revision - 1)
        done = self.connection.execute(
            query.values(
                flow_version=c.version, steps=c.steps, asking=c.asking, revision=c.revision, touched_at=self.now
            )
        )
        if done.rowcount != 1:
            raise Transient("the conversation went on meanwhile")

    def end(self, conversation: Conversation) -> None:
        query = conversations.delete().where(
            conversations.c.id == conversation.id, conversations.c.revision == conversation.revision
        )
        if self.connection.execute(query).rowcount != 1:
            raise Transient("the conversation went on meanwhile")

    def draft(self, draft: int) -> Draft:
        """Raises Refused when there is none, or its words were forgotten: a forged or very old button."""
        found = self._draft(drafts.c.id == draft)
        if found is None or not found.facts:
            raise Refused("refused.answered")
        return found

    def _draft(self, *where: Any) -> Draft | None:
        query = (
            select(drafts, texts.c.body)
            .join(texts, texts.c.id == drafts.c.words)
            .where(*where)
            .order_by(drafts.c.id.desc())
            .limit(1)
        )
        r = self.connection.execute(query).first()
        return Draft(r.id, r.person, r.chat, r.body, tuple(r.media), r.facts, r.state) if r else None

    def new_draft(
        self, person: int, chat: int, words: str, media: tuple[int, ...], facts: dict[str, Any], remind_at: datetime
    ) -> int:
        text, _ = kept.keep(self.connection, words)
        return int(
            self.connection.execute(
                _DRAFTED,
                {
                    "person": person,
                    "chat": chat,
                    "words": text,
                    "media": list(media),
                    "facts": facts,
                    "created_at": self.now,
                    "remind_at": remind_at,
                },
            ).scalar_one()
        )

    def recent_draft(self, person: int, since: datetime) -> Draft | None:
        return self._draft(drafts.c.person == person, drafts.c.created_at >= since)

    def submitted_since(self, person: int, since: datetime) -> int:
        query = select(func.count()).select_from(drafts)
        theirs = (drafts.c.person == person, drafts.c.state == "submitted", drafts.c.created_at >= since)
        return int(self.connection.execute(query.where(*theirs)).scalar_one())

    def add_to_draft(self, draft: int, words: str, media: tuple[int, ...]) -> None:
        row = self.connection.execute(select(drafts.c.words, drafts.c.media).where(drafts.c.id == draft)).one()
        if words:
            before = kept.bodies(self.connection, [row.words])[row.words]
            kept.rewrite(self.connection, row.words, f"{before}\n{words}".strip())
        self.connection.execute(update(drafts).where(drafts.c.id == draft).values(media=[*row.media, *media]))

    def note_facts(self, draft: int, facts: Mapping[str, Any]) -> None:
        self.connection.execute(update(drafts).where(drafts.c.id == draft).values(facts=dict(facts)))

    def close_draft(self, draft: int, state: str = "dropped") -> None:
        self.connection.execute(update(drafts).where(drafts.c.id == draft).values(state=state, remind_at=None))

    def hand_on(self, draft: int, state: str = "dropped") -> None:
        query = update(drafts).where(drafts.c.id == draft).values(state=state, remind_at=None, media=[])
        text = self.connection.execute(query.returning(drafts.c.words)).scalar()
        if text is not None:  # emptied and not erased, so that what was understood of it is forgotten in its time
            kept.rewrite(self.connection, text, "")

    def forget_draft(self, draft: int) -> None:
        keeping.drop_drafts(self.connection, select(drafts.c.id).where(drafts.c.id == draft), self.now)

    def hear(self, chat: int, ref: str, draft: int) -> None:
        query = insert(self.connection, heard).values(chat=chat, ref=ref, draft=draft)
        self.connection.execute(query.on_conflict_do_update(index_elements=["chat", "ref"], set_={"draft": draft}))

    def heard(self, chat: int, ref: str) -> int | None:
        return self.connection.execute(select(heard.c.draft).where(heard.c.chat == chat, heard.c.ref == ref)).scalar()

    def album(self, person: int, album: str) -> Draft | None:
        return self._draft(drafts.c.person == person, drafts.c.album == album)

    def mark_album(self, draft: int, album: str) -> None:
        self.connection.execute(update(drafts).where(drafts.c.id == draft).values(album=album))

    def note_album(self, chat: int, album: str, case: CaseKey, person: int) -> None:
        """The first picture of an album came to this case; the others follow in messages of their own."""
        row = {
            "chat": chat,
            "ref": f"album:{album}",
            "district": case.district,
            "case": case.id,
            "person": person,
            "live": False,
        }
        self.connection.execute(insert(self.connection, messages).on_conflict_do_nothing(), row)

    def case_of_album(self, chat: int, album: str) -> CaseKey | None:
        return self.about(chat, f"album:{album}")[0]

    def about(self, chat: int, ref: str) -> tuple[CaseKey | None, int | None]:
        row = self.connection.execute(select(messages).where(messages.c.chat == chat, messages.c.ref == ref)).first()
        if row is None:
            return None, None
        return (CaseKey(row.district, row.case) if row.case else None), row.conversation

    def reminded(self, draft: int) -> None:
        self.connection.execute(update(drafts).where(drafts.c.id == draft).values(remind_at=None))

    def remind_later(self, draft: int, at: datetime) -> None:
        self.connection.execute(update(drafts).where(drafts.c.id == draft).values(remind_at=at))

    def waiting_draft(self) -> Draft | None:
        """One open draft nobody was asked about yet; locked, so that no other copy asks too."""
        number = self.connection.execute(_WAITING, {"now": self.now}).scalar()
        return self._draft(drafts.c.id == number) if number is not None else None


def _conversation(r: Any) -> Conversation:
    return Conversation(
        r.id, r.chat, r.person, r.flow, r.flow_version, r.args, r.steps, r.asking, r.revision, r.touched_at
    )
