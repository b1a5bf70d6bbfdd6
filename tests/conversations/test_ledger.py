"""The table of the ledger: its own properties, who may do what, and what never happens, whatever people try."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.errors import Refused
from cases.ledger import act, clock, doc
from cases.ledger.effects import OVER
from cases.ledger.model import Duty, Item, ItemFile, Kind, Member, Part
from cases.ledger.table import BEGINS, ROWS, TABLE, buttons
from handlers.flows.item import NEEDS
from storage.desk import Desk
from storage.imports import people as people_import
from tests import PLACES, ROOT
from tests.stage.player import Player
from tests.stage.pure_town import NOON, PEOPLE, rules
from tests.stage.town import Town, standards_of, town

CENTRE = PLACES / "centre"
GRID = "370481001001001"
GIVEN: dict[str, Any] = {
    "duty": 1,
    "day": "2026-12-20T17:30:00+08:00",
    "time": "2026-12-20T15:00:00+08:00",
    "person": 12,
    "member": 1,
    "court": "applied",
    "mark": "listed",
}


def item(kind: Kind, state: str = "", **more: Any) -> ItemFile:
    new = Item(7, "370481", kind, "T1", GRID, state or BEGINS[kind], NOON, NOON, by=11, keeper=11, **more)
    duty = Duty(1, "need", 11, GRID, NOON + timedelta(days=3), NOON)
    return ItemFile(new, "标题", (Member(1, Part.PARTY), Member(2, Part.PARTY)), (duty,))


def test_every_state_can_be_reached_and_left_or_is_an_end() -> None:
    for kind in Kind:
        reached = {BEGINS[kind]} | {s for r in ROWS if r.kind is kind for s in ({r.ends} - {""}) | r.instead}
        begun = {s for r in ROWS if r.kind is kind for s in r.begins}
        assert begun <= reached, kind
        assert reached - begun <= OVER | {"agreed"}, kind


def test_what_an_action_needs_can_be_asked() -> None:
    asked = {need for row in ROWS for need in row.needs}
    assert asked - {"line"} == set(NEEDS)  # a line of an evening has a conversation of its own


def test_what_is_over_takes_nothing_more() -> None:
    for row in ROWS:
        assert not row.begins & OVER, row.action


def test_the_printed_table_is_up_to_date() -> None:
    printed = ROOT / "docs" / "ledger.md"
    assert printed.read_text() == doc.document(), "python -m cases.ledger.doc > docs/ledger.md"


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(list(Kind)),
    steps=st.lists(
        st.tuples(
            st.sampled_from(sorted({r.action for r in ROWS})), st.sampled_from(sorted(PEOPLE)), st.integers(0, 20)
        ),
        max_size=12,
    ),
)
def test_anyone_tries_anything(kind: Kind, steps: list[tuple[str, int, int]]) -> None:
    law, file, now = rules(quiet=True), item(kind), NOON
    for action, who, hours in steps:
        now += timedelta(hours=hours)
        worn = act.parts(PEOPLE[who], file, law.directory)
        row = TABLE.get((kind, action))
        try:
            change = act.act(file, action, PEOPLE[who], now, law, GIVEN, words="话")
        except Refused:
            continue
        assert row is not None
        assert row.by & worn
        assert file.item.state in row.begins
        after = change.file
        assert after.item.version == file.item.version + 1 == change.note.seq
        if after.item.state in OVER:
            assert not [d for d in after.open if d.kind not in ("weekly", "mailing")]
        # nobody is forgotten: what was promised stays, done or dropped
        assert len(after.duties) >= len(file.duties)
        assert len({person for _, person in change.told}) == len(change.told)
        file = after
        # duties made in this step have no number yet: storage gives it
        numbered = tuple(
            d
            if d.id
            else Duty(100 + n, d.kind, d.person, d.unit, d.due, d.made_at, d.words, d.state, d.done_at, d.told)
            for n, d in enumerate(file.duties)
        )
        file = ItemFile(file.item, file.title, file.members, numbered)


def test_the_clock_speaks_twice_of_a_duty_and_never_again() -> None:
    duty = Duty(1, "need", 11, GRID, NOON + timedelta(days=3), NOON)
    assert clock.next_at(duty) == NOON + timedelta(days=2)
    assert clock.says(duty, NOON + timedelta(days=1)) == ""
    assert clock.says(duty, NOON + timedelta(days=2)) == "remind"
    told = Duty(1, "need", 11, GRID, duty.due, NOON, told=1)
    assert clock.next_at(told) == duty.due
    assert clock.says(told, duty.due) == "late"
    assert clock.next_at(Duty(1, "need", 11, GRID, duty.due, NOON, told=2)) is None
    # who looks only when it is late says that it is late
    assert clock.says(duty, duty.due) == "late"


def test_mediation_begins_only_when_all_agree_and_a_newcomer_binds_nobody() -> None:
    law, who = rules(), PEOPLE[21]
    file = item(Kind.MEDIATION)
    file = act.act(file, "agree", who, NOON, law, {"member": 1}).file
    assert file.item.state == "asking"
    file = act.act(file, "agree", who, NOON, law, {"member": 2}).file
    assert file.item.state == "mediating"
    assert [d.due for d in file.open if d.kind == "term"] == [NOON + timedelta(days=30)]
    file = act.act(file, "party", who, NOON, law, {"person": 3, "unit": GRID}).file
    assert file.item.state == "asking"
    assert "extend" not in buttons(Kind.MEDIATION, "asking", frozenset({Part.STAFF}))


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Town]:
    with town(tmp_path, units=CENTRE) as found:
        yield found


async def pressed(player: Player, user: str, data: str) -> list[str]:
    """What this person saw because of a button, offered or forged."""
    player._keys += 1
    before, key = len(player.town.gateway.events), f"p{player._keys}"
    await player.send({"user": user, "ref": key, "name": user, "tap": data, "tap_id": key})
    return [shown.message.text for _, at, shown in player.town.gateway.events[before:] if at == user]


#: everybody, and what they are to a household that the worker wrote down
EVERYBODY = {
    "resident": set(),
    "stranger": set(),
    "worker": {Part.AUTHOR, Part.KEEPER, Part.WORKER},
    "worker2": {Part.WORKER},
    "worker3": set(),
    "volunteer": set(),
    "mediator": set(),
    "property": set(),
    "leader": {Part.LEADER},
    "coordinator": {Part.STAFF},
    "beiguan": set(),
    "street": {Part.STAFF},
    "county": {Part.STAFF},
}


@pytest.mark.asyncio
@pytest.mark.slow
async def test_every_row_for_everybody_through_the_chat(made: Town) -> None:
    """Forged buttons: whoever is nothing to a household learns and changes nothing."""
    player = Player(made)
    for user in EVERYBODY:
        await player.say(user, "你好")
    for said in ("/needs", "[记一户]", "陈奶奶 13900000099 中央城B区", "每月拿一次降压药", "[每周]"):
        await player.say("worker", said)
    wrong: list[tuple[str, str, list[str]]] = []
    texts = made.running.house.world.texts
    no = {texts.say("zh", key)[:8] for key in ("refused.not_yours", "refused.no_case")}
    for user, worn in EVERYBODY.items():
        for row in (r for r in ROWS if r.kind is Kind.HOUSEHOLD):
            seen = await pressed(player, user, f"i.{row.action}.1")
            refused = any(text[:8] in no for text in seen)
            if bool(row.by & worn) == refused:
                wrong.append((user, row.action, seen))
            if not worn and any("陈" in text or "降压" in text for text in seen):
                wrong.append((user, "shown", seen))
    assert not wrong


@pytest.mark.asyncio
async def test_forged_items_are_refused(made: Town) -> None:
    player = Player(made)
    for data in (
        "i.show.1",
        "i.show.999999999999999999999",
        "i.nothing.1",
        "i.done",
        "n.370000",
        "o.nothing",
        "e.own.x",
        "e.370481.month",
        "y.0",
        "y.99",
        "q",
        "i.line.x",
    ):
        assert await pressed(player, "resident", data), data


@pytest.mark.asyncio
async def test_a_place_s_own_quiet_hours_are_kept_by_what_is_written_to_it(tmp_path: Path) -> None:
    places = [{"unit": "370481001001", "calendar": {"quiet_hours": "19:00-07:30"}}]
    with town(tmp_path, places=places) as made:
        player = Player(made)
        await player.play("居民> 中央城B区3号楼电梯坏了\n居民> [提交]\n居民> [同意并提交]\n@ 10h")
        asked = await player.play("协调员> /notice\n协调员> [写通知]\n协调员> [龙泉苑社区]\n协调员> 明天停水")
        assert "08:00才送到" in asked
        assert "→居民" not in await player.play("协调员> [到时候发]\n@ 1h")
        assert "→居民" in await player.play("@ 12h")


@pytest.mark.asyncio
async def test_who_coordinates_two_communities_sees_both(made: Town, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    both = "".join(f"张敏,coordinator,37048100100{n},13800000011,web:coordinator\n" for n in (1, 2))
    more.write_text(f"name,role,unit,phone,chat\n{both}", "utf-8")
    with made.database.begin() as connection:
        desk = Desk(connection, made.clock.now(), standards_of(made.settings), "import")
        people_import.take(desk, more)
    player = Player(made)
    await player.say("coordinator", "/needs")
    shown = made.gateway.chats["coordinator"][-1].message
    labels = [button.label for row in shown.rows for button in row]
    assert "龙泉苑社区：在册 0 户" in shown.text
    assert "北关村：在册 0 户" in shown.text
    assert {"龙泉苑社区 ▸", "北关村 ▸"} <= set(labels)
