"""Figures: each formula against a town counted by hand, the parts against the whole, and who sees which."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from PIL import Image

from bot.making import charts
from cases.counts.figures import Figures, Rate, Row, blurred, of
from cases.states import State
from storage.counts import figures as stored
from tests.conversations.test_permissions import made as levels  # noqa: F401 - the town of four levels
from tests.stage.permissions import play
from tests.stage.player import Player
from tests.stage.town import TUESDAY, Town, town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = TUESDAY.replace(hour=0) - DAY


def row(state: State, **more: object) -> Row:
    given = {"matter": "elevator", "unit": "370481001001001", "place": "3号楼", "state": state, "reported_at": TUESDAY}
    return Row(**{**given, **more})  # type: ignore[arg-type]


def test_by_hand() -> None:
    """Ten cases: six closed (three confirmed, two silent, one asked), two open (one late), two not counted."""
    done = {"accepted_at": TUESDAY + HOUR, "contacted_at": TUESDAY + HOUR, "contact_due": TUESDAY + DAY}
    rows = [
        row(State.ARCHIVED, **done, resolved_at=TUESDAY + 2 * HOUR, said="solved", stars="satisfied"),
        row(State.ARCHIVED, **done, resolved_at=TUESDAY + 4 * HOUR, said="solved", stars="fair", disputes=1),
        row(State.ARCHIVED, **done, resolved_at=TUESDAY + 6 * HOUR, said="solved", stars="unsatisfied"),
        row(State.ARCHIVED, resolved_at=TUESDAY + 8 * HOUR, contact_due=TUESDAY + DAY),  # done before the first word
        row(State.ARCHIVED, resolved_at=TUESDAY + 3 * DAY, contact_due=TUESDAY + DAY),  # too late, and nobody called
        row(State.RESOLVED, **done, resolved_at=TUESDAY + 10 * HOUR, place=""),
        row(State.WORKING, contact_due=TUESDAY + 9 * DAY, due=TUESDAY + 9 * DAY, matter="noise", place="5号楼"),
        row(
            State.DISPATCHED,
            contact_due=TUESDAY + DAY,
            due=TUESDAY + DAY,
            said="unsolved",
            disputes=2,
            reported_at=TUESDAY - 7 * DAY,
        ),
        row(State.VOID),
        row(State.MERGED),
    ]
    f = of(rows, TUESDAY + 4 * DAY, MONDAY)
    assert (f.taken, f.left_out, f.closed, f.confirmed, f.silent, f.asked, f.open, f.late) == (8, 2, 6, 3, 2, 1, 2, 1)
    assert f.closed + f.open == f.taken
    assert f.disputed == 2
    assert (f.response, f.solved, f.content) == (Rate(5, 7), Rate(3, 4), Rate(2, 3))
    assert (f.response.percent, f.solved.percent, f.content.percent) == (71, 75, 67)
    assert f.accepting
    assert (f.accepting.count, f.accepting.median, f.accepting.p90) == (4, HOUR, HOUR)
    assert f.resolving
    assert (f.resolving.count, f.resolving.median, f.resolving.p90) == (6, 6 * HOUR, 3 * DAY)
    assert list(f.matters) == [("elevator", 7), ("noise", 1)]
    assert list(f.spots) == [("elevator", "3号楼", 6)]
    assert [(week, reported, closed) for week, reported, closed in f.weeks] == [
        (MONDAY - 7 * DAY, 1, 0),
        (MONDAY, 7, 6),
    ]
    assert sum(times for _, times in f.matters) == sum(reported for _, reported, _ in f.weeks) == f.taken


def test_a_promise_is_not_solved_before_it_is_kept() -> None:
    agreed = row(State.ARCHIVED, resolved_at=TUESDAY, said="solved", outcome="planned")
    f = of([agreed, row(State.ARCHIVED, resolved_at=TUESDAY, said="solved", outcome="solved")], TUESDAY + DAY, MONDAY)
    assert (f.closed, f.confirmed, f.promised, f.silent) == (2, 1, 1, 0)
    assert (f.solved, list(f.outcomes)) == (Rate(1, 1), [("planned", 1), ("solved", 1)])
    angry = of([row(State.DISPATCHED, said="unsolved", outcome="planned")], TUESDAY, MONDAY)
    assert (angry.solved, angry.outcomes) == (Rate(0, 1), [])


def test_of_nothing() -> None:
    f = of([], TUESDAY, MONDAY)
    assert (f.taken, f.response.percent, f.resolving, f.weeks) == (0, None, None, [])


def test_few_ratings_are_shown_to_nobody_who_was_rated() -> None:
    def rated(count: int) -> Figures:
        return of([row(State.ARCHIVED, stars="satisfied")] * count, TUESDAY, MONDAY)

    assert blurred(rated(4)).content == Rate(0, 0)
    assert blurred(rated(5)).content == Rate(5, 5)


@pytest.mark.asyncio
@pytest.mark.slow
async def test_units_add_up_to_the_unit_above_and_complaints_are_in_none(levels: Town) -> None:  # noqa: F811
    for number, words in enumerate(("中央城B区7号楼下水道堵了", "荷花里路灯不亮", "北关大街垃圾没人收")):
        await play(levels, f"r{number}> {words}\nr{number}> [提交]\nr{number}> [同意并提交]")
    await play(levels, "rx> 居委会的人态度太差，骂人，推来推去 龙泉苑\nrx> [提交]\nrx> [同意并提交]")
    with levels.database.look() as connection:
        desk = levels.running.house.desk(connection, "test")

        def taken(unit: str) -> int:
            rows = stored.of_unit(connection, desk.directory.path(unit), TUESDAY - DAY, TUESDAY + DAY)
            return of(rows, TUESDAY, MONDAY).taken

        for above, count in (("370481", 3), ("370481001", 3), ("370481001001", 2), ("370402", 0)):
            assert taken(above) == count
        assert taken("370481001") == sum(taken(child.code) for child in desk.children("370481001"))


@pytest.mark.asyncio
@pytest.mark.slow
async def test_who_sees_which_unit(levels: Town) -> None:  # noqa: F811
    await play(levels, "r> 中央城B区7号楼下水道堵了\nr> [提交]\nr> [同意并提交]")
    sees = {
        "370481": ("county", "city"),
        "370481001": ("street", "county", "city"),
        "370481001001": ("coordinator", "leader", "street", "county", "city"),
        "370481001001001": ("worker", "worker2", "coordinator", "leader", "street", "county", "city"),
        "370402001001": ("next_coordinator", "next_county", "city"),
        "999999": (),
        "": (),
    }
    asked = (
        "r",
        "worker",
        "worker2",
        "worker3",
        "coordinator",
        "leader",
        "beiguan",
        "street",
        "county",
        "city",
        "next_coordinator",
        "next_county",
        "volunteer",
        "mediator",
        "admin",
    )
    number = 0
    for unit, allowed in sees.items():
        for user in asked:
            number += 1
            before = len(levels.gateway.chats[user])
            await Player(levels, _keys=50_000 + number).send(
                {"user": user, "ref": f"f{number}", "name": user, "tap": f"t.{unit}.30", "tap_id": f"f{number}"}
            )
            seen = [shown.message.text for shown in levels.gateway.chats[user][before:]]
            assert len(seen) == 1
            assert (" 至 " in seen[0]) == (user in allowed), (unit, user, seen)


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_picture_goes_with_it(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await play(made, "".join(f"r{n}> 荷花里路灯不亮{n}\nr{n}> [提交]\nr{n}> [同意并提交]\n" for n in range(5)))
        player = Player(made, _keys=9000)
        await player.say("coordinator", "/stats")
        shown = made.gateway.chats["coordinator"][-1]
        assert [blob.mime for blob in shown.blobs] == ["image/png"]
        assert Image.open(io.BytesIO(shown.blobs[0].bytes)).size == (900, 800)


def test_chinese_is_drawn_where_no_font_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing glyph is a warning of matplotlib's, and warnings are errors here; two titles make two pictures."""
    monkeypatch.setenv("FONTCONFIG_PATH", "/nowhere")
    weeks = [(MONDAY, 3, 1)]
    one, other = (
        charts.weeks_and_matters(title, ("报来", "已办结"), weeks, [("电梯故障", 3)])
        for title in ("龙泉苑社区", "北关村")
    )
    assert one != other
    assert charts.stars("a$\\bad$", [("王$x_$", 91)]) != charts.stars("a", [("王", 91)])  # a name is a name


def test_thirteen_weeks_do_not_run_into_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []
    monkeypatch.setattr(Axes, "set_xticks", lambda self, ticks, labels=(): named.extend(labels))
    weeks = [(MONDAY + 7 * n * DAY, 3, 1) for n in range(13)]
    charts.weeks_and_matters("龙泉苑", ("报来", "已办结"), weeks, [("电梯故障", 3)])
    assert len(named) == 7
