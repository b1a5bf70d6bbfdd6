"""What is said at the desk: conversations and drafts, and what goes out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from cases.views import CaseKey, Conversation, Draft


class Talks(Protocol):
    """Conversations, drafts, and which message belongs to what."""

    def begin(self, chat: int, person: int, flow: str, version: int, args: dict[str, Any]) -> Conversation: ...
    def open(self, chat: int, person: int) -> Sequence[Conversation]:
        """Newest first."""
        ...

    def get(self, conversation: int) -> Conversation | None: ...
    def save(self, conversation: Conversation) -> None:
        """Its revision is one more than the stored one; raises Transient when somebody else was faster."""
        ...

    def end(self, conversation: Conversation) -> None:
        """Raises Transient when it went on meanwhile."""
        ...

    def draft(self, draft: int) -> Draft: ...
    def new_draft(
        self, person: int, chat: int, words: str, media: tuple[int, ...], facts: dict[str, Any], remind_at: datetime
    ) -> int: ...
    def submitted_since(self, person: int, since: datetime) -> int:
        """How many drafts of a person became cases."""
        ...

    def recent_draft(self, person: int, since: datetime) -> Draft | None: ...
    def add_to_draft(self, draft: int, words: str, media: tuple[int, ...]) -> None: ...
    def note_facts(self, draft: int, facts: Mapping[str, Any]) -> None:
        """Instead of what was known of it."""
        ...

    def close_draft(self, draft: int, state: str = "dropped") -> None: ...
    def hand_on(self, draft: int, state: str = "dropped") -> None:
        """Its words and pictures are somebody else's now: a case's, another draft's."""
        ...

    def forget_draft(self, draft: int) -> None:
        """At once: nothing of it is kept."""
        ...

    def hear(self, chat: int, ref: str, draft: int) -> None: ...
    def heard(self, chat: int, ref: str) -> int | None:
        """The draft that a message of theirs became."""
        ...

    def album(self, person: int, album: str) -> Draft | None: ...
    def mark_album(self, draft: int, album: str) -> None: ...
    def note_album(self, chat: int, album: str, case: CaseKey, person: int) -> None:
        """The first picture of an album came to this case; the others follow in messages of their own."""
        ...

    def case_of_album(self, chat: int, album: str) -> CaseKey | None: ...
    def about(self, chat: int, ref: str) -> tuple[CaseKey | None, int | None]:
        """(case, conversation) that a message of ours speaks of."""
        ...

    def reminded(self, draft: int) -> None: ...
    def remind_later(self, draft: int, at: datetime) -> None: ...


class Outbox(Protocol):
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
        """`person`: whom a fact is for. `once`: not again under this name. `unit`: whose quiet hours are kept; else
        those of where the person serves or lives."""
        ...

    def show(self, chat: int, person: int, case: CaseKey) -> None:
        """The case's card, as a new message."""
        ...

    def make(self, chat: int, person: int, kind: str, given: Mapping[str, Any]) -> None:
        """Something that takes a while, made when it is sent: "figures", "papers"; `given` says of what."""
        ...

    def strip(self, chat: int, conversation: int) -> None:
        """A conversation is over: its buttons go."""
        ...
