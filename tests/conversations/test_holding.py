"""Who has a case: what he may give back, what he is reminded of, and that he has no part beside it."""

import pytest

from cases.errors import Refused
from cases.life import schedule
from cases.life.act import Actor, act, report
from cases.life.lifecycle import TABLE
from cases.model import CaseFile
from cases.states import Hat, Held, State
from tests.stage.pure_town import COMMUNITY, GRID, NOON, REPORTER, STREET, new_case, rules

LAW = rules()
DESK, STREET_DESK = Actor(21, frozenset({Hat.COORDINATOR})), Actor(31, frozenset({Hat.COORDINATOR}))


def holder(person: int) -> Actor:
    return Actor(person, frozenset({Hat.HOLDER}))


def dispatched(file: CaseFile, to: int, by: Actor = DESK) -> CaseFile:
    return act(file, "dispatch", by, NOON, LAW, {"holder": to, "unit": GRID}).file


@pytest.fixture
def file() -> CaseFile:
    return dispatched(report(new_case(), (REPORTER,), Hat.REPORTER, NOON, LAW, {}, "").file, 11)


@pytest.fixture
def appealed(file: CaseFile) -> CaseFile:
    """Given up, sent back down to the same worker, who asked the level above to decide."""
    raised = act(file, "escalate", holder(11), NOON, LAW, {}, words="不归我管").file
    again = dispatched(raised, 11)
    asked = act(again, "appeal", holder(11), NOON, LAW, {}, words="还是不归我管").file
    assert asked.case.desk == STREET
    return asked


def test_who_appealed_and_has_it_all_the_same_keeps_it(appealed: CaseFile) -> None:
    back = dispatched(appealed, 11, by=STREET_DESK)
    with pytest.raises(Refused):
        act(back, "return", holder(11), NOON, LAW, {"reason": "not_my_duty"})


def test_who_has_it_for_the_first_time_may_give_it_back(appealed: CaseFile) -> None:
    other = dispatched(appealed, 12, by=STREET_DESK)
    assert "return" in TABLE.buttons(frozenset({Hat.HOLDER}), other)
    assert act(other, "return", holder(12), NOON, LAW, {"reason": "not_my_duty"}).file.case.state is State.WAITING


def test_before_it_is_accepted_nobody_is_reminded_of_the_first_contact(file: CaseFile) -> None:
    assert "contact" not in {moment.why for moment in schedule.moments(file, LAW)}
    accepted = act(file, "accept", holder(11), NOON, LAW, {}).file
    assert "contact" in {moment.why for moment in schedule.moments(accepted, LAW)}


def test_who_leads_has_no_part_beside_it(file: CaseFile) -> None:
    accepted = act(file, "accept", holder(11), NOON, LAW, {}).file
    joint = act(
        accepted, "joint", DESK, NOON, LAW, {"units": [{"unit": COMMUNITY, "person": 12}]}, words="一起看看"
    ).file
    assert [part.person for part in joint.parts] == [12]
    led = act(joint, "reassign", DESK, NOON, LAW, {"holder": 12, "unit": GRID}, words="换人").file
    assert (led.holder, led.parts) == (12, ())
    assert [a.state for a in led.assignments if a.person == 12 and not a.lead] == [Held.LEFT]
