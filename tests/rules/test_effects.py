"""What an action changes beside the state: who has it next, who still waits, and whose word does not count twice."""

from dataclasses import replace

import pytest

from cases.errors import Refused
from cases.life.act import CLOCK, Actor, act, report
from cases.model import Assignment, CaseFile, Party
from cases.ports import Rules
from cases.states import CALL, Hat, Held, Pending, State
from tests.stage.pure_town import COMMUNITY, GRID, NOON, REPORTER, PlainDirectory, new_case, rules

HOLDER = Actor(11, frozenset({Hat.HOLDER}))
DESK = Actor(21, frozenset({Hat.COORDINATOR}))
RESIDENT = Actor(REPORTER.person, frozenset({Hat.REPORTER}))
LAW = rules()


def working(law: Rules = LAW, **over: object) -> CaseFile:
    file = report(new_case(**over), (REPORTER,), Hat.REPORTER, NOON, law, {}, "电梯坏了").file
    file = act(file, "dispatch", CLOCK, NOON, law, {"holder": 11, "unit": GRID}).file
    return act(file, "accept", HOLDER, NOON, law).file


def resolved(by: Actor = HOLDER, law: Rules = LAW) -> CaseFile:
    return act(working(law), "resolve", by, NOON, law, {"outcome": "solved"}, words="好了").file


@pytest.mark.parametrize(("away", "state"), [(False, State.DISPATCHED), (True, State.WAITING)])
def test_who_is_on_leave_is_not_given_what_was_not_solved(away: bool, state: State) -> None:
    law = rules(PlainDirectory(away={11} if away else set()))
    after = act(resolved(law=law), "dispute", RESIDENT, NOON, law, words="又停了").file
    assert after.case.state is state
    assert after.holder == (None if away else 11)


def test_who_waits_for_a_call_is_not_forgotten_over_an_extension() -> None:
    file = working(pending=CALL)
    with pytest.raises(Refused, match="call_first"):
        act(file, "ask_extension", HOLDER, NOON, LAW, {"days": 3}, words="等件")
    called = act(file, "contact", HOLDER, NOON, LAW, {"how": "phoned"}).file
    assert (
        act(called, "ask_extension", HOLDER, NOON, LAW, {"days": 3}, words="等件").file.case.pending.kind == "extension"
    )


def test_who_takes_it_over_has_no_part_beside_it() -> None:
    part = Assignment(2, 1, COMMUNITY, 12, NOON, lead=False, state=Held.PART)
    file = replace(working(), assignments=(*working().assignments, part))
    offered = act(file, "hand_over", HOLDER, NOON, LAW, {"holder": 12, "unit": GRID}, words="你近").file
    taken = act(offered, "take", Actor(12, frozenset({Hat.RECEIVER})), NOON, LAW).file
    assert (taken.holder, taken.parts) == (12, ())
    done = act(
        taken, "resolve", Actor(12, frozenset({Hat.HOLDER})), NOON, LAW, {"outcome": "solved"}, words="好了"
    ).file
    assert done.case.state is State.RESOLVED


def test_whoever_said_that_it_is_done_does_not_ask_whether_it_is() -> None:
    """A coordinator who finished it for the holder neither phones the resident about it."""
    with pytest.raises(Refused, match="own_unit"):
        act(resolved(DESK), "follow_up", DESK, NOON, LAW, {"answer": "solved"}, words="他说好了")
    asked = act(resolved(), "follow_up", DESK, NOON, LAW, {"answer": "solved"}, words="他说好了").file
    assert asked.case.state is State.ARCHIVED


def test_a_word_to_the_resident_is_a_contact() -> None:
    assert act(working(), "tell", HOLDER, NOON, LAW, words="明天来").file.round.contacted_at == NOON
    waits = act(working(pending=CALL), "tell", HOLDER, NOON, LAW, words="明天来").file
    assert waits.case.pending == CALL


def test_others_who_wait_go_on_waiting_when_one_withdraws() -> None:
    file = report(new_case(), (REPORTER,), Hat.REPORTER, NOON, LAW, {}, "路灯坏了").file
    both = replace(file, parties=(*file.parties, Party(2, Hat.FOLLOWER, 7)))
    left = act(both, "withdraw", RESIDENT, NOON, LAW).file
    assert (left.case.state, [party.person for party in left.asked]) == (State.WAITING, [2])
    alone = act(file, "withdraw", RESIDENT, NOON, LAW).file
    assert (alone.case.state, alone.case.pending) == (State.VOID, Pending())
