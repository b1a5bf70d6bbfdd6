"""Our messages as Telegram takes them: split where they are too long, buttons and files in its own kinds."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.gateway import Part
from handlers.chat import Message
from storage.content.media import Blob

#: in UTF-16 units, as Telegram counts
LONGEST = 4096
#: of what may be in one album
ALBUM = 10
#: in bytes; a larger picture goes as a document
LARGEST_PHOTO = 10 * 1024 * 1024

_ENDS = ("\n\n", "\n", "。", "！", "？", ". ", "；", "，", " ")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, longest: int) -> int:
    """How many characters fit, ending at the best place in the second half: a paragraph, a line, a sentence."""
    count = size = 0
    for char in text:
        size += 2 if ord(char) > 0xFFFF else 1
        if size > longest:
            break
        count += 1
    fits = text[:count]
    for end in _ENDS:
        at = fits.rfind(end)
        if at >= count // 2:
            return at + len(end)
    # inside a joined sign (a family, a flag, a tone) is no place to cut
    joined = re.search("[\u200d\ufe0f\u0300-\u036f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]*\\Z", fits)
    return joined.start() if joined and joined.start() > count // 2 else count


def split(text: str, longest: int = LONGEST) -> list[str]:
    pieces = []
    while units(text) > longest:
        at = _cut(text, longest)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip("\n")
    return [piece for piece in [*pieces, text] if piece.strip()] or ["…"]


def shortened(text: str, longest: int = LONGEST) -> str:
    """For an edit, which cannot become two messages."""
    return text if units(text) <= longest else text[: _cut(text, longest - 1)].rstrip() + "…"


def parts(message: Message, blobs: Sequence[Blob], *, silent: bool) -> list[Part]:
    """Files first and quietly; the words and the buttons last, where a thumb finds them."""
    *first, last = split(message.text)
    files = [Part(Message(""), group, silent=True) for group in albums(blobs)]
    mention = "" if first else message.mention  # the name stands at the beginning
    end = Part(Message(last, message.rows, (), message.wants, mention), silent=silent)
    return [*files, *(Part(Message(text), silent=True) for text in first), end]


def albums(blobs: Sequence[Blob]) -> Iterator[list[Blob]]:
    """Pictures and films together, documents together, a voice note alone."""
    for kinds in (("photo", "video"), ("document",)):
        group = [blob for blob in blobs if kind(blob) in kinds]
        yield from (group[at : at + ALBUM] for at in range(0, len(group), ALBUM))
    yield from ([blob] for blob in blobs if kind(blob) == "voice")


def kind(blob: Blob) -> str:
    return "document" if blob.kind == "photo" and len(blob.bytes) > LARGEST_PHOTO else blob.kind


def markup(library: Any, message: Message, *, private: bool) -> Any:
    """Buttons under the message; else what makes an answer easy."""
    if message.wants == "phone" and private:
        (own, *others), *more = message.rows
        keys = [[library.build("KeyboardButton", text=own.label, request_contact=True)]]
        keys += [[library.build("KeyboardButton", text=b.label) for b in row] for row in (others, *more) if row]
        return library.build("ReplyKeyboardMarkup", keyboard=keys, resize_keyboard=True, one_time_keyboard=True)
    if message.wants == "no_keys" and private:
        return library.build("ReplyKeyboardRemove")
    if message.wants == "reply" and not private:
        return library.build("ForceReply", selective=True)
    if not message.rows:
        return None
    rows = [[_button(library, b) for b in row] for row in message.rows]
    return library.build("InlineKeyboardMarkup", inline_keyboard=rows)


def _button(library: Any, button: Any) -> Any:
    where = {"url": button.url} if button.url else {"callback_data": button.data}
    return library.build("InlineKeyboardButton", text=button.label, **where)
