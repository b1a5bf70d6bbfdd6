"""An Update of either library, read. Both name its fields as the Bot API does, so one reader serves."""

import re
from dataclasses import dataclass
from typing import Any

from handlers.chat import Attachment, Incoming

#: what carries bytes: (field, our kind), the first that is there counts; an animation is also a document
_FILES = (
    ("voice", "voice"),
    ("audio", "voice"),
    ("video_note", "video"),
    ("video", "video"),
    ("animation", "video"),
    ("document", "document"),
)
#: people's own messages; everything else is the platform telling what happened
_CONTENT = ("text", "caption", "photo", "location", "venue", "contact", "sticker", "dice", "poll", "story", "game")
_OUT = ("left", "kicked")


@dataclass(frozen=True, slots=True)
class Me:
    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Reader:
    channel: str
    me: Me

    def read(self, key: str, update: Any) -> Incoming:
        """Anything we do not know is nothing for us, and never an error."""
        message = update.message or update.edited_message
        if update.callback_query is not None:
            return self._tap(key, update.callback_query)
        if update.my_chat_member is not None:
            return self._member(key, update.my_chat_member)
        if message is None or message.from_user is None or message.chat.type == "channel":
            return Incoming(self.channel, key, "", "", event="nothing")
        return self._message(key, message, edited=update.edited_message is not None)

    def _common(self, key: str, chat: Any, user: Any, thread: int | None = None) -> dict[str, Any]:
        name = " ".join(part for part in (user.first_name, user.last_name) if part)
        return {
            "channel": self.channel,
            "key": key,
            "chat": f"{chat.id}/{thread}" if thread else str(chat.id),
            "user": str(user.id),
            "name": name,
            "language": (user.language_code or "")[:2],
            "private": chat.type == "private",
            "link": f"https://t.me/{self.me.username}",
        }

    def _tap(self, key: str, query: Any) -> Incoming:
        message = query.message
        if message is None:  # of an inline message: we send none
            return Incoming(self.channel, key, "", str(query.from_user.id), event="nothing")
        common = self._common(key, message.chat, query.from_user, _thread(message))
        return Incoming(**common, tap=query.data or "?", tap_id=query.id, ref=str(message.message_id))

    def _member(self, key: str, change: Any) -> Incoming:
        """We ourselves were added, removed, blocked or let in again; a promotion changes nothing for us."""
        was, is_ = change.old_chat_member.status in _OUT, change.new_chat_member.status in _OUT
        event = "left" if is_ else "joined" if was else "nothing"
        return Incoming(**self._common(key, change.chat, change.from_user), event=event)

    def _message(self, key: str, message: Any, *, edited: bool) -> Incoming:
        common = self._common(key, message.chat, message.from_user, _thread(message))
        if message.migrate_to_chat_id:
            return Incoming(**common, event="moved", moved_to=str(message.migrate_to_chat_id))
        if message.migrate_from_chat_id:
            common["chat"] = str(message.migrate_from_chat_id)
            return Incoming(**common, event="moved", moved_to=str(message.chat.id))
        hidden = message.sender_chat is not None and message.sender_chat.id == message.chat.id
        media = _media(message)
        if (message.from_user.is_bot and not hidden) or not (media or any(getattr(message, f) for f in _CONTENT)):
            return Incoming(**common, event="nothing")
        text, addressed = self._words(message)
        answered = message.reply_to_message
        return Incoming(
            **common,
            ref=str(message.message_id),
            text=text,
            media=media,
            album=message.media_group_id or "",
            point=_point(message),
            reply_to=str(answered.message_id) if answered else "",
            edited=edited,
            phone=_own_phone(message),
            forwarded=message.forward_origin is not None,
            addressed=addressed,
            anonymous=hidden,
            venue=message.venue is not None,
        )

    def _words(self, message: Any) -> tuple[str, bool]:
        """What was said, without our name in it; whether it was said to us."""
        text = message.text or message.caption or ""
        if message.venue is not None and not text:
            text = f"{message.venue.title} {message.venue.address}".strip()
        name = f"@{self.me.username}"
        answered = message.reply_to_message
        ours = answered is not None and answered.from_user is not None and answered.from_user.id == self.me.id
        command = re.match(r"/\w+(?:@(\w+))?", text)
        if command and command[1] and command[1].lower() != self.me.username.lower():
            return text, False  # another bot's
        named = name.lower() in text.lower()
        if named and not command:
            text = re.sub(re.escape(name), "", text, flags=re.IGNORECASE).strip()
        return text, ours or named or command is not None


def _thread(message: Any) -> int | None:
    """The topic of a forum; a thread of answers in another group is none."""
    if not getattr(message, "is_topic_message", False):
        return None
    thread: int | None = message.message_thread_id
    return thread


def _media(message: Any) -> tuple[Attachment, ...]:
    if message.photo:
        largest = message.photo[-1]
        return (Attachment("photo", largest.file_id, size=largest.file_size or 0),)
    for field, kind in _FILES:
        found = getattr(message, field)
        if found is not None:
            name = getattr(found, "file_name", None) or ""
            mime = getattr(found, "mime_type", None) or ""
            shown = "photo" if kind == "document" and mime.startswith("image/") else kind
            return (Attachment(shown, found.file_id, size=found.file_size or 0, name=name),)
    return ()


def _point(message: Any) -> tuple[float, float] | None:
    place = message.location or (message.venue.location if message.venue is not None else None)
    return (place.latitude, place.longitude) if place is not None else None


def _own_phone(message: Any) -> str:
    """Somebody else's number is nothing we were given the right to."""
    contact = message.contact
    return contact.phone_number if contact is not None and contact.user_id == message.from_user.id else ""
