"""kill -9 at any moment: nothing is lost, nothing is done twice."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from config import taxonomy
from nlp.places.locator import Locator
from nlp.tagger import Tagger
from storage.cases import history
from storage.database.engine import Database
from storage.tables import cases, drafts, entries, outbox
from tests.stage.faults import LIFE, Stage, stages, sweep, under_load
from tests.stage.town import TUESDAY, empty, settle_in, town_settings

pytestmark = pytest.mark.slow


@pytest.fixture
def copies(tmp_path: Path, url: str) -> Callable[[], str]:
    """Addresses of fresh copies of the sample town."""
    Tagger(taxonomy.load(), Locator(()))  # jieba's dictionary is read before the forks, not in each of them
    settings = town_settings(tmp_path, url)
    database = empty(settings)
    settle_in(database, settings, TUESDAY)
    database.close()
    number = iter(range(10**6))

    def copy() -> str:
        name = f"copy{next(number)}"
        if url.startswith("sqlite"):
            shutil.copy(tmp_path / "test.db", tmp_path / f"{name}.db")
            return f"sqlite:///{tmp_path / name}.db"
        base = settings.url.replace("postgresql://", "postgresql+psycopg://", 1)
        engine = create_engine(base.replace("/wangge", "/postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE wangge"))
        engine.dispose()
        return settings.url.replace("/wangge", f"/{name}")

    return copy


def check(stage: Stage) -> Counter[str]:
    """0 lost, 0 doubled; a message is repeated only where its receipt was cut off."""
    database = Database(stage.settings.url, durable=False)
    count: Counter[str] = Counter()
    with database.look() as connection:
        filed = connection.execute(select(cases.c.district, cases.c.id)).all()
        assert len(filed) == stage.people, "a case was lost or doubled"
        for row in filed:
            actions = (
                connection.execute(select(entries.c.action).where(entries.c.case == row.id).order_by(entries.c.seq))
                .scalars()
                .all()
            )
            assert Counter(actions) == Counter({"report": 1, "dispatch": 1, "supplement": 1}), actions
        assert history.verify(connection)[1] == []
        left = connection.execute(select(drafts.c.state, func.count()).group_by(drafts.c.state)).all()
        assert [tuple(row) for row in left] == [("submitted", stage.people)]
        states = set(connection.execute(select(outbox.c.state).distinct()).scalars())
        assert states <= {"sent", "merged"}, states
    database.close()
    seen = Counter((who, words.split("\n")[0]) for who, words in stage.seen())
    for person in range(stage.people):
        mine = {words: times for (who, words), times in seen.items() if who == f"r{person}"}
        # a question that a newer one of its conversation overtook is not sent any more
        assert any(words.startswith(("请核对", "您的话先留着")) for words in mine), mine
        assert any(words.startswith("补充好了") for words in mine), mine
    told = Counter(
        {who: times for (who, words), times in seen.items() if words.startswith("新工单") for who in [words]}
    )
    count["cases"] = len(filed)
    count["repeated"] = sum(times - 1 for times in told.values())
    assert count["repeated"] <= len(stage.killed), "repeated without a cut receipt"
    return count


def report(name: str, url: str, done: list[Stage], counts: Counter[str]) -> None:
    kills = sum(len(stage.killed) for stage in done)
    print(
        f"\n{name} on {url.partition(':')[0]}: {kills} kills, {counts['cases']} cases, 0 lost, 0 doubled, "
        f"{counts['repeated']} notices repeated where a receipt was cut off"
    )


def test_killed_at_points_between_statements(
    tmp_path: Path, url: str, copies: Callable[[], str], pytestconfig: pytest.Config
) -> None:
    fresh = stages(tmp_path, copies)
    whole = fresh()
    assert whole.live(None)
    assert check(whole)["repeated"] == 0
    step = 1 if pytestconfig.getoption("long") else 23
    done = sweep(fresh, range(1, whole.points, step))
    counts = sum((check(stage) for stage in done), Counter[str]())
    report(f"killed at {len(done)} of {whole.points} points of a life of {len(LIFE)} messages", url, done, counts)


def test_killed_at_random_under_load(tmp_path: Path, url: str, copies: Callable[[], str]) -> None:
    fresh = stages(tmp_path, copies, people=12, at_once=True)
    done = [under_load(fresh, kills=15, seed=seed) for seed in range(2)]
    counts = sum((check(stage) for stage in done), Counter[str]())
    report("killed at random under load", url, done, counts)


def test_three_processes_share_the_work_and_one_is_killed(tmp_path: Path, url: str, copies: Callable[[], str]) -> None:
    fresh = stages(tmp_path, copies, people=12, at_once=True)
    done = [under_load(fresh, kills=8, seed=seed, helpers=2) for seed in range(2)]
    counts = sum((check(stage) for stage in done), Counter[str]())
    report("three processes at once, one killed at random", url, done, counts)
