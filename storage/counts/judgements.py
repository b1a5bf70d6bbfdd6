"""What messages were taken for, and what people said they are: the resident's choice, then the worker's correction."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from cases.states import State
from storage.tables import cases, texts


class Judgement(NamedTuple):
    words: str
    #: the likeliest matter, and its score; "" where nothing was guessed
    guess: str
    score: float
    #: what it is now, after everybody's word
    matter: str
    district: str


def since(connection: Connection, moment: datetime | None = None) -> Iterator[Judgement]:
    """Of cases neither confidential nor about a person, whose words are still kept: all, or those reported since."""
    query = (
        select(cases.c.tag, cases.c.matter, cases.c.district, texts.c.body)
        .join(texts, texts.c.id == cases.c.words)
        .where(
            cases.c.private.is_(False),
            cases.c.confidential.is_(False),
            cases.c.matter != "",
            cases.c.state != State.VOID,
            texts.c.body != "",
        )
        .order_by(cases.c.id)
    )
    if moment is not None:
        query = query.where(cases.c.reported_at >= moment)
    for row in connection.execute(query):
        if not row.tag.get("candidates"):  # of another system, or nothing was guessed
            continue
        guess, score = row.tag["candidates"][0]
        yield Judgement(row.body, str(guess), float(score), row.matter, row.district)
