"""A promise that was missed is told once, whatever else happens in the same moment, and whoever looks late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.life import schedule
from cases.life.act import CLOCK, Actor, act, report, tick
from cases.model import Assignment, CaseFile, Entry
from cases.ports import Rules
from cases.states import Hat, Held, State
from cases.timing.deadlines import Deadlines
from tests.stage.pure_town import COMMUNITY, GRID, NOON, REPORTER, STREET, new_case, rules

HOLDER = Actor(11, frozenset({Hat.HOLDER}))
DESK = Actor(21, frozenset({Hat.COORDINATOR}))
LAW = rules()


def working(law: Rules = LAW) -> CaseFile:
    file = report(new_case(), (REPORTER,), Hat.REPORTER, NOON, law, {}, "电梯坏了").file
    file = act(file, "dispatch", CLOCK, NOON, law, {"holder": 11, "unit": GRID}).file
    return act(file, "accept", HOLDER, NOON, law).file


def told(file: CaseFile, until: datetime, law: Rules = LAW) -> Iterator[Entry]:
    """What the clock says until then, looking whenever it is time to."""
    while file.case.next_at is not None and file.case.next_at <= until:
        change = tick(file, file.case.next_at, law)
        assert change is not None
        yield change.entry
        file = change.file


def late(entries: Iterator[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.action == "overdue" and entry.given.get("why") == "due"]


def test_a_missed_answer_is_graver_than_a_call_that_is_late_for_days() -> None:
    law = replace(LAW, deadlines=Deadlines({"*": {"contact": "1d", "due": "3d", "overdue_every": "2d"}}))
    file = working(law)
    due = file.round.due
    assert due == NOON + timedelta(days=3)
    first, *_ = late(told(file, NOON + timedelta(days=5), law))
    assert first.at == due


def test_what_passed_a_moment_ago_is_said_though_something_else_was_done_meanwhile() -> None:
    file = act(working(), "contact", HOLDER, NOON, LAW, {"how": "phoned"}).file
    part = Assignment(2, 1, COMMUNITY, 21, NOON, lead=False, state=Held.PART, due=NOON + timedelta(days=30))
    file = replace(file, assignments=(*file.assignments, part))
    assert file.round.due is not None
    missed = file.round.due + timedelta(minutes=1)
    for action, actor, given in (
        ("part_left", CLOCK, {"person": 21}),
        ("reassign", DESK, {"holder": 12, "unit": GRID}),
        ("escalate", HOLDER, {}),
    ):
        after = act(file, action, actor, missed, LAW, given, words="话").file
        assert late(told(after, missed + timedelta(hours=1))), action


def test_an_offer_nobody_answered_does_not_hide_what_is_late() -> None:
    file = act(working(), "contact", HOLDER, NOON, LAW, {"how": "phoned"}).file
    due = file.round.due
    assert due is not None
    file = act(file, "hand_over", HOLDER, due - timedelta(hours=1), LAW, {"holder": 12, "unit": GRID}, words="话").file
    morning = due + timedelta(days=1)
    change = tick(file, morning, LAW)
    assert change is not None
    assert change.entry.action == "lapse"
    following = tick(change.file, morning, LAW)
    assert following is not None
    assert (following.entry.action, following.entry.given["why"]) == ("overdue", "due")


@pytest.mark.parametrize("times", [1, 2])
def test_each_desk_has_its_own_time(times: int) -> None:
    """Escalated once more, a case waits at the next desk as if it had just come: that desk hears of it."""
    file = act(working(), "escalate", HOLDER, NOON, LAW, words="话").file
    assert (file.case.state, file.case.desk) == (State.ESCALATED, COMMUNITY)
    at = NOON + timedelta(days=2)
    if times == 2:
        file = act(file, "escalate", DESK, at, LAW, words="话").file
        assert file.case.desk == STREET
        assert file.case.entered_at == at
    waiting = [m for m in schedule.moments(file, LAW) if m.why == State.ESCALATED and m.step == 0]
    assert [m.at >= file.case.entered_at for m in waiting] == [True]
    assert file.case.next_at is not None
    assert file.case.next_at >= file.case.entered_at
