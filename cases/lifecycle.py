"""The life of a case: ONE table. Buttons, refusals, notices, the permission test and docs/lifecycle.md read it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from cases.model import FINAL, OPEN, Hat, State

W, D, K, E = State.WAITING, State.DISPATCHED, State.WORKING, State.ESCALATED
R, A, V, M = State.RESOLVED, State.ARCHIVED, State.VOID, State.MERGED
REPORTER, PROXY, FOLLOWER = Hat.REPORTER, Hat.PROXY, Hat.FOLLOWER
HOLDER, RECEIVER, COORDINATOR, CLOCK = Hat.HOLDER, Hat.RECEIVER, Hat.COORDINATOR, Hat.CLOCK


class Tell(NamedTuple):
    """`audience` is told; with `ring` by a new message, else by the card that is edited in place."""

    audience: str
    ring: bool = False


def tells(words: str) -> tuple[Tell, ...]:
    """'holder! resident' -> the holder is rung, the resident's card is brought up to date."""
    return tuple(Tell(w.rstrip("!"), w.endswith("!")) for w in words.split())


@dataclass(frozen=True, slots=True)
class Row:
    action: str
    zh: str
    by: frozenset[Hat]
    begins: frozenset[State]
    #: None: the state stays
    ends: State | None = None
    needs: tuple[str, ...] = ()
    tells: tuple[Tell, ...] = ()
    #: states in which the action is a button on the card; None: wherever it is allowed to a person
    offered: frozenset[State] | None = None
    #: the other state it can end in, where a person has to decide (second return, third 没解决)
    instead: State | None = None
    #: the row stands, its working comes with a later version: said kindly, never shown as a button
    ready: bool = True

    def permits(self, hats: frozenset[Hat], state: State) -> bool:
        return bool(self.by & hats) and state in self.begins


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    by_action: dict[str, Row] = field(default_factory=dict)

    def __getitem__(self, action: str) -> Row:
        return self.by_action[action]

    def __contains__(self, action: str) -> bool:
        return action in self.by_action

    def buttons(self, hats: frozenset[Hat], state: State) -> list[str]:
        """The actions a card offers to somebody with these hats, in the table's order."""
        return [
            row.action
            for row in self.rows
            if row.ready
            and row.permits(hats - {CLOCK}, state)
            and state in (row.begins if row.offered is None else row.offered)
        ]


def row(action: str, zh: str, by: Hat | set[Hat], begins: State | set[State] | frozenset[State],
        ends: State | None, needs: str, told: str, *, offered: set[State] | None = None,
        instead: State | None = None, ready: bool = True) -> Row:  # fmt: skip
    """A line of the table, in the order of DESIGN §5's columns."""
    return Row(action, zh, frozenset({by} if isinstance(by, Hat) else by),
               frozenset({begins} if isinstance(begins, State) else begins), ends, tuple(needs.split()),
               tells(told), None if offered is None else frozenset(offered), instead, ready)  # fmt: skip


NEVER: set[State] = set()
REPORTED = {REPORTER, PROXY}

# fmt: off
_ROWS = (
    #   action            中文        by                        from          to    needs           told (! = rings)
    row("accept",         "接单",     HOLDER,                   D,            K,    "",             "resident"),
    row("contact",        "已联系",   HOLDER,                   {D, K},       None, "how",          "resident", offered={K}),
    row("appoint",        "预约上门", HOLDER,                   K,            None, "time",         "resident!", ready=False),
    row("dispatch",       "派单",     {CLOCK, COORDINATOR},     {W, E},       D,    "holder",       "holder! resident"),
    row("reassign",       "改派",     COORDINATOR,              {D, K, E},    D,    "holder note",  "holder! former! resident", offered={D, K}),
    row("resolve",        "办结",     {HOLDER, COORDINATOR},    {K, E},       R,    "outcome note photo", "resident! coordinator"),
    row("return",         "退回",     HOLDER,                   {D, K},       W,    "reason",       "coordinator!"),
    row("hand_over",      "转派",     HOLDER,                   K,            None, "receiver note", "receiver!", ready=False),
    row("take",           "接手",     RECEIVER,                 K,            None, "",             "holder! resident", ready=False),
    row("decline",        "不接",     RECEIVER,                 K,            None, "note",         "holder!", ready=False),
    row("ask_extension",  "延期",     HOLDER,                   K,            None, "note days",    "coordinator!", ready=False),
    row("grant_extension", "同意延期", COORDINATOR,             K,            None, "",             "holder! resident!", ready=False),
    row("refuse_extension", "不同意延期", COORDINATOR,          K,            None, "",             "holder! resident!", ready=False),
    row("escalate",       "报上级",   {HOLDER, COORDINATOR},    {D, K, E},    E,    "note",         "coordinator! resident"),
    row("joint",          "会办",     COORDINATOR,              {K, E},       None, "units note",   "units! resident", ready=False),
    row("supervise",      "督办",     COORDINATOR,              OPEN,         None, "note",         "holder! coordinator!"),
    row("merge",          "并案",     COORDINATOR,              {W, D, K},    M,    "main",         "resident! holder", ready=False),
    row("void",           "不予受理", COORDINATOR,              OPEN,         V,    "note way",     "resident! former! upper"),
    row("supplement",     "补充",     {REPORTER, PROXY, FOLLOWER}, OPEN,      None, "more",         "mover!"),
    row("attach",         "补图",     {HOLDER, COORDINATOR},    {K, E, R},    None, "",             "resident! coordinator", offered=NEVER),
    row("amend",          "改文字",   REPORTED,                 OPEN,         None, "more",         "mover", offered=NEVER),
    row("follow",         "我也是这事", FOLLOWER,               OPEN,         None, "",             "holder", ready=False),
    row("withdraw",       "不报了",   REPORTED,                 {W, D},       V,    "",             "former!"),
    row("confirm",        "解决了",   REPORTER,                 R,            A,    "",             "coordinator holder"),
    row("dispute",        "没解决",   REPORTER,                 {R, A},       D,    "wrong",        "holder! coordinator! resident", instead=W),
    row("call",           "打电话给我", REPORTED,               R,            None, "phone",        "coordinator!"),
    row("see_phone",      "看电话",   {HOLDER, COORDINATOR},    {W, D, K, E, R}, None, "",          ""),
    row("rate",           "评价",     REPORTER,                 A,            None, "stars",        "", offered=NEVER),
    row("follow_up",      "回访",     COORDINATOR,              {R, A},       A,    "note",         "coordinator", instead=D, ready=False),
    row("remind",         "催办",     CLOCK,                    OPEN,         None, "",             "holder!"),
    row("overdue",        "超时",     CLOCK,                    OPEN,         None, "",             "holder! coordinator! upper!"),
    row("ask_again",      "再问",     CLOCK,                    R,            None, "",             "resident!"),
    row("unreached",      "联系不上", CLOCK,                    D,            W,    "",             "coordinator resident"),
    row("archive",        "自动归档", CLOCK,                    R,            A,    "",             "resident"),
)
# fmt: on

TABLE = Table(_ROWS, {r.action: r for r in _ROWS})

#: `report` makes the case, so it begins in no state; it stands beside the table, not in it.
REPORT = Row(
    "report",
    "报事",
    frozenset({REPORTER, PROXY}),
    frozenset(),
    W,
    ("text", "matter", "unit"),
    tells("resident!"),
)

#: Whose move it is. Total over the open states: `tests/test_lifecycle.py` proves it.
MOVES: dict[State, Hat] = {W: COORDINATOR, D: HOLDER, K: HOLDER, E: COORDINATOR, R: REPORTER}

assert not FINAL & {state for r in _ROWS for state in r.begins}
