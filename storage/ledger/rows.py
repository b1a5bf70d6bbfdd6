"""The rows of an item: its members and duties as columns, and back."""

from typing import Any

from sqlalchemy import Connection, select

from cases.ledger.clock import next_at
from cases.ledger.model import Duty, Member
from storage.tables import duties, texts


def member_row(member: Member) -> dict[str, Any]:
    return {"person": member.person, "part": member.part, "answer": member.answer, "unit": member.unit}


def duty_row(duty: Duty) -> dict[str, Any]:
    """What of it changes."""
    return {
        "person": duty.person,
        "due": duty.due,
        "due_before": duty.due_before,
        "done_at": duty.done_at,
        "state": duty.state,
        "told": duty.told,
        "next_at": next_at(duty),
    }


def duties_of(connection: Connection, where: Any) -> list[Duty]:
    query = select(duties, texts.c.body).outerjoin(texts, texts.c.id == duties.c.words).where(where)
    return [
        Duty(r.id, r.kind, r.person, r.unit, r.due, r.made_at, r.body or "", r.state, r.done_at, r.told, r.due_before)
        for r in connection.execute(query.order_by(duties.c.id))
    ]
