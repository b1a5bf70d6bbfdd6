"""The life of everything in the ledger: ONE table. Buttons, refusals, messages and docs/ledger.md read it."""

from typing import NamedTuple

from cases.ledger.model import Kind, Part

K, A, M, P = Part.KEEPER, Part.AUTHOR, Part.MEDIATOR, Part.PARTY
S, U, W, L = Part.STAFF, Part.UPPER, Part.WORKER, Part.LEADER


class Row(NamedTuple):
    kind: Kind
    action: str
    zh: str
    by: frozenset[Part]
    begins: frozenset[str]
    #: "": the state stays
    ends: str
    #: what is asked for, by its name in handlers/flows/item.py
    needs: tuple[str, ...]
    #: who is told by a new message
    tells: tuple[str, ...]
    #: other states it can end in
    instead: frozenset[str] = frozenset()


def row(
    kind: Kind, action: str, zh: str, by: set[Part], begins: str, ends: str, needs: str, tells: str, instead: str = ""
) -> Row:
    return Row(
        kind,
        action,
        zh,
        frozenset(by),
        frozenset(begins.split()),
        ends,
        tuple(needs.split()),
        tuple(tells.split()),
        frozenset(instead.split()),
    )


#: the state each kind begins in
BEGINS = {
    Kind.WORK: "doing",
    Kind.MEDIATION: "asking",
    Kind.HOUSEHOLD: "living",
    Kind.PATROL: "open",
    Kind.VISIT: "open",
    Kind.NOTICE: "asked",
    Kind.CONTEST: "asked",
    Kind.REVIEW: "open",
}
WORK, MED, HOME, PATROL = Kind.WORK, Kind.MEDIATION, Kind.HOUSEHOLD, Kind.PATROL
VISIT, NOTICE, CONTEST, REVIEW = Kind.VISIT, Kind.NOTICE, Kind.CONTEST, Kind.REVIEW

# fmt: off
ROWS = (
    #   kind     action      中文          by            from              to          needs           told
    row(WORK,    "news",     "报进展",     {A, K, S},       "doing",          "",         "note",         "residents staff"),
    row(WORK,    "done",     "办好了",     {A, K, S},       "doing",          "",         "duty proof",   "residents staff", instead="finished"),
    row(WORK,    "move",     "改日子",     {A, K, S},       "doing",          "",         "duty day note", "residents staff"),
    row(WORK,    "assign",   "交给部门",   {A, K, S},    "doing",          "",         "doer",         "doer residents"),
    row(WORK,    "drop",     "不做了",     {S},          "doing",          "dropped",  "note",         "residents keeper"),
    row(MED,     "party",    "加当事人",   {K, S, M},    "asking mediating", "",       "who",          "newcomer staff", instead="asking"),
    row(MED,     "assign",   "派调解员",   {S},          "asking mediating", "",       "mediator",     "mediator"),
    row(MED,     "agree",    "同意调解",   {K, S, M, P}, "asking",         "",         "member",       "keeper", instead="mediating"),
    row(MED,     "refuse",   "不同意调解", {K, S, M, P}, "asking mediating", "failed", "member",       "parties keeper staff"),
    row(MED,     "meet",     "约时间",     {K, S, M},    "mediating",      "",         "time",         "parties mediator"),
    row(MED,     "session",  "记一次调解", {K, S, M},    "mediating",      "",         "note",         ""),
    row(MED,     "extend",   "延长调解",   {K, S, M},    "mediating",      "",         "note",         "parties staff mediator"),
    row(MED,     "settle",   "达成协议",   {K, S, M},    "mediating",      "agreed",   "note day",     "parties staff mediator"),
    row(MED,     "fail",     "调解不成",   {K, S, M},    "mediating",      "failed",   "note",         "parties staff mediator"),
    row(MED,     "court",    "司法确认",   {K, S, M},    "agreed",         "",         "court",        "parties"),
    row(MED,     "perform",  "已履行",     {K, S, M},    "agreed",         "closed",   "note",         "staff"),
    row(MED,     "breach",   "没履行",     {K, S, M},    "agreed",         "",         "note",         "parties staff mediator"),
    row(HOME,    "need",     "加需求",     {A, K, S, P, W}, "living",         "",         "note day",     "keeper"),
    row(HOME,    "pair",     "结对",       {A, S, W},       "living",         "",         "person",       "keeper parties"),
    row(HOME,    "done",     "办好了",     {A, K, S, W},    "living",         "",         "duty proof",   "parties author"),
    row(HOME,    "move",     "改日子",     {A, K, S},    "living",         "",         "duty day note", ""),
    row(HOME,    "hand",     "转给别人",   {A, K, S},    "living",         "",         "duty person",  "doer"),
    row(HOME,    "remove",   "销户",       {A, S, W},       "living",         "gone",     "note",         ""),
    row(PATROL,  "done",     "去过了",     {K},          "open",           "",         "duty proof",   "", instead="closed"),
    row(PATROL,  "close",    "收尾",       {A, S},       "open",           "closed",   "",             ""),
    row(VISIT,   "line",     "记一件",     {A},          "open",           "",         "line",         ""),
    row(VISIT,   "close",    "记完了",     {A},          "open",           "closed",   "",             ""),
    row(NOTICE,  "approve",  "同意发出",   {U},          "asked",          "sent",     "",             "author homes"),
    row(NOTICE,  "reject",   "不同意发",   {U},          "asked",          "refused",  "note",         "author"),
    row(NOTICE,  "send",     "发出",       {A},          "asked",          "sent",     "",             "homes"),
    row(CONTEST, "uphold",   "申诉成立",   {S},          "asked",          "upheld",   "note",         "author"),
    row(CONTEST, "dismiss",  "申诉不成立", {S},          "asked",          "dismissed", "note",        "author"),
    row(REVIEW,  "fix",      "加整改",     {A, S, L},     "open",           "",         "note day person", "doer"),
    row(REVIEW,  "done",     "办好了",     {A, K, S},    "open",           "",         "duty proof",   "author"),
    row(REVIEW,  "move",     "改日子",     {A, S, L},     "open",           "",         "duty day note", ""),
    row(REVIEW,  "mark",     "打分",       {U, L},        "open",           "",         "grade note",   "author"),
    row(REVIEW,  "close",    "整改完了",   {A, S, L},     "open",           "closed",   "",             ""),
)
# fmt: on

TABLE: dict[tuple[Kind, str], Row] = {(r.kind, r.action): r for r in ROWS}
assert len(TABLE) == len(ROWS)


def buttons(kind: Kind, state: str, parts: frozenset[Part]) -> list[str]:
    """The actions an item's card offers to somebody, in the table's order."""
    return [r.action for r in ROWS if r.kind is kind and state in r.begins and r.by & parts]
