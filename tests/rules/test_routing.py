"""Who holds a case, by rules that can be read; each answer has its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases import routing
from cases.errors import Refused
from cases.life.act import Actor, act, hats, report, tick
from cases.model import Assignment, CaseFile, Round
from cases.people import Candidate
from cases.places import Place
from cases.routes import COORDINATOR, STANDARD_ROUTES, Route
from cases.states import Hat, Held, State
from cases.timing import hours
from cases.timing.deadlines import ANSWER_LIMIT
from tests.stage.pure_town import COMMUNITY, GRID, NOON, PEOPLE, REPORTER, STREET, PlainDirectory, new_case, rules


def choose(directory: PlainDirectory, *, left: tuple[int, ...] = (), **over: object) -> tuple[int, str] | None:
    law = replace(rules(directory), **over)  # type: ignore[arg-type]
    gone = tuple(Assignment(n, 1, GRID, person, NOON, state=Held.STOOD_IN) for n, person in enumerate(left, 1))
    choice = routing.pick(CaseFile(new_case(), Round(1), gone, (REPORTER,)), law, NOON)
    return (choice.holder.person, choice.rule) if choice else None


def test_the_standard_order() -> None:
    assert choose(PlainDirectory()) == (11, "grid")
    assert choose(PlainDirectory(micro_of={GRID: [41]})) == (41, "micro")
    assert choose(PlainDirectory(instead_of={11: 12}), left=(11,)) == (12, "stand_in")
    assert choose(PlainDirectory(away={11, 12}, instead_of={11: 51})) == (51, "away")
    assert choose(PlainDirectory(workers_of={})) is None


def test_a_place_s_own_rule_goes_first_and_names_itself() -> None:
    own = Route("lifts", STREET, matters=frozenset({"elevator"}))
    directory = PlainDirectory(workers_of={GRID: [11], STREET: [61]})
    assert choose(directory, routes=(own, *STANDARD_ROUTES)) == (61, "lifts")
    other = replace(own, matters=frozenset({"sanitation"}))
    assert choose(directory, routes=(other, *STANDARD_ROUTES)) == (11, "grid")


def test_a_rule_holds_where_and_when_it_says() -> None:
    night = Route("night", COORDINATOR, hours=hours.parse("17:30-23:59"))
    assert choose(PlainDirectory(), routes=(night, *STANDARD_ROUTES)) == (11, "grid")  # at noon
    noon = Route("noon", COORDINATOR, hours=hours.parse("11:00-13:00"))
    assert choose(PlainDirectory(), routes=(noon, *STANDARD_ROUTES)) is None
    elsewhere = Route("beside", COORDINATOR, unit="370482")
    assert choose(PlainDirectory(), routes=(elsewhere, *STANDARD_ROUTES)) == (11, "grid")
    urgent = Route("urgent", COORDINATOR, urgent=True)
    assert choose(PlainDirectory(), routes=(urgent, *STANDARD_ROUTES)) == (11, "grid")
    by_category = Route("facility", COORDINATOR, matters=frozenset({"facility"}))
    known = {"elevator": "facility"}
    assert choose(PlainDirectory(), routes=(by_category, *STANDARD_ROUTES), categories=known) is None


def test_what_is_not_on_the_list_is_not_handed_to_grid_workers() -> None:
    assert choose(PlainDirectory(), places={STREET: Place(STREET, matters=frozenset({"sanitation"}))}) == (11, "grid")
    law = replace(rules(), places={STREET: Place(STREET, matters=frozenset({"sanitation"}))})
    file = report(new_case(), (REPORTER,), Hat.REPORTER, NOON, law, {}, "电梯坏了").file
    change = tick(file, NOON, law)
    assert change
    assert change.entry.given == {"why": "not_admitted"}
    assert [notice.person for notice in change.notices] == [21]


def test_who_works_at_this_hour_goes_before_who_holds_fewer() -> None:
    class Evening(PlainDirectory):
        def workers(self, unit: str) -> list[Candidate]:
            return [Candidate(11, unit, 0, hours="18:00-21:00"), Candidate(12, unit, 5)]

    assert choose(Evening()) == (12, "grid")


def test_the_nearest_word_about_a_deadline_counts() -> None:
    street = Place(STREET, deadlines={"*": {"ack": "3h"}, "elevator": {"due": "8h"}})
    community = Place(COMMUNITY, deadlines={"elevator": {"due": "6h"}})
    law = replace(rules(), places={STREET: street, COMMUNITY: community})
    file = report(new_case(), (REPORTER,), Hat.REPORTER, NOON, law, {}, "电梯坏了").file
    change = tick(file, NOON, law)
    assert change
    rnd = change.file.round
    assert rnd.ack_due == NOON + timedelta(hours=3)
    assert rnd.due == NOON + timedelta(hours=6)


def test_an_answer_is_due_within_five_working_days_whatever_the_matter_says() -> None:
    law = replace(rules(), deadlines=replace(rules().deadlines, taxonomy={"land": {"due": "15wd"}}))
    file = report(new_case(matter="land"), (REPORTER,), Hat.REPORTER, NOON, law, {}, "征地").file
    change = tick(file, NOON, law)
    assert change
    assert change.file.round.due == law.calendar.add(NOON, ANSWER_LIMIT)


def test_another_system_s_deadline_wins() -> None:
    wanted = NOON + timedelta(hours=5)
    case = new_case(outside="SD1", source="12345", outside_due=wanted)
    file = report(case, (REPORTER,), Hat.REPORTER, NOON, rules(), {}, "电梯坏了").file
    change = tick(file, NOON, rules())
    assert change
    assert change.file.round.due == wanted


def test_recused_is_recused_in_every_round() -> None:
    before = (Assignment(1, 1, GRID, 11, NOON, state=Held.RECUSED), Assignment(2, 1, GRID, 12, NOON, state=Held.DONE))
    file = CaseFile(new_case(round=2), Round(2), before, (REPORTER,))
    choice = routing.pick(file, rules(), NOON)
    assert choice
    assert choice.holder.person == 12


def test_a_decision_stands() -> None:
    law = rules()
    file = report(new_case(), (REPORTER,), Hat.REPORTER, NOON, law, {}, "电梯坏了").file
    change = tick(file, NOON, law)
    assert change
    appealed = replace(change.file.assignments[0], state=Held.APPEALED)
    case = replace(change.file.case, state=State.ESCALATED, desk=STREET)
    file = replace(change.file, assignments=(appealed,), case=case)
    given = {"holder": 11, "unit": GRID}
    coordinator = frozenset({Hat.COORDINATOR})
    with pytest.raises(Refused, match="decided_above"):  # against whom it was
        act(file, "dispatch", Actor(21, coordinator), NOON, law, given)
    after = act(file, "dispatch", Actor(31, coordinator), NOON, law, given).file
    assert after.case.decided
    assert Hat.HOLDER in hats(PEOPLE[11], after, law)
    with pytest.raises(Refused, match="not_now"):
        act(after, "return", Actor(11, frozenset({Hat.HOLDER})), NOON, law, {"reason": "not_my_duty"})
