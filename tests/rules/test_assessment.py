"""双星双优: every number by hand, and what must cost nothing costs nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from cases.counts.assessment import Formula, Row, score
from cases.counts.figures import Rate
from storage.counts import assessments
from tests.stage.permissions import play
from tests.stage.player import Player
from tests.stage.pure_town import NOON
from tests.stage.town import TUESDAY, town

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PLAIN = Formula(least=2)


def row(number: str = "1", *, accepted: int = 1, resolved: int = 5, said: str = "solved", stars: str = "") -> Row:
    """Accepted and resolved so many hours after it came; due after 2 and 10."""
    return Row(
        number,
        11,
        "g",
        None,
        NOON + 2 * HOUR,
        NOON + accepted * HOUR,
        NOON + 10 * HOUR,
        NOON + resolved * HOUR,
        said,
        stars,
    )


def test_by_hand() -> None:
    found = score([row(), row(accepted=3), row(resolved=20, said="unsolved"), row(said="")], PLAIN)
    assert found.rates["accepted"] == Rate(3, 4)
    assert found.rates["in_time"] == Rate(3, 4)
    assert found.rates["solved"] == Rate(2, 3)
    assert found.rates["once"] == Rate(2, 3)
    # 15·¾ + 30·¾ + 25·⅔ + 10·⅔, of 80: content has no ratings, so its weight is nobody's
    assert found.points == round((15 * 3 / 4 + 30 * 3 / 4 + 25 * 2 / 3 + 10 * 2 / 3) / 80 * 100)


def test_once_is_the_first_time_and_a_part_is_not_confirmed() -> None:
    later = Row("1", 11, "g", None, None, None, NOON + HOUR, NOON, "solved", "", 2)
    part = Row("2", 11, "g", None, None, None, NOON + HOUR, NOON, round=0)
    nothing = Row("3", 11, "g", None, None, None, None, None)
    found = score([row(said="unsolved"), later, part, nothing], PLAIN)
    assert found.rates["once"] == Rate(0, 1)
    assert found.rates["solved"] == Rate(1, 2)
    assert found.count == 3  # of the last nothing can be said


@pytest.mark.asyncio
async def test_that_a_plan_will_do_is_not_that_it_is_done(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await play(
            made,
            "居民> 荷花里门口的路坑坑洼洼\n居民> [提交]\n居民> [同意并提交]\n网格员乙> [接单]\n"
            "网格员乙> [办结]\n网格员乙> [列入计划]\n网格员乙> 12-10 铺好\n网格员乙> 等开春\n"
            "网格员乙> [没有照片]\n居民> [解决了]\n居民> [满意]",
        )
        with made.database.look() as connection:
            (found,) = assessments.rows(connection, "", TUESDAY - DAY, TUESDAY + DAY)
    assert (found.said, found.stars) == ("", "satisfied")
    assert score([found], Formula(least=1)).rates["solved"].whole == 0


def test_few_cases_give_no_points_and_no_star() -> None:
    found = score([row()] * 9, Formula())
    assert found.points is None
    assert not found.star
    assert score([row()] * 10, Formula()).star


def test_more_reports_earn_nothing() -> None:
    assert score([row()] * 10, Formula()).points == score([row()] * 1000, Formula()).points


def test_who_rated_badly_is_nobody_s_to_find_out() -> None:
    rows = [row(str(n), stars="satisfied") for n in range(4)]
    bad = row("bad", stars="unsatisfied")
    assert score([*rows[:3], bad], PLAIN).rates["content"] == Rate(0, 0)  # four ratings could be guessed
    found = score([*rows, bad], PLAIN)
    assert found.rates["content"] == Rate(4, 5)
    assert "bad" not in found.against


@pytest.mark.asyncio
@pytest.mark.slow
async def test_the_rows_are_those_of_the_town(tmp_path: Path) -> None:
    """A return costs nothing, an emergency is left out, a dispute is said of the round it ended."""
    with town(tmp_path) as made:
        player = Player(made)

        async def play(script: str) -> None:
            for line in script.splitlines():
                user, _, said = line.partition("> ")
                await player.say(user, said)

        await play(
            "worker> 你好\nworker2> 你好\nr> 荷花里路灯不亮\nr> [提交]\nr> [同意并提交]\n"
            "worker2> [接单]\nworker2> [办结]\nworker2> [已解决]\nworker2> 换了\nworker2> [没有照片]\n"
            "r> [没解决]\nr> 又灭了\nworker2> [接单]\nworker2> [办结]\nworker2> [已解决]\nworker2> 又换了\n"
            "worker2> [没有照片]\nr> [解决了]\nr> [满意]"
        )
        await play("r> 中央城B区垃圾没人收\nr> [提交]\nworker> [退回]\nworker> [不在我网格]")
        await play(
            "r> 荷花里煤气味很大\nr> [提交]\nworker2> [接单]\nworker2> [办结]\nworker2> [已解决]\n"
            "worker2> 关了阀\nworker2> [没有照片]"
        )
        with made.database.look() as connection:
            now = made.clock.now()
            found = assessments.rows(connection, "", now - timedelta(days=1), now + timedelta(days=1))
        assert [(r.said, r.stars) for r in found] == [("unsolved", ""), ("solved", "satisfied")]
        assert len({r.person for r in found}) == 1
