"""The life of a case: ONE table. Buttons, refusals, notices, the permission test and docs/lifecycle.md read it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from cases.model import CaseFile
from cases.states import OPEN, REPORTED, TAKING_PART, Hat, Held, State

W, D, K, E = State.WAITING, State.DISPATCHED, State.WORKING, State.ESCALATED
R, A, V, M = State.RESOLVED, State.ARCHIVED, State.VOID, State.MERGED
REPORTER, PROXY, SUBJECT, FOLLOWER = Hat.REPORTER, Hat.PROXY, Hat.SUBJECT, Hat.FOLLOWER
HOLDER, RECEIVER, COORDINATOR, CLOCK = Hat.HOLDER, Hat.RECEIVER, Hat.COORDINATOR, Hat.CLOCK
INVITED, PART = Hat.INVITED, Hat.PART


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
    #: other states it can end in, where a person has to decide (third 没解决) or said otherwise (回访)
    instead: frozenset[State] = frozenset()
    #: the condition of the case itself under which it can be done, by its name in `WHEN`
    when: str = ""

    def permits(self, hats: frozenset[Hat], state: State) -> bool:
        return bool(self.by & hats) and state in self.begins

    def fits(self, file: CaseFile) -> bool:
        return not self.when or WHEN[self.when](file)


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    by_action: dict[str, Row] = field(default_factory=dict)

    def __getitem__(self, action: str) -> Row:
        return self.by_action[action]

    def __contains__(self, action: str) -> bool:
        return action in self.by_action

    def buttons(self, hats: frozenset[Hat], file: CaseFile) -> list[str]:
        """The actions a card offers to somebody with these hats, in the table's order."""
        state = file.case.state
        return [
            row.action
            for row in self.rows
            if row.permits(hats - {CLOCK}, state)
            and row.fits(file)
            and state in (row.begins if row.offered is None else row.offered)
        ]


def _extension_asked(file: CaseFile) -> bool:
    return file.case.pending.kind == "extension"


def _extension_free(file: CaseFile) -> bool:
    return not _extension_asked(file) and file.round.due_before is None


def sent_down(file: CaseFile) -> bool:
    """The holder gave it back or up before, for reasons, and has it again."""
    lead, gave = file.lead, (Held.RETURNED, Held.ESCALATED)
    return (
        lead is not None
        and not file.case.decided
        and any(a.person == lead.person and a.state in gave and a.round == lead.round for a in file.assignments)
    )


def _had_before(file: CaseFile) -> bool:
    """The holder had it earlier in this round, and has it again."""
    lead = file.lead
    return lead is not None and any(
        a.person == lead.person and a.lead and a is not lead and a.round == lead.round for a in file.assignments
    )


#: conditions of the case itself, which a row can name
WHEN: dict[str, Callable[[CaseFile], bool]] = {
    "not offered": lambda file: file.offer is None,
    "offered": lambda file: file.offer is not None,
    "extension free": _extension_free,
    "extension asked": _extension_asked,
    "sent down": sent_down,
    "not decided": lambda file: not (file.case.decided and _had_before(file)),
    "ordinary": lambda file: not file.case.private,
    "found": lambda file: file.case.source == "found",
    "from outside": lambda file: bool(file.case.outside),
    "own word": lambda file: not (file.case.private and file.case.source == "visit"),
    "planned": lambda file: file.case.plan > 0,
    "together": lambda file: any(not a.lead and a.state in (*TAKING_PART, Held.HELPED) for a in file.assignments),
}


def row(
    action: str,
    zh: str,
    by: Hat | AbstractSet[Hat],
    begins: State | set[State] | frozenset[State],
    ends: State | None,
    needs: str,
    told: str,
    *,
    offered: set[State] | None = None,
    instead: set[State] | None = None,
    when: str = "",
) -> Row:
    """A line of the table, in the order of the columns of docs/lifecycle.md."""
    return Row(
        action,
        zh,
        frozenset({by} if isinstance(by, Hat) else by),
        frozenset({begins} if isinstance(begins, State) else begins),
        ends,
        tuple(needs.split()),
        tells(told),
        None if offered is None else frozenset(offered),
        frozenset(instead or ()),
        when,
    )


NEVER: set[State] = set()
OWN = {REPORTER, SUBJECT}
VOICES = OWN | {FOLLOWER}

# fmt: off
_ROWS = (
    #   action            中文        by                        from          to    needs           told (! = rings)
    row("accept",         "接单",     HOLDER,                   D,            K,    "",             "resident"),
    row("take",           "接手",     RECEIVER,                 K,            None, "",             "former! resident", when="offered"),
    row("decline",        "不接",     RECEIVER,                 K,            None, "note",         "holder! arbiter!", when="offered"),
    row("contact",        "已联系",   HOLDER,                   {D, K},       None, "how",          "resident", offered={K}),
    row("appoint",        "预约上门", HOLDER,                   K,            None, "time",         "resident!"),
    row("grant_extension", "同意延期", COORDINATOR,             K,            None, "",             "holder! resident!", when="extension asked"),
    row("refuse_extension", "不同意延期", COORDINATOR,          K,            None, "",             "holder! resident!", when="extension asked"),
    row("dispatch",       "派单",     {CLOCK, COORDINATOR},     {W, E},       D,    "holder",       "holder! resident"),
    row("reassign",       "改派",     COORDINATOR,              {D, K, E},    D,    "holder note",  "holder! former! resident", offered={D, K}),
    row("resolve",        "办结",     {HOLDER, COORDINATOR},    {K, E},       R,    "outcome note photo", "resident! phoner! coordinator"),
    row("settle",         "当场办结", REPORTER,                 W,            A,    "note photo",   "coordinator", when="found", offered=NEVER),
    row("return",         "退回",     HOLDER,                   {D, K},       W,    "reason",       "coordinator!", when="not decided"),
    row("stand_in",       "走不开",   HOLDER,                   {D, K},       W,    "",             "arbiter! resident"),
    row("hand_over",      "转派",     HOLDER,                   K,            None, "receiver note", "receiver!", when="not offered"),
    row("lapse",          "没人应",   CLOCK,                    K,            None, "",             "holder!", when="offered"),
    row("ask_extension",  "延期",     HOLDER,                   K,            None, "days note",    "coordinator!", when="extension free"),
    row("appeal",         "请定夺",   HOLDER,                   {D, K},       E,    "note",         "coordinator! resident", when="sent down"),
    row("escalate",       "报上级",   {HOLDER, COORDINATOR},    {D, K, E},    E,    "note",         "coordinator! resident"),
    row("joint",          "会办",     COORDINATOR,              {K, E},       None, "units note",   "invited! holder! resident", when="ordinary"),
    row("join",           "参加会办", INVITED,                  {D, K, E},    None, "",             "holder coordinator resident"),
    row("stay_out",       "不参加",   INVITED,                  {D, K, E},    None, "note",         "holder! coordinator!"),
    row("plan",           "会办方案", {HOLDER, COORDINATOR},    {K, E},       None, "note",         "parts! resident!", when="together"),
    row("consent",        "同意方案", {PART, REPORTER, SUBJECT, FOLLOWER}, {D, K, E}, None, "",     "holder! coordinator", when="planned"),
    row("part_done",      "我这份办好了", PART,                 {D, K, E},    None, "note",         "holder! coordinator! resident"),
    row("analyse",        "研判",     COORDINATOR,              OPEN,         None, "note",         "holder coordinator", offered={E}),
    row("mediate",        "转调解",   {HOLDER, COORDINATOR},    {K, E},       None, "",             "resident coordinator", when="ordinary"),
    row("supervise",      "督办",     COORDINATOR,              OPEN,         None, "note",         "holder! coordinator!"),
    row("merge",          "并案",     COORDINATOR,              {W, D, K},    M,    "main",         "resident! former", offered={W, D}, when="ordinary"),
    row("absorb",         "并入",     COORDINATOR,              OPEN,         None, "",             "mover", offered=NEVER),
    row("tell",           "告诉居民", {HOLDER, COORDINATOR},    OPEN,         None, "note",         "resident!", offered={K, E}),
    row("retag",          "类别不对", {HOLDER, COORDINATOR},    OPEN,         None, "matter",       "resident", offered=NEVER, when="ordinary"),
    row("void",           "不予受理", COORDINATOR,              OPEN,         V,    "note way",     "resident! former! upper"),
    row("supplement",     "补充",     {REPORTER, PROXY, SUBJECT, FOLLOWER}, OPEN, None, "more",     "mover!"),
    row("attach",         "补图",     {HOLDER, COORDINATOR},    {K, E, R},    None, "",             "resident! coordinator", offered=NEVER),
    row("amend",          "改文字",   REPORTED,                 OPEN,         None, "more",         "mover!", offered=NEVER),
    row("follow",         "我也是这事", FOLLOWER,               OPEN,         None, "",             "holder", offered=NEVER, when="ordinary"),
    row("withdraw",       "不报了",   REPORTED,                 {W, D},       V,    "",             "former! holder", instead={W, D}, when="own word"),
    row("confirm",        "解决了",   VOICES,                   R,            A,    "",             "coordinator holder", instead={R}),
    row("dispute",        "没解决",   VOICES,                   {R, A},       D,    "wrong",        "holder! coordinator! resident", instead={W}),
    row("call",           "打电话给我", {REPORTER, SUBJECT},                 R,            None, "phone",        "coordinator!"),
    row("see_phone",      "看电话",   {HOLDER, COORDINATOR},    {W, D, K, E, R}, None, "why",       ""),
    row("rate",           "评价",     OWN,                      A,            None, "stars",        "", offered=NEVER),
    row("follow_up",      "回访",     COORDINATOR,              {R, A},       A,    "answer note",  "coordinator holder", instead={R, A, D, W}),
    row("reply",          "生成回复", {HOLDER, COORDINATOR},    {R, A, V},    None, "",             "", when="from outside"),
    row("remind",         "催办",     CLOCK,                    OPEN,         None, "",             "holder! slow!"),
    row("overdue",        "超时",     CLOCK,                    OPEN,         None, "",             "holder! coordinator! upper! slow! promised!"),
    row("part_remind",    "会办催办", CLOCK,                    {D, K, E},    None, "",             "slow!"),
    row("part_overdue",   "会办超时", CLOCK,                    {D, K, E},    None, "",             "slow! holder! coordinator!"),
    row("mediating",      "调解开始", CLOCK,                    {K, E},       None, "",             "resident! holder coordinator"),
    row("mediated_in_vain", "调解停了", CLOCK,                  {K, E},       None, "",             "resident! holder! coordinator"),
    row("part_left",      "会办离岗", CLOCK,                    OPEN,         None, "",             "holder! coordinator!"),
    row("ask_again",      "再问",     CLOCK,                    R,            None, "",             "voice!"),
    row("unreached",      "联系不上", CLOCK,                    {D, K},       W,    "",             "coordinator resident"),
    row("relieve",        "交接",     CLOCK,                    {D, K},       D,    "holder",       "resident", instead={W}),
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
