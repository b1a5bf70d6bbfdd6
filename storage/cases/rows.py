"""The rows of a case's file: which columns are fields of what the rules know, in both directions."""

from typing import Any

from cases.model import Assignment, Case, Entry, Party, Round
from cases.states import Hat, Held, Pending, State

CASE = [
    "matter",
    "unit",
    "desk",
    "version",
    "round",
    "returns",
    "disputes",
    "decided",
    "plan",
    "urgent",
    "confidential",
    "private",
    "place",
    "source",
    "outside",
    "outside_due",
    "storm",
    "reported_at",
    "entered_at",
    "clocked_at",
    "next_at",
    "policy",
    "taxonomy",
    "head",
]
ROUND = [
    "started_at",
    "ack_due",
    "contact_due",
    "due",
    "accepted_at",
    "contacted_at",
    "resolved_at",
    "resolved_by",
    "outcome",
    "appointed_at",
    "due_before",
    "yellow_at",
]
ASSIGNMENT = [
    "seq",
    "round",
    "unit",
    "person",
    "given_at",
    "lead",
    "state",
    "hours",
    "due",
    "accepted_at",
    "ended_at",
]
PARTY = ["person", "part", "chat", "relation"]


def case_of(row: Any) -> Case:
    return Case(
        district=row.district,
        id=row.id,
        number=row.number,
        state=State(row.state),
        pending=Pending.parse(row.pending),
        **{name: getattr(row, name) for name in CASE},
    )


def round_of(row: Any) -> Round:
    """Of a row that has the case's columns, too: those of the round begin with r_."""
    return Round(row.round, **{name: getattr(row, f"r_{name}") for name in ROUND})


def assignment_of(row: Any) -> Assignment:
    return Assignment(**{name: getattr(row, name) for name in ASSIGNMENT} | {"state": Held(row.state)})


def party_of(row: Any) -> Party:
    return Party(row.person, Hat(row.part), row.chat, row.relation)


def entry_of(row: Any, body: str = "") -> Entry:
    before = State(row.before) if row.before else None
    return Entry(
        row.seq, row.action, row.at, Hat(row.hat), row.by, before, State(row.after), row.given, body, tuple(row.media)
    )


def row_of(what: Case | Round | Assignment | Party, columns: list[str]) -> dict[str, Any]:
    return {name: getattr(what, name) for name in columns}
