"""What a message is about: hand-offs first, then whether it is about a person, then its matter, by words that show."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from cases.understanding import Span, Understanding
from config.taxonomy import Handoff, Taxonomy
from nlp import kinds, matters, second
from nlp.emergencies import Emergencies
from nlp.hearing import WITH_CARE, Hearing, hear
from nlp.layers import Layers
from nlp.learned.linear import Answers
from nlp.learned.nearest import Like
from nlp.matters import Ranked
from nlp.persons import About, Persons
from nlp.places.locator import Locator
from nlp.words.lists import STOP, Found, Lists
from nlp.words.matcher import Hit
from nlp.words.plain import foreign

#: the score from which a matter is taken as understood; below it the bot asks (docs/understanding.md)
SURE = 0.6
#: where keywords speak alone: the best must have this share of all that was found
CLEAR = 0.5
#: characters; so few say enough only with a keyword among them
FEW = 4
#: code, addresses and names; KTV and LED are shorter
_FOREIGN = re.compile(r"[A-Za-z_]{4,}")
_EDGES = " ，,。.！!我想要请"
#: what may stand beside a place that says nothing more
_BESIDE = f"{_EDGES}在就到的里这那边儿呢啊"
#: of more names than so many some are words as well: those of two characters; and so many stand at most between one and
#: an office: 高峰主任, 主任，高峰
MANY, SHORT_NAME, BESIDE = 300, 2, 1
POLITE = ("thanks", "hello", "chatter")
#: the probability from which it is nothing but thanks, though a trouble is named: 电梯不晃了，谢谢
ONLY_POLITE = 0.98
NO_MATTER = ("hello", "spam")


class Tagger:
    """Built once, before the first message; `understand` is pure."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        locator: Locator,
        staff: Iterable[str] = (),
        layers: Layers = Layers(),  # noqa: B008 - frozen
    ) -> None:
        """`staff`: names of those who hold a post; words about them are words about a person."""
        self._taxonomy, self._locator, self._layers = taxonomy, locator, layers
        names = tuple(staff)
        self._lists, self._many = _lists(taxonomy, names), len(names) > MANY
        self._emergencies = Emergencies(taxonomy.handoffs)
        self._persons = Persons(taxonomy.persons.get("patterns", {}))
        self._secrecy = re.compile("|".join(taxonomy.secrecy)) if taxonomy.secrecy else None

    def understand(self, text: str) -> Understanding:
        """Every span stands where it stood in the text as it was given."""
        told = self._understand(text.strip())
        return told.shifted(len(text) - len(text.lstrip()))

    def danger(self, text: str) -> bool:
        return bool(self._lists.find(text).of("handoff"))

    def _understand(self, text: str) -> Understanding:
        open_ = self._secrecy.sub(lambda said: " " * len(said[0]), text) if self._secrecy else text
        if open_ == text:
            return self._understood(text)
        said = self._understood(open_) if open_.strip(_EDGES) else Understanding(kind="chatter")
        return replace(said, confidential=True)

    def _understood(self, text: str) -> Understanding:
        found = self._lists.find(text)
        if self._many:
            found = _meant(found)
        known = self._locator.known(text)
        judged = self._layers.places.spans(text) if self._layers.places else None
        places = self._locator.places(text, known, judged)
        hearing = hear(self._layers.linear, _without(text, known))
        bare = _bare(text, places)
        alarm = self._emergencies.heard(found, hearing, bare=bare)
        emergency = alarm is not None and alarm.kind == "emergency"
        about = About() if bare else self._persons.about(text, found, hearing, endangered=emergency)
        kind = self._kind(text, found, hearing, alarm, about, placed=bool(known))
        about, ranked, likes = self._apart(text, found, hearing, about)
        best = ranked.best
        matter = best[0][0] if best and (kind not in NO_MATTER or found.of("keyword")) else None
        about_it = self._taxonomy.matters.get(matter or "")
        named = matter and best[0][1] >= SURE and found.of("keyword") and not found.of("settled")
        if kind in POLITE and named and hearing.of("kind").get(kind, 0.0) < ONLY_POLITE:
            kind = "report"  # "谢谢，路灯坏了": polite, and a trouble all the same
        reported = kind in kinds.REPORTS and not about.private
        other = self._second(text, found, hearing, places, matter) if reported else None
        # of two troubles each is told clearly in its own part
        sure = other is not None or (self._sure(best) and (len(text) > FEW or bool(found.of("keyword"))))
        sure = sure and not bare and not (about.private and not about.rest)  # about a person, and nothing else
        return Understanding(
            kind=kind,
            matter=matter if sure else None,
            best=matter,
            category=about_it.category if about_it else None,
            score=round(best[0][1], 3) if best else 0.0,
            candidates=tuple((of, round(score, 3)) for of, score in best),
            matched=self._spans(text, found, hearing, best, matter),
            like=next((like.sentence for like in likes if like.matter == matter), ""),
            second=other,
            urgent=bool(emergency or (about_it and about_it.urgent and sure) or {"", matter} & found.said("urgent")),
            handoff=alarm.tel if alarm and emergency else None,
            handoff_id=alarm.id if alarm and emergency else None,
            redirect=alarm.id if alarm and not emergency else None,
            private=about.private,
            grumbles=about.grumbles,
            discipline=about.discipline,
            rest=about.rest if about.private else "",
            complaint=about.complaint,
            places=tuple(places),
        )

    def _kind(
        self, text: str, found: Found, hearing: Hearing, alarm: Handoff | None, about: About, *, placed: bool
    ) -> str:
        if about.private or (alarm is not None and alarm.kind == "emergency"):
            return "report"
        strong = bool(found.of("keyword")) and not found.of("settled")
        return kinds.kind(text, found, hearing.of("kind"), strong=strong, placed=placed)

    def _said(self, hearing: Hearing, about: About) -> tuple[str, Answers | None]:
        """What is no complaint about a person, and what the weights say of it: a place's own, where it has them."""
        partly = bool(about.private and about.parts)
        said = about.rest if partly else hearing.text[:WITH_CARE]
        if self._layers.local:
            return said, self._layers.local.answer(said)
        return said, hear(self._layers.linear, said).whole if partly else hearing.whole

    def _ranked(self, found: Found, hearing: Hearing, about: About) -> tuple[Ranked, list[Like]]:
        layers, (said, learned) = self._layers, self._said(hearing, about)
        keywords: Mapping[str, float] = matters.keyword_scores(found) if layers.keywords else {}
        if about.private and about.parts:
            keywords = matters.together(matters.keyword_scores(found, *part) for part in about.parts)
        near, likes = layers.nearest.scores(said) if layers.nearest else (None, [])
        return matters.joined(keywords, _matters(learned), near), likes

    def _apart(self, text: str, found: Found, hearing: Hearing, about: About) -> tuple[About, Ranked, list[Like]]:
        """The matters of what is left when the words about a person are taken out, where that is a trouble of its
        own: named by a keyword, or of the matter that the whole is about."""
        ranked, likes = self._ranked(found, hearing, about)
        if about.private and about.rest and not any(found.of("keyword", *part) for part in about.parts):
            whole, like = self._ranked(found, hearing, About())
            if [of for of, _ in whole.best[:1]] != [of for of, _ in ranked.best[:1]]:
                # 补助下来三万，主任先要两千: what is left is how it came about
                return replace(about, rest="", complaint=text, parts=()), whole, like
        return about, ranked, likes

    def _second(
        self, text: str, found: Found, hearing: Hearing, places: Sequence[Span], matter: str | None
    ) -> Span | None:
        def heard(start: int, end: int) -> dict[str, float]:
            """Without the slowest layer."""
            keywords = matters.keyword_scores(found, start, end) if self._layers.keywords else {}
            return dict(matters.joined(keywords, _matters(hearing.answers(start, end)), None).scores)

        if not matter:
            return None
        return second.second(text, matter, found, heard) or second.elsewhere(text, matter, found, places, heard)

    def _sure(self, best: list[tuple[str, float]]) -> bool:
        """The matter is clear enough not to ask."""
        if not best:
            return False
        if self._layers.linear or self._layers.local or self._layers.nearest:
            return best[0][1] >= SURE
        return best[0][1] >= CLEAR and not (len(best) > 1 and best[1][1] == best[0][1])

    def _spans(
        self, text: str, found: Found, hearing: Hearing, best: list[tuple[str, float]], matter: str | None
    ) -> tuple[Span, ...]:
        def strongest(of: str) -> list[Span]:
            whole = self._layers.local.answer(hearing.text[:WITH_CARE]) if self._layers.local else hearing.whole
            return whole.why("matter", of) if whole and of == matter else []

        hits = [*found.of("keyword"), *found.of("weak")] if self._layers.keywords else []
        return matters.spans(text, hits, [of for of, _ in best], strongest)


def _matters(learned: Answers | None) -> Mapping[str, float] | None:
    return learned.of("matter") if learned and learned.reading else None


def _meant(found: Found) -> Found:
    """Without two characters that one of many is called, where no office stands beside them: 高峰 is an hour, too."""
    names = found.of("staff")
    offices = found.of("person")
    left = [
        name
        for name in names
        if len(name.word) > SHORT_NAME
        or any("who" in o.of and o.start <= name.end + BESIDE and name.start <= o.end + BESIDE for o in offices)
    ]
    return found if len(left) == len(names) else Found({**found.hits, "staff": left})


def _bare(text: str, places: Sequence[Span]) -> bool:
    """Nothing but places is said: 就在荷花里那边."""
    for place in reversed(places):
        text = text[: place.start] + text[place.end :]
    return bool(places) and not text.strip(_BESIDE)


def _without(text: str, places: Sequence[Hit]) -> str:
    """What is said, with the names of our places blanked out (荷花里 has no flowers), and foreign words among ours."""
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text if text.isascii() or foreign(text) else _FOREIGN.sub(lambda word: " " * len(word[0]), text)


@lru_cache(maxsize=8)
def _lists(taxonomy: Taxonomy, staff: Sequence[str]) -> Lists:
    """Thousands of words: made once for the same ones."""
    every, persons = taxonomy.matters.values(), taxonomy.persons
    return Lists(
        {
            STOP: {"": taxonomy.stop_phrases},
            "keyword": {m.id: m.keywords for m in every},
            "weak": {m.id: m.weak for m in every},
            "urgent": {m.id: m.urgent_words for m in every} | {"": taxonomy.urgent_words},
            "settled": {"": taxonomy.settled},
            "handoff": {h.id: h.keywords for h in taxonomy.handoffs},
            "kind": dict(taxonomy.kinds),
            "person": {of: persons[of] for of in ("who", "service", "discipline", "always")},
            "staff": {"who": [name for name in staff if len(name) > 1]},
            "asks": {"": kinds.ASKS},
            "another": {"": second.ANOTHER},
        }
    )
