"""Anyone tries anything in any order, and time passes: the promises hold all the same."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cases.errors import Refused
from cases.life import schedule
from cases.life.act import CLOCK, Actor, act, hats, report, tick
from cases.life.lifecycle import TABLE
from cases.model import CaseFile, Change
from cases.routing import clock_may_dispatch
from cases.states import FINAL, OPEN, Hat, State
from cases.timing.deadlines import MEDIATION
from tests.stage.pure_town import GRID, NOON, PEOPLE, REPORTER, new_case, rules

GIVEN: dict[str, Any] = {
    "reason": "not_my_grid",
    "outcome": "solved",
    "stars": "fair",
    "how": "phoned",
    "unit": "370481001001001",
    "days": "5",
    "time": "2027-11-24T15:00:00+08:00",
    "answer": "unsolved",
    "parties": [],
    "matter": "elevator",
    "chat": 1,
    "units": [{"unit": "370481001001002", "person": 12}],
}


class AnyoneTriesAnything(RuleBasedStateMachine):
    @initialize(private=st.booleans(), urgent=st.booleans())
    def reported(self, private: bool, urgent: bool) -> None:
        self.law = replace(rules(quiet=True), categories={"neighbor_dispute": "dispute", "elevator": "estate"})
        self.now = NOON
        self.moved: set[tuple[int, str]] = set()
        #: answers that were due and of which somebody was told that they are late
        self.missed: set[datetime | None] = set()
        case = new_case(private=private, urgent=urgent, matter="neighbor_dispute")
        self.file = report(case, (REPORTER,), Hat.REPORTER, self.now, self.law, {}, "电梯坏了").file
        self.seen: list[tuple[CaseFile, Change]] = []

    def _apply(self, change: Change) -> None:
        self.seen.append((self.file, change))
        before, self.file = self.file, change.file
        row = TABLE[change.entry.action]
        assert before.case.state in row.begins
        assert self.file.case.state in {row.ends or before.case.state, *row.instead}
        assert self.file.case.version == before.case.version + 1 == change.entry.seq
        if before.round.number == self.file.round.number and before.round.due not in (None, self.file.round.due):
            assert row.action in ("grant_extension", "mediate"), f"{row.action} moved the due time"
            once = (before.round.number, row.action)
            assert once not in self.moved, f"{row.action} moved the due time a second time"
            self.moved.add(once)
        assert len({notice.person for notice in change.notices}) == len(change.notices), "told twice"

    @rule(
        who=st.sampled_from(sorted(PEOPLE)),
        action=st.sampled_from(sorted(TABLE.by_action)),
        holder=st.sampled_from([11, 12, 21]),
    )
    def somebody_tries(self, who: int, action: str, holder: int) -> None:
        actor = Actor(who, hats(PEOPLE[who], self.file, self.law))
        before = self.file
        try:
            change = act(self.file, action, actor, self.now, self.law, GIVEN | {"holder": holder}, words="话")
        except Refused:
            assert self.file is before
            return
        row = TABLE[action]
        assert row.by & actor.hats, "acted without the right"
        if Hat.COORDINATOR not in actor.hats and Hat.HOLDER in row.by and not (row.by & {Hat.REPORTER, Hat.PROXY}):
            assert before.holder == who, "nobody but the holder's line acts"
        self._apply(change)

    @rule(minutes=st.sampled_from([1, 20, 45, 130, 60 * 9, 60 * 26, 60 * 24 * 6]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        for _ in range(6):
            change = tick(self.file, self.now, self.law)
            if change is None:
                break
            assert change.entry.by is None
            if change.entry.action == "dispatch":
                assert clock_may_dispatch(self.file), "the clock chose where a person must"
                returned = {
                    a.person
                    for a in self.file.assignments
                    if a.state == "returned" and a.round == self.file.round.number
                }
                assert change.file.holder not in returned, "bounced back by itself"
            if change.entry.action == "overdue" and change.entry.given.get("why") == "due":
                self.missed.add(self.file.round.due)
            self._apply(change)
        else:
            raise AssertionError("the clock never comes to rest")
        case, due = self.file.case, self.file.round.due
        if case.state in (State.DISPATCHED, State.WORKING, State.ESCALATED) and due is not None:
            late = [m.at for m in schedule.moments(self.file, self.law) if (m.action, m.why) == ("overdue", "due")]
            assert due in self.missed or min(late) > self.now, "a promise was missed, and nobody was told"

    @invariant()
    def who_holds_it_is_total(self) -> None:
        if not hasattr(self, "file"):
            return
        state = self.file.case.state
        assert (self.file.holder is not None) == (state in (State.DISPATCHED, State.WORKING)), state
        assert sum(a.lead and a.state == "open" for a in self.file.assignments) <= 1

    @invariant()
    def somebody_can_always_move_it_on(self) -> None:
        if not hasattr(self, "file") or self.file.case.state not in OPEN:
            return
        able = [p for p in PEOPLE.values() if hats(p, self.file, self.law) - {Hat.REPORTER}]
        assert any(TABLE.buttons(hats(p, self.file, self.law) - {Hat.REPORTER}, self.file) for p in able)

    @invariant()
    def the_clock_looks_again_while_anything_can_be_late(self) -> None:
        if not hasattr(self, "file"):
            return
        case = self.file.case
        if case.state is State.RESOLVED or (case.state in OPEN and not self._told_to_the_top()):
            assert schedule.next_at(self.file, self.law) is not None, case.state
        if case.state in FINAL:
            assert schedule.next_at(self.file, self.law) is None

    def _told_to_the_top(self) -> bool:
        """It is late, and every level has heard so: from here on it stands on the lists of the day."""
        return all(moment.at <= self.now for moment in schedule.moments(self.file, self.law))

    @invariant()
    def what_is_about_a_person_stays_with_few(self) -> None:
        if not hasattr(self, "file") or not self.file.case.private:
            return
        for person in (11, 12):
            worn = hats(PEOPLE[person], self.file, self.law)
            assert not worn or self.file.worker == person


AnyoneTriesAnything.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
test_anyone_tries_anything = AnyoneTriesAnything.TestCase


def test_a_mediation_moves_the_due_time_once() -> None:
    """Not when it is asked for, but when it begins; however often that is, before and after an extension: never beyond
    a month from when it began first, and after an extension never beyond a month from the dispatch."""
    law = replace(rules(), categories={"neighbor_dispute": "dispute"})
    holder = Actor(11, frozenset({Hat.HOLDER}))
    desk = Actor(21, frozenset({Hat.COORDINATOR}))
    file = report(new_case(matter="neighbor_dispute"), (REPORTER,), Hat.REPORTER, NOON, law, {}, "").file
    dispatched = act(file, "dispatch", desk, NOON, law, {"holder": 11, "unit": GRID}).file
    for extended in (False, True):
        file = act(dispatched, "accept", holder, NOON, law, {}).file
        if extended:
            file = act(file, "ask_extension", holder, NOON, law, {"days": "5"}, words="雨天").file
            file = act(file, "grant_extension", desk, NOON, law, {}).file
        dues = set()
        for day in range(1, 6):
            asked = act(file, "mediate", holder, NOON + timedelta(days=day), law, {}).file
            assert asked.round.due == file.round.due
            file = act(asked, "mediating", CLOCK, NOON + timedelta(days=day), law, {}).file
            dues.add(file.round.due)
        assert dues == {NOON + MEDIATION + timedelta(days=0 if extended else 1)}


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, "12-01T12:00"), (3, "12-04T12:00"), (4, "12-07T08:30"), (27, "12-24T12:00")],
)
def test_the_time_of_a_mediation_in_vain_is_not_counted(days: int, due: str) -> None:
    """The promise of 1 December goes on where it stood, on Monday where that is a Saturday; never beyond the month."""
    law = replace(rules(), categories={"neighbor_dispute": "dispute"})
    file = report(new_case(matter="neighbor_dispute"), (REPORTER,), Hat.REPORTER, NOON, law, {}, "").file
    file = act(file, "dispatch", Actor(21, frozenset({Hat.COORDINATOR})), NOON, law, {"holder": 11, "unit": GRID}).file
    file = act(file, "accept", Actor(11, frozenset({Hat.HOLDER})), NOON, law, {}).file
    first, over = file.round.due, NOON + timedelta(days=days)
    assert first is not None
    file = act(file, "mediating", CLOCK, NOON, law, {}).file
    given = {"began": NOON.isoformat(), "promised": first.isoformat()}
    after = act(file, "mediated_in_vain", CLOCK, over, law, given).file.round
    assert after.due == datetime.fromisoformat(f"2026-{due}+08:00")
    assert after.due_before == first
