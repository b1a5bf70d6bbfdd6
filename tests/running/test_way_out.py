"""The way out: the outbox, and a platform that is not always willing."""

import threading
from pathlib import Path

import pytest

from bot.gateway import Part, Sent, Unreachable
from bot.gateways.memory import MemoryGateway
from bot.incoming.receiving import receive
from bot.making.makers import MAKERS
from cases.errors import Transient
from storage.posts.invitations import take_on
from storage.traffic import deliveries, pacing
from storage.traffic.pacing import Pace
from tests.stage.saying import REPORT, deliveries_waiting, say, seen, until
from tests.stage.town import town


class Refusing(MemoryGateway):
    """A platform that says "later" so many times."""

    def __init__(self, times: int) -> None:
        super().__init__("web")
        self._times = times

    async def send(self, address: str, part: Part) -> Sent:
        if self._times:
            self._times -= 1
            raise Transient("too many requests", retry_after=0.0001)
        return await super().send(address, part)


@pytest.mark.asyncio
async def test_a_platform_that_says_later_gets_it_later_and_in_order(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        made.gateway = made.running.house.gateways["web"] = Refusing(3)
        await say(made, "a", "你好", "谢谢")
        while deliveries_waiting(made):
            await made.running.settle()
        assert [words[:2] for words in seen(made, "a")] == ["您好", "不客"]


class Sticky(MemoryGateway):
    """A platform on which old buttons cannot be taken away."""

    async def strip(self, address: str, ref: str) -> None:
        raise Unreachable(address)


@pytest.mark.asyncio
async def test_buttons_that_stay_make_no_second_message(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        made.gateway = made.running.house.gateways["web"] = Sticky("web")
        await say(made, "a", *REPORT, "补充", "又多了两袋")
        for _ in range(3):
            await made.running.settle()
        assert len([words for words in seen(made, "worker2") if words.startswith("新工单")]) == 1
        assert len([words for words in seen(made, "a") if words.startswith("请核对")]) == 1
        assert seen(made, "coordinator") == []
        with made.database.look() as connection:
            assert "failed" not in deliveries.counts(connection)


@pytest.mark.asyncio
async def test_an_alert_that_reaches_nobody_goes_to_the_level_above(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made:
        made.gateway.blocked.add("coordinator")
        await say(made, "a", "荷花里着火了")
        assert [words[:3] for words in seen(made, "street")] == ["紧急："]


@pytest.mark.asyncio
async def test_an_alert_about_a_person_passes_over_the_nearest(tmp_path: Path) -> None:
    with town(tmp_path) as made:
        await say(made, "a", "荷花里书记动手打人了，流了好多血")
        assert seen(made, "coordinator") == []
        assert [words[:3] for words in seen(made, "street")] == ["紧急："]


class Picky(MemoryGateway):
    """A platform that will not take what one person is to read, whatever is said to it."""

    async def send(self, address: str, part: Part) -> Sent:
        if address == "worker2":
            raise ValueError("Bad Request: no such thing")
        return await super().send(address, part)


@pytest.mark.asyncio
async def test_what_a_platform_never_takes_is_told_to_the_next(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outgoing.outbox.TRIES", 1)  # nobody waits for the pauses between the tries
    with town(tmp_path, url) as made:
        made.gateway = made.running.house.gateways["web"] = Picky("web")
        await say(made, "a", *REPORT)
        assert any("李秀兰" in words for words in seen(made, "coordinator"))


PACE = Pace(overall=0.05, chat=1.0, group=(20, 60.0))


def test_a_group_takes_twenty_a_minute(tmp_path: Path, url: str) -> None:
    with town(tmp_path, url) as made, made.database.begin() as connection:
        for _ in range(20):
            assert pacing.full(connection, "telegram", "-1", PACE) == 0.0  # to look takes nothing
            pacing.stamp(connection, "telegram", "-1", PACE)
        assert 30 < pacing.full(connection, "telegram", "-1", PACE) <= 60
        assert pacing.full(connection, "telegram", "-2", PACE) == 0.0
        assert pacing.full(connection, "telegram/370481", "-1", PACE) == 0.0


@pytest.mark.asyncio
async def test_a_machine_that_misses_every_turn_still_sends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outgoing.outbox.LATE", -1.0)
    with town(tmp_path) as made:
        monkeypatch.setattr(MemoryGateway, "pace", Pace(overall=0.001, chat=0.0, group=(20, 60.0)), raising=False)
        await say(made, "a", "荷花里路灯不亮")
        assert seen(made, "a") == ["请核对"]


def test_turns_are_one_after_the_other_and_the_urgent_never_refused(tmp_path: Path, url: str) -> None:
    slow = Pace(overall=100.0, chat=1.0, group=(20, 60.0))  # so slow that no machine's pace matters here
    with town(tmp_path, url) as made, made.database.begin() as connection:
        first = pacing.reserve(connection, "telegram", slow, urgent=False)
        assert first is not None
        assert pacing.reserve(connection, "telegram", slow, urgent=False) is None
        urgent = pacing.reserve(connection, "telegram", slow, urgent=True)
        assert urgent is not None
        assert 90 < urgent - first < 110
        assert pacing.reserve(connection, "another bot", slow, urgent=False) is not None
        pacing.pause(connection, "telegram", 1000)
        assert pacing.reserve(connection, "telegram", slow, urgent=False) is None
        assert 900 < pacing.queue(connection, "telegram") < 1000


@pytest.mark.asyncio
async def test_figures_that_take_long_hold_up_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many of them: counting has hands and threads of its own."""
    counted = threading.Event()

    def slow(*_: object) -> None:
        assert counted.wait(60)

    monkeypatch.setitem(MAKERS, "figures", slow)
    with town(tmp_path) as made:
        house = made.running.house
        with made.database.begin() as connection:
            desk = house.desk(connection, "test")
            for number in range(20):
                person = desk.people.greet("web", f"clerk{number}", "文员", "zh").id
                take_on(desk.people, person, "coordinator", "370481001001")
        for number in range(20):
            await receive(house, "web", f"s{number}", {"user": f"clerk{number}", "text": "/stats"})
        await receive(house, "web", "fire", {"user": "a", "text": "荷花里路灯不亮"})

        def answered() -> bool:
            if made.gateway.chats.get("a"):
                counted.set()
            return counted.is_set()

        await until(made, answered)
