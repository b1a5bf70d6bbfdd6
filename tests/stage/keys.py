"""Which keys of the catalogues the code uses: as they stand in it, and as it puts them together from its tables."""

import re

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
