"""/privacy: what is kept, and what a person may do about it."""

from handlers.commands import CopyOwn, Forget, Phone, Rename, SeeOwn, Tell, Withdraw
from handlers.flow import Flow, Look, Option, Said, ask, choose, flow
from handlers.flows.phone import pick_phone

WAYS = ("see", "copy", "name", "phone", "withdraw", "forget")


@flow("privacy", gives_way=True)
def privacy(serves: bool) -> Flow:
    """`serves`: whoever holds a post goes by way of their coordinator; others rely on the name."""
    way = yield choose("privacy", [Option(way, f"option.privacy_{way}") for way in WAYS])
    if way == "see":
        return [SeeOwn()]
    if way == "copy":
        return [CopyOwn()]
    if way == "name":
        said: Said = yield ask("ask.privacy.name", "words")
        return [Rename(said.words), Tell("done.rename")]
    if way == "phone":
        number = yield from pick_phone()
        return [Phone(number), Tell("done.phone")] if number else [Tell("talk.no_phone")]
    if way == "withdraw":
        return [Withdraw()]
    if serves:
        return [Tell("privacy.serves")]
    count = yield Look("open_cases")
    answer = yield choose(
        "ask.privacy.forget_open" if count else "ask.privacy.forget",
        [Option("yes", "option.forget_me"), Option("no", "option.stay_known")],
        count=count,
    )
    return [Forget()] if answer == "yes" else [Tell("privacy.stays")]
