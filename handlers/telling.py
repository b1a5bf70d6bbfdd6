"""Facts told to somebody who is not the one speaking, in his own language."""

from collections.abc import Mapping, Sequence

from cases.desk.port import Desk
from config.texts import Texts
from handlers.chat import Button, Message, in_rows


def tell(
    texts: Texts,
    desk: Desk,
    person: int,
    key: str,
    *,
    urgent: bool = False,
    buttons: Sequence[tuple[str, str]] = (),
    media: tuple[int, ...] = (),
    once: str = "",
    **params: object,
) -> None:
    """In the quiet hours it waits. `buttons`: (key of label, data). `once`: into his chat not again under this name.
    Who has no chat is not told here."""
    chat = desk.chat_of(person)
    if chat is None:
        return
    language = desk.person(person).language
    rows = in_rows([Button(texts.say(language, label), data) for label, data in buttons])
    message = Message(texts.say(language, key, **params), rows, media)
    mark = f"{once}:{chat}" if once else None
    desk.outbox.say(chat, message.pack(), person=person, fact=True, urgent=urgent, once=mark)


def taken_over(texts: Texts, desk: Desk, name: str, given: Mapping[int, Sequence[str]], by: int | None = None) -> None:
    """One message to each who has somebody's cases now; 0 is nobody."""
    for person, numbers in given.items():
        if person and person != by:
            tell(
                texts,
                desk,
                person,
                "staff.take_over",
                name=name,
                count=len(numbers),
                numbers="、".join(numbers),
                buttons=(("option.tasks", "l.tasks.1"),),
            )
