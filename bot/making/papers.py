"""The papers of a mediation, to be printed and signed: from templates a place can lay its own over."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

from bot.house import House
from bot.making.made import Made, Wanted, page
from cases.errors import Refused
from cases.ledger.model import Part
from cases.ledger.views import ItemView
from handlers.chat import Message
from handlers.ledger.cards import may_print

OURS = Path(__file__).parents[2] / "config" / "papers"
#: template, and what its file is called; of those that are not filled in yet, none is made
PAPERS = (
    ("registration", "调解登记表"),
    ("minutes", "调解笔录"),
    ("agreement", "调解协议书"),
    ("followup", "回访记录"),
)


def made(house: House, wanted: Wanted) -> Made | None:
    desk, person, given = wanted.desk, wanted.person, wanted.given
    try:
        view = desk.items.view(int(given["item"]), person.id)
    except Refused:
        return None
    if not may_print(view):
        return None
    texts, zone = house.world.texts, house.settings.zone
    known = _facts(view, zone)
    files = tuple(page(f"{name}.html", render(house, template, known)) for template, name in PAPERS if known[template])
    text = texts.say(person.language, "papers.made", number=view.file.item.number, count=len(files))
    return Made(Message(text), desk.now, files)


def render(house: House, template: str, known: dict[str, Any]) -> str:
    own = house.settings.papers
    return _environment(str(own) if own else "").get_template(f"{template}.html").render(known)


@cache
def _environment(own: str) -> Environment:
    folders = [FileSystemLoader(own)] if own else []
    return Environment(
        loader=ChoiceLoader([*folders, FileSystemLoader(OURS)]), autoescape=True, undefined=StrictUndefined
    )


def _facts(view: ItemView, zone: Any) -> dict[str, Any]:
    """What the templates may name. Numbers stand masked: whoever signs writes his own."""
    item, notes = view.file.item, view.notes

    def name(person: int | None) -> str:
        found = view.people.get(person or 0)
        return found.name if found else ""

    def day(moment: Any) -> str:
        return f"{moment.astimezone(zone):%Y年%m月%d日}" if moment else ""

    parties = [
        {"name": name(m.person), "phone": view.people[m.person].phone_masked, "answer": m.answer}
        for m in view.file.parties
        if m.person in view.people
    ]
    settled = next((n for n in notes if n.action == "settle"), None)
    sessions = [{"at": day(n.at), "by": name(n.by), "words": n.words} for n in notes if n.action == "session"]
    followed = [
        {"at": day(n.at), "by": name(n.by), "what": n.action, "words": n.words}
        for n in notes
        if n.action in ("perform", "breach")
    ]
    promised = next((d for d in view.file.duties if d.kind == "performance"), None)
    return {
        "number": item.number,
        "title": view.file.title,
        "unit": view.unit_name,
        "opened": day(item.created_at),
        "parties": parties,
        "keeper": name(item.keeper),
        "mediators": [name(m.person) for m in view.file.members if m.part is Part.MEDIATOR],
        "registration": True,
        "minutes": sessions,
        "agreement": settled.words if settled else "",
        "settled_at": day(settled.at) if settled else "",
        "due": day(promised.due) if promised else "",
        "followup": followed,
        "court": item.facts.get("court", ""),
    }
