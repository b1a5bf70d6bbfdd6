"""Who may do what, and see what: every row of the table × every kind of person × every state, through the chat.

Who is what to a case is written down here by hand, so that a mistake in the product's own reckoning shows. Buttons are
forged: nobody waits to be offered one.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cases.life.lifecycle import TABLE
from config.texts import Texts
from handlers.cases.actions import INNER
from storage.tables import cases
from tests.stage.permissions import (
    LEVELS,
    MORE_PEOPLE,
    MORE_UNITS,
    OF_THE_COORDINATOR,
    REPORT,
    SITUATIONS,
    SOME,
    TELLING,
    UNITS,
    WORDS,
    Situation,
    people,
    play,
    staged,
)
from tests.stage.player import Player
from tests.stage.town import Town, town


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Town]:
    place = tmp_path / "place"
    place.mkdir()
    (place / "units.csv").write_text((LEVELS / "units.csv").read_text() + MORE_UNITS)
    (place / "people.csv").write_text((LEVELS / "people.csv").read_text() + MORE_PEOPLE)
    with town(tmp_path / "town", units=place) as found:
        yield found


def refusals(texts: Texts, *keys: str) -> set[str]:
    return {texts.say("zh", key)[:8] for key in keys}


@pytest.mark.slow
@pytest.mark.asyncio
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
async def test_every_row_for_everybody(
    made: Town, tmp_path: Path, situation: Situation, pytestconfig: pytest.Config
) -> None:
    stage = await staged(made, tmp_path, situation)
    wrong, cells, texts = [], 0, made.running.house.world.texts
    not_yours = refusals(texts, "refused.not_yours", "refused.no_case", "refused.there_already")
    for user in people(pytestconfig):
        hats = frozenset(situation.hats.get(user, set()))
        for row in TABLE.rows if hats or pytestconfig.getoption("long") else map(TABLE.__getitem__, SOME):
            permitted = row.permits(hats, situation.state) and row.action not in INNER
            before = stage.marks(user)
            seen = await stage.tap(user, f"a.{row.action}.{stage.case}")
            moved = stage.marks(user) != before
            cells += 1
            if moved and not permitted:
                wrong.append((user, row.action, "done, and is not theirs"))
            if not (row.by & hats) and not any(words[:8] in not_yours for words in seen):
                wrong.append((user, row.action, f"said instead of a refusal: {seen}"))
            if permitted and any(words[:8] in not_yours for words in seen):
                wrong.append((user, row.action, f"is theirs, and was refused: {seen}"))
            if not hats and any(told in words for words in seen for told in TELLING):
                wrong.append((user, row.action, f"shown: {seen}"))
            if not seen:
                wrong.append((user, row.action, "silence"))
            if moved:
                stage.back()
    print(f"\n{situation.name}: {cells} cells")
    assert not wrong, "\n".join(" · ".join(line) for line in wrong)


@pytest.mark.slow
@pytest.mark.asyncio
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.name)
async def test_nobody_sees_what_is_not_theirs(
    made: Town, tmp_path: Path, situation: Situation, pytestconfig: pytest.Config
) -> None:
    """Cards, lists, boards at every unit, searches and answers: nothing of the case shows to who is nothing to it."""
    stage = await staged(made, tmp_path, situation)
    long = pytestconfig.getoption("long")
    units = UNITS if long else UNITS[::3]
    groups = ("", "mine", "nobody", "late", "soon", "open") if long else ("", "nobody")
    taps = [f"s.{stage.case}", "l.tasks.0", "l.mine.0", f"m.y.{stage.case}", f"m.n.{stage.case}"]
    taps += [f"b.{unit}.{group}.1" for unit in units for group in groups]
    said = [
        "/mine",
        "/tasks",
        "/board",
        "/staff",
        "/start",
        "/privacy",
        stage.number,
        f"/block {stage.number} 3 闹",
        "我那事咋样了",
        f"{stage.number} 怎么样了",
    ]
    leaks = []
    for user in (user for user in people(pytestconfig) if user not in situation.hats):
        for data in taps:
            seen = await stage.tap(user, data)
            leaks += [(user, data, words) for words in seen if _telling(words, stage.number)]
        for text in said:
            seen = await stage.says(user, text)
            told = [words.replace(text, "") for words in seen]
            leaks += [(user, text, words) for words in told if _telling(words, stage.number)]
    assert not leaks, "\n".join(" · ".join(line) for line in leaks)


def _telling(words: str, number: str) -> bool:
    """Who gave it back learns that it is not his any more, by its number, and nothing else."""
    if words == f"{number} · 道路路灯井盖与排水 · 已不在您手上":
        return False
    return any(told in words for told in (*TELLING, number))


@pytest.mark.asyncio
async def test_a_complaint_leaves_no_trace_below(made: Town) -> None:
    """From the report to its end: whoever is below the desk that decides gets no message, card or list line of it."""
    below = ("worker", "worker2", "evening", "micro", "judge", "coordinator")
    await play(made, REPORT.format(words=OF_THE_COORDINATOR) + "街道> [派单]\n街道> [赵立新…]\n街道> [接单]\n")
    for days in (3, 5):
        await made.push(timedelta(days=days))
    player = Player(made, _keys=90_000)
    for user in below:
        for text in ("/tasks", "/board", "/mine"):
            await player.say(user, text)
    shown = [shown.message.text for user in below for shown in made.gateway.chats[user]]
    assert shown
    assert not [words for words in shown if _telling(words, "370481-20261124-0001") or "反映" in words]


@pytest.mark.asyncio
async def test_somebody_else_s_question_is_not_answered(made: Town) -> None:
    await play(made, f"居民> {WORDS}\n")
    data = [b.data for shown in made.gateway.chats["resident"] for row in shown.message.rows for b in row]
    assert data
    for user in ("stranger", "coordinator"):
        for press in data:
            await Player(made, _keys=5000 + data.index(press)).send(
                {"user": user, "ref": f"x{press}", "name": user, "tap": press, "tap_id": f"x{user}{press}"}
            )
    with made.database.look() as connection:
        assert connection.execute(select(func.count()).select_from(cases)).scalar_one() == 0
    texts = [shown.message.text for shown in made.gateway.chats["stranger"]]
    assert texts
    assert not [words for words in texts if _telling(words, "-")]
