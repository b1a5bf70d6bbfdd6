"""The table's own properties, and its printed form."""

from cases.life import lifecycle_doc
from cases.life.lifecycle import REPORT, TABLE
from cases.model import CaseFile, Round
from cases.states import FINAL, OPEN, Hat, State
from tests import ROOT
from tests.stage.pure_town import REPORTER, new_case

DESIGN_LABELS = {
    "accept": "接单",
    "return": "退回",
    "hand_over": "转派",
    "take": "接手",
    "decline": "不接",
    "escalate": "报上级",
    "contact": "已联系",
    "appoint": "预约上门",
    "ask_extension": "延期",
    "resolve": "办结",
    "dispatch": "派单",
    "reassign": "改派",
    "supervise": "督办",
    "joint": "会办",
    "merge": "并案",
    "void": "不予受理",
    "grant_extension": "同意延期",
    "refuse_extension": "不同意延期",
    "confirm": "解决了",
    "dispute": "没解决",
    "call": "打电话给我",
    "follow": "我也是这事",
    "withdraw": "不报了",
    "supplement": "补充",
    "follow_up": "回访",
    "remind": "催办",
    "overdue": "超时",
    "archive": "自动归档",
}
WHOSE_MOVE = {
    State.WAITING: Hat.COORDINATOR,
    State.DISPATCHED: Hat.HOLDER,
    State.WORKING: Hat.HOLDER,
    State.ESCALATED: Hat.COORDINATOR,
}


def in_state(state: State) -> CaseFile:
    return CaseFile(new_case(state=state), Round(1), (), (REPORTER,))


def test_every_action_of_the_design_has_its_row_and_its_label() -> None:
    assert {action: TABLE[action].zh for action in DESIGN_LABELS} == DESIGN_LABELS
    assert REPORT.zh == "报事"


def test_no_two_rows_are_the_same_action() -> None:
    actions = [row.action for row in TABLE.rows]
    assert len(actions) == len(set(actions))


def test_void_and_merged_are_final() -> None:
    for row in TABLE.rows:
        assert not row.begins & FINAL or not (row.ends or row.tells), row.action


def test_every_open_state_has_a_person_who_can_move_it_on() -> None:
    for state in OPEN:
        assert any(
            row.ends not in (None, state) and state in row.begins and row.by - {Hat.CLOCK} for row in TABLE.rows
        ), state
        assert TABLE.buttons(frozenset({WHOSE_MOVE[state]}), in_state(state)), state


def test_a_proxy_never_confirms_or_rates() -> None:
    for action in ("confirm", "rate", "dispute"):
        assert Hat.PROXY not in TABLE[action].by


def test_the_printed_table_is_up_to_date() -> None:
    printed = ROOT / "docs" / "lifecycle.md"
    assert printed.read_text() == lifecycle_doc.document(), "python -m cases.life.lifecycle_doc > docs/lifecycle.md"
