"""Every sentence exists in both languages, with the same placeholders, and no sentence lies about unused."""

import re
from pathlib import Path

import pytest

from bot.menus import BY_ROLE, EVERYBODY, GROUPS
from bot.sheets import assessment, cases, figures, items
from cases.counts.assessment import PARTS
from cases.ledger.model import Kind
from cases.ledger.table import ROWS
from cases.life.lifecycle import REPORT, TABLE
from cases.people import LEVELS, Role
from cases.states import State
from cases.views import BOARD
from config import taxonomy, texts
from handlers.cases.later import FOR_COORDINATORS
from handlers.cases.lines import FOR_RESIDENTS, KNOWN
from handlers.counts.scores import PERIODS
from handlers.flows import act, privacy, staff
from handlers.flows.act import ANSWERS, DAYS, OUTCOMES, RETURN_REASONS, STARS, VISITS, WAYS
from handlers.flows.export import HOW
from handlers.flows.item import COURT, GRADES
from handlers.flows.item import DAYS as AHEAD
from handlers.flows.needs import EVERY, WHOSE
from handlers.flows.report import BOTH, RELATIONS, REVIEW, REVIEW_FOUND, SAME
from handlers.ledger.cards import MARKS
from handlers.people.training import STEPS
from tests import ROOT

#: columns of every sheet
SHEETS = (
    cases.COLUMNS,
    assessment.COLUMNS,
    items.ITEMS,
    items.DUTIES,
    *items.EXTRA.values(),
    figures.UNITS,
    figures.MATTERS,
    figures.WEEKS,
    figures.OUTCOMES,
    figures.SPOTS,
    figures.CONFUSED,
)
#: sheets and columns that are named in the code
NAMED = (
    "cases",
    "units",
    "matters",
    "weeks",
    "formulas",
    "formula",
    "duties",
    "weight",
    "assessment",
    "centres",
    "workers",
    "grids",
    "officers",
    "outcomes",
    "spots",
    "confused",
)
CATALOGUES = texts.read(texts.OURS)
ZH, EN = CATALOGUES["zh"], CATALOGUES["en"]
#: endings of what is a file and no key
FILES = (".html", ".db", ".xlsx", ".png")
_KEY = re.compile(r'"([a-z_]+(?:\.[a-z_]+)*)"')
#: what a page or a card adds to a fixed beginning
DUTY = ("milestone", "need", "care", "patrol", "fix", "term", "session", "performance", "court")
WHYS = ("ack", "contact", "due", "waiting", "escalated", "nobody", "not_admitted")


def literal_keys() -> set[str]:
    """Every string in the code that is a key by its form and its first word."""
    first = {key.partition(".")[0] for key in ZH}
    found = set()
    for package in ("handlers", "bot", "web", "cases", "storage"):
        for path in (p for p in (ROOT / package).rglob("*.py") if not {"tables", "migrations"} & set(p.parts)):
            for key in _KEY.findall(path.read_text()):
                if key in ZH or ("." in key and key.partition(".")[0] in first and not key.endswith(FILES)):
                    found.add(key)
    return found


def families() -> set[str]:
    """Keys the code puts together from the tables."""
    rows = [*TABLE.rows]
    rings = {f"ring.{row.action}.{tell.audience}" for row in (REPORT, *rows) for tell in row.tells if tell.ring}
    rings -= {"ring.remind.holder"} | {f"ring.overdue.{side}" for side in ("holder", "coordinator", "upper")}
    rings -= {"ring.ask_again.voice"}
    rings |= {"ring.ask_again.resident", "ring.resolve.proxy", "ring.resolve.follower", "ring.resolve.proxy.desk"}
    rings |= {f"ring.follow_up.{side}" for side in ("holder", "coordinator")}
    rings |= {f"ring.remind.holder.{why}" for why in ("ack", "contact", "due", "visit")}
    rings |= {f"ring.overdue.holder.{why}" for why in ("ack", "contact", "due")}
    rings |= {f"ring.overdue.{side}.{why}" for side in ("coordinator", "upper") for why in WHYS}
    return (
        rings
        | {f"action.{row.action}" for row in rows}
        | {f"state.{state}" for state in State}
        | {
            f"card.{side}.{state}"
            for side in ("resident", "holder", "coordinator", "receiver", "part")
            for state in State
        }
        | {f"reason.{reason}" for reason in RETURN_REASONS}
        | {f"outcome.{outcome}" for outcome in OUTCOMES}
        | {f"stars.{stars}" for stars in STARS}
        | {f"how.{way}" for way in WAYS}
        | {f"role.{role}" for role in Role}
        | {f"answer.{answer}" for answer in ANSWERS}
        | {f"days.{days}" for days in DAYS}
        | {f"visit.{visit}" for visit in VISITS}
        | {f"relation.{relation}" for relation in RELATIONS}
        | {f"why.{rule}" for rule in (*KNOWN, "place", "grid_of")}
        | {f"step.{action}" for action in FOR_RESIDENTS}
        | {f"pending.{kind}" for kind in ("extension", "call")}
        | {f"card.pending_{kind}" for kind in ("extension", "call")}
        | {f"option.staff_{way}" for way in staff.WAYS}
        | {f"option.privacy_{way}" for way in privacy.WAYS}
        | {f"see_why.{why}" for why in act.WHY}
        | {f"group.{group}" for group in BOARD}
        | {f"part.{state}" for state in ("invited", "part", "helped")}
        | ledger_keys()
        | {"outcome.on_the_spot", "figures.own", "figures.held"}
        | {f"sheet.{key}" for columns in SHEETS for key, _ in columns}
        | {f"sheet.{name}" for name in (*NAMED, *items.KINDS.values())}
        | {f"sheet.formula_{number}" for number in range(1, 5)}
        | {f"level.{level}" for level in LEVELS}
        | {f"source.{source}" for source in ("resident", "found", "desk", "visit")}
        | {
            f"option.{option}"
            for option in (*REVIEW, *REVIEW_FOUND, *SAME, *BOTH, "agree", "details", "home", "point", "call")
        }
        | {f"handoff.{handoff.id}" for handoff in taxonomy.load().handoffs}
        | {f"kind.{kind}" for kind in ("thanks", "hello", "chatter", "spam")}
        | {f"report.where_{way}" for way in ("home", "point")}
        | {f"{name}.{what}" for name in ("mine", "tasks", "board") for what in ("head", "none")}
        | {f"command.{name.lstrip('/')}" for name in (*EVERYBODY, *GROUPS, *(n for ns in BY_ROLE.values() for n in ns))}
        | {f"board.{group}" for group in BOARD}
    )


def ledger_keys() -> set[str]:
    """Keys put together from the table of the ledger."""
    needs = {"note"}
    found = {f"ledger.{kind}" for kind in Kind} | {f"duty.{kind}" for kind in DUTY}
    for row in ROWS:
        found.add(f"do.{row.kind}.{row.action}")
        found |= {f"ledger.state.{state}" for state in (*row.begins, row.ends, *row.instead) if state}
        found |= {f"ask.{row.kind}.{row.action}.{need}" for need in row.needs if need in needs}
        if set(row.tells) - {"homes"}:
            found.add(f"told.{row.kind}.{row.action}")
    found |= {f"ledger.answer.{answer}" for answer in ("none", "agreed", "refused")}
    found |= {f"ledger.{part}" for part in ("party", "mediator")} | {f"mark.{mark}" for mark in MARKS}
    found |= {f"ledger.court.{way}" for way in COURT} | {f"court.{way}" for way in COURT}
    found |= {f"every.{days}" for days in EVERY} | {f"option.needs_{whose}" for whose in WHOSE}
    found |= {f"ledger.list.{kind}" for kind in ("work", "mediation", "patrol", "notice")}
    found |= {f"option.begin_{kind}" for kind in ("patrol", "notice")} | {
        f"duty.{what}_you" for what in ("remind", "late")
    }
    found |= {f"duty.state.{state}" for state in ("open", "done", "dropped")} | {"duty.weekly", "duty.mailing"}
    found |= {f"score.{what}" for what in (*PARTS, *PERIODS, "centres", "workers", "grids", "officers")}
    found |= {f"led.{action}" for action in STEPS} | {"duty.remind_staff", "duty.late_staff", "duty.late_patrol"}
    found |= {f"option.{year}_year" for year in ("this", "last")}
    found |= {f"day.{day}" for day in AHEAD}
    found |= {f"grade.{grade}" for grade in GRADES} | {f"option.export_{how}" for how in HOW}
    found |= {f"{what}.made{link}" for what in ("invite", "recruit") for link in ("", "_link")}
    return found | {
        "told.household.pair.parties",
        "told.work.finished",
        "told.work.assign.doer",
        "told.mediation.party.newcomer",
        "told.mediation.refuse.parties",
        "told.mediation.fail.parties",
        "done.mediation.refuse",
        "ring.consent.holder.resident",
        "ring.dispatch.holder.again",
    }


def test_both_languages_have_every_sentence() -> None:
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(ZH))
def test_the_placeholders_are_the_same(key: str) -> None:
    assert set(texts.placeholders(ZH[key])) == set(texts.placeholders(EN[key]))


def test_every_key_the_code_uses_is_there() -> None:
    assert sorted((literal_keys() | families()) - ZH.keys() - {"ring.report", "review.private"}) == []


def test_no_sentence_is_left_over() -> None:
    page = {key for key in ZH if key.startswith(("page.", "keep."))}
    used = literal_keys() | families() | _asked() | _optional() | page
    assert sorted(ZH.keys() - used) == []


def _asked() -> set[str]:
    """`ask.ACTION.NEED`, as far as an action needs it."""
    asked = set()
    for row in TABLE.rows:
        asked |= {f"ask.{row.action}.{need}" for need in (*row.needs, "note", "holder", "nobody", "more")}
    return asked


def _optional() -> set[str]:
    """Where the code takes a more special sentence if there is one."""
    done = {f"done.{row.action}" for row in TABLE.rows}
    lines = {f"line.{action}" for action in (*FOR_COORDINATORS, "void")}
    late = {key for key in ZH if key.endswith((".late", ".watching", ".silent"))}
    outcomes = {f"ring.resolve.resident.{outcome}" for outcome in OUTCOMES}
    return done | lines | late | outcomes | {"state.refused", "card.former"} | _ways()


def _ways() -> set[str]:
    """What people write instead of pressing a button."""
    return {key for key in ZH if key.startswith(("typed.", "says.", "word."))}


def test_ways_of_saying_it_can_be_searched_for() -> None:
    for catalogue in CATALOGUES.values():
        for key in _ways():
            if key.startswith("says."):
                assert not re.compile(catalogue[key]).search("荷花里3号楼的路灯坏了")


def test_every_word_of_the_page_is_used() -> None:
    source = "".join(p.read_text() for p in (ROOT / "web").rglob("*") if p.suffix in (".py", ".html", ".js"))
    source += (ROOT / "bot" / "running" / "demo.py").read_text()
    words = {key.removeprefix("page.") for key in ZH if key.startswith("page.")}
    assert sorted(w for w in words if w not in source and not w.startswith("empty_")) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_buttons_are_short_and_messages_fit(language: str) -> None:
    for key, sentence in CATALOGUES[language].items():
        if key.startswith(("action.", "option.", "outcome.", "stars.", "how.", "reason.")):
            assert len(sentence) <= 20, key
        assert len(sentence) < 1000, key


def test_the_labels_people_are_trained_on() -> None:
    labels = (
        "提交 类别不对 地方不对 对网格员保密 不报了 补充 接单 退回 转派 接手 不接 报上级 已联系 预约上门 延期 办结 "
        "已解决 已解释 转其他渠道 列入计划 派单 改派 督办 会办 并案 不予受理 同意延期 不同意延期 解决了 没解决 "
        "打电话给我 满意 基本满意 不满意 我也是这事 同意并提交 看详细 "
        "我家这片 发位置 打电话问我 不在我网格 不是我职责 需回避"
    )
    assert set(labels.split()) <= set(ZH.values())


def test_a_place_lays_its_own_over_ours(tmp_path: Path) -> None:
    (tmp_path / "zh.po").write_text('msgid "kind.hello"\nmsgstr "您好，这里是示范社区。"\n')
    loaded = texts.load(tmp_path)
    assert loaded.say("zh", "kind.hello") == "您好，这里是示范社区。"
    assert loaded.say("en", "kind.hello") == EN["kind.hello"]


def test_mistakes_in_a_place_s_catalogue_are_told() -> None:
    theirs = {"zh": {"kind.helo": "您好", "menu.unknown": "没有 {comand}"}}
    assert texts.mistakes(CATALOGUES, theirs) == [
        "zh.po: kind.helo: no such sentence",
        "zh.po: menu.unknown: only ['command'] can be filled in",
    ]
