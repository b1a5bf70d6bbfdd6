"""Conversations as straight-line scripts: a generator yields questions and look-ups, and returns commands.

Nothing of a running generator is stored. What is stored is what was answered and looked up; to go on, the flow is run
again from the start and fed it. So a flow is pure: no clock, no storage, no chance.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cases.errors import Bug


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    #: key of the label, or the label itself when `literal`
    label: str
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a person answered in their own way."""

    words: str = ""
    media: tuple[int, ...] = ()
    point: tuple[float, float] | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    options: tuple[Option, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)
    #: what may be answered besides the options: "words", "media", "point", "phone"
    takes: frozenset[str] = frozenset()
    #: a platform may offer its own button for it: "place" or "phone"
    wants: str = ""
    #: a name or a note, in any words: 谢秀英 is no thanks, and 扫干净了 is what was done
    free: bool = False


def ask(
    key: str, *takes: str, options: Sequence[Option] = (), wants: str = "", free: bool = False, **params: Any
) -> Question:
    return Question(key, tuple(options), params, frozenset(takes or ("words", "media")), wants, free)


def choose(key: str, options: Sequence[Option], *takes: str, **params: Any) -> Question:
    return Question(key, tuple(options), params, frozenset(takes))


@dataclass(frozen=True, slots=True)
class Look:
    """A look-up by name; its JSON result is stored, so that the answer stays what it was."""

    name: str
    args: tuple[Any, ...] = ()


Flow = Generator[Question | Look, Any, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Script:
    name: str
    version: int
    run: Callable[..., Flow]
    #: only who serves holds it: what is written in it is no complaint of his
    staff: bool = False
    #: words about an emergency or a person, and small talk, are no answer to it
    gives_way: bool = False
    #: it needs no answer: a report, or an action that is named, is none
    optional: bool = False
    #: what others say is written down in it: a fire among it is a fire
    takes_down: bool = False


SCRIPTS: dict[str, Script] = {}


def _gone() -> Flow:
    yield from ()
    return []


#: a flow that an older version had; the engine ends it
GONE = Script("", 0, _gone)


def script_of(flow: str) -> Script:
    return SCRIPTS.get(flow, GONE)


def flow(
    name: str,
    version: int = 1,
    *,
    staff: bool = False,
    gives_way: bool = False,
    optional: bool = False,
    takes_down: bool = False,
) -> Callable[[Callable[..., Flow]], Callable[..., Flow]]:
    """Register a flow. Raise `version` whenever its questions change: open conversations keep the words given. What
    else it is: see `Script`."""

    def register(run: Callable[..., Flow]) -> Callable[..., Flow]:
        SCRIPTS[name] = Script(name, version, run, staff, gives_way, optional, takes_down)
        return run

    return register


def encode(answer: str | Said) -> Any:
    if isinstance(answer, str):
        return answer
    return {"words": answer.words, "media": list(answer.media), "point": answer.point, "phone": answer.phone}


def decode(stored: Any) -> str | Said:
    if isinstance(stored, str):
        return stored
    point = stored["point"]
    return Said(stored["words"], tuple(stored["media"]), (point[0], point[1]) if point else None, stored["phone"])


def play(
    script: Script,
    args: dict[str, Any],
    steps: list[list[Any]],
    look: Callable[[str, tuple[Any, ...]], Any],
    *,
    changed: bool = False,
) -> Question | Sequence[Any]:
    """Run the flow through its stored steps to the next question, or to the commands it returns.

    New look-ups are appended to `steps`. With `changed` (the flow is newer than the steps) each answer is taken where a
    question of its key comes again; look-ups are made anew.
    """
    recorded = [step for step in steps if not (changed and step[0].startswith("?"))]
    steps.clear()
    running = script.run(**args)
    given: Any = None
    try:
        while True:
            asked = running.send(given)
            key = f"?{asked.name}" if isinstance(asked, Look) else asked.key
            stored = _take(recorded, key, loose=changed)
            if changed and stored and isinstance(asked, Question) and not _answers(asked, stored[1]):
                stored = None
            if isinstance(asked, Look):
                result = stored[1] if stored else look(asked.name, asked.args)
                steps.append([key, result])
                given = result
            elif stored is None:
                return asked
            else:
                steps.append(stored)
                given = decode(stored[1])
    except StopIteration as end:
        return list(end.value or ())


def _take(recorded: list[list[Any]], key: str, *, loose: bool) -> list[Any] | None:
    """The next stored step; in a changed flow, the next one of that key."""
    if not recorded:
        return None
    if recorded[0][0] == key:
        return recorded.pop(0)
    if loose:
        found = next((step for step in recorded if step[0] == key), None)
        if found:
            recorded.remove(found)
        return found
    raise Bug(f"the flow asks {key!r} where {recorded[0][0]!r} was answered, and its version was not raised")


def _answers(question: Question, stored: Any) -> bool:
    """Whether what was answered to an older form of this question still answers it."""
    if isinstance(stored, str):
        return any(option.value == stored for option in question.options)
    return any(stored[name] for name in question.takes)


def step_back(steps: list[list[Any]]) -> bool:
    """Take back the last answer and the look-ups after it; False when there is none."""
    while steps:
        key, _ = steps.pop()
        if not key.startswith("?"):
            return True
    return False
