"""What a message is about: hand-offs first, then whether it is about a person, then its matter, by words that show."""

import re
from collections import defaultdict
from collections.abc import Iterable

from cases.understanding import Span, Understanding
from config.taxonomy import Handoff, Taxonomy
from nlp.locator import Locator
from nlp.matcher import Hit, matcher
from nlp.words import Words

#: the first words carry the matter (measured on city letters: +0.02 accuracy for weight 3 on the title)
FIRST = 20
FIRST_WEIGHT = 2.0
WEAK = 0.3
#: a lone 物业 names who is blamed, not what is wrong (config/taxonomy.yaml, keyword rules)
BLAMED = {"物业": 0.5}
#: at least this share of the score must be the best matter's own, else the person is asked
CLEAR = 0.5
#: characters; longer messages tell something, whatever polite or stray words stand in them
SHORT = 40
#: characters; a question how far it is, with the matter named in it
ASKED = 24
_SENTENCE = re.compile(r"[^。！？!?；;\n，,]+[。！？!?；;\n，,]*")
_ENDS = tuple("。！？!?；;\n")
_LINK = re.compile(r"https?://|www\.|t\.me/|加[vV薇微]|[vV]信")
_WORDLIKE = re.compile(r"[\w]")


class Tagger:
    """Built once, before the first message; `understand` is pure."""

    def __init__(self, taxonomy: Taxonomy, locator: Locator, staff: Iterable[str] = ()) -> None:
        """`staff`: names of those who hold a post; words about them are words about a person."""
        self._taxonomy, self._locator = taxonomy, locator
        self._words = Words(taxonomy)
        matters = taxonomy.matters.values()
        self._keywords = matcher({m.id: m.keywords for m in matters})
        self._weak = matcher({m.id: m.weak for m in matters})
        self._urgent = matcher({m.id: m.urgent_words for m in matters} | {"": taxonomy.urgent_words})
        self._stops = matcher({"": taxonomy.stop_phrases})
        self._settled = matcher({"": taxonomy.settled})
        self._handoffs = matcher({h.id: h.keywords for h in taxonomy.handoffs})
        self._handoff = {h.id: h for h in taxonomy.handoffs}
        self._kinds = matcher(taxonomy.kinds)
        persons = taxonomy.persons
        self._persons = matcher({k: persons[k] for k in ("who", "service", "discipline", "always")})
        self._ways = [(of, re.compile(way)) for of, ways in persons["patterns"].items() for way in ways]
        self._names = matcher({"who": [name for name in staff if len(name) > 1]})

    def understand(self, text: str) -> Understanding:
        text = text.strip()
        masked = self._mask(text)
        alarm = self._alarm(masked)
        private, discipline, rest, complaint = self._about_person(text, masked)
        hits, scores = self._score(self._mask(rest) if private else masked)
        if private:  # spans are told in the whole text, whatever was taken out of it
            hits = [h for h in self._keywords.find(masked) if set(h.of) & set(scores)]
        kind = self._kind(text, masked, scores, private=private, alarm=bool(alarm and alarm.tel))
        ranked = sorted(scores.items(), key=lambda item: -item[1])[:3]
        best, score = self._best(ranked, scores)
        if kind in ("thanks", "hello", "chatter", "spam", "status"):
            best = None
        emergency = alarm is not None and alarm.kind == "emergency"
        matter = self._taxonomy.matters.get(best or "")
        return Understanding(
            kind=kind,
            matter=best,
            category=matter.category if matter else None,
            score=round(score, 3),
            candidates=tuple((m, round(s / max(sum(scores.values()), 1e-9), 3)) for m, s in ranked),
            matched=tuple(Span(h.start, h.end, h.text, of) for h in hits for of in h.of if of in dict(ranked)),
            urgent=emergency or bool(matter and matter.urgent) or self._urgent.any(masked),
            handoff=alarm.tel if alarm and emergency else None,
            handoff_id=alarm.id if alarm and emergency else None,
            redirect=alarm.id if alarm and not emergency else None,
            private=private,
            grumbles=bool(self._of_persons(masked) & {"service", "discipline"}),
            discipline=discipline,
            rest=rest if private else "",
            complaint=complaint if private else "",
            places=tuple(self._locator.places(text)),
        )

    def _mask(self, text: str) -> str:
        """Stop phrases blanked out, at the same length, so that every span stays where it was."""
        for hit in reversed(self._stops.find(text)):
            text = text[: hit.start] + "　" * (hit.end - hit.start) + text[hit.end :]
        return text

    def _alarm(self, masked: str) -> Handoff | None:
        order = [h.id for h in self._taxonomy.handoffs]
        found = {of for hit in self._handoffs.find(masked) for of in hit.of}
        return next((self._handoff[id_] for id_ in order if id_ in found), None)

    def _score(self, masked: str) -> tuple[list[Hit], dict[str, float]]:
        """Each keyword counts once, more at the beginning and the longer it is."""
        scores: dict[str, float] = defaultdict(float)
        hits = self._keywords.find(masked)
        weak = self._weak.find(masked)
        seen: set[str] = set()
        for hit, base in [*((h, 1.0) for h in hits), *((h, WEAK) for h in weak)]:
            if hit.text in seen:
                continue
            seen.add(hit.text)
            weight = base * BLAMED.get(hit.text, 1.0) * (1 + 0.25 * max(0, len(hit.text) - 2))
            if hit.start < FIRST:
                weight *= FIRST_WEIGHT
            for of in hit.of:
                scores[of] += weight
        return [*hits, *weak], scores

    @staticmethod
    def _best(ranked: list[tuple[str, float]], scores: dict[str, float]) -> tuple[str | None, float]:
        """The matter, when it is clear enough not to ask."""
        if not ranked:
            return None, 0.0
        best, own = ranked[0]
        share = own / sum(scores.values())
        tied = len(ranked) > 1 and ranked[1][1] == own
        return (best if share >= CLEAR and not tied else None), share

    def _about_person(self, text: str, masked: str) -> tuple[bool, bool, str, str]:
        """(private, discipline, what is left for the ordinary route, what was taken out)."""
        rest, about, private, discipline, after = list[str](), list[str](), False, False, False
        for match in _SENTENCE.finditer(text):
            clause = masked[match.start() : match.end()]
            said = self._of_persons(clause)
            bad = "always" in said or ("who" in said and bool(said & {"service", "discipline"}))
            private |= bad
            discipline |= bad and bool(said & {"always", "discipline"})
            # "…找过没用，根本不管": the rest of the sentence is still about the person, unless it names a trouble
            taken = bad or (after and not self._keywords.any(clause))
            (about if taken else rest).append(match.group())
            after = (after or bad) and not match.group().rstrip().endswith(_ENDS)
        return private, discipline, "".join(rest).strip(" ，,。；;\n"), "".join(about).strip(" ，,；;\n")

    def _of_persons(self, clause: str) -> set[str]:
        """Who is spoken of, and what is said of him: by words, by names, and by ways of speaking."""
        said = {of for hit in self._persons.find(clause) for of in hit.of}
        said |= {of for of, way in self._ways if way.search(clause)}
        return said | {"who"} if self._names.any(clause) else said

    def _kind(self, text: str, masked: str, scores: dict[str, float], *, private: bool, alarm: bool) -> str:
        if alarm or private:
            return "report"
        said = {of for hit in self._kinds.find(masked.lower()) for of in hit.of}
        settled = self._settled.any(masked)
        strong = any(score >= 1 for score in scores.values()) and not settled
        # a letter that ends in 谢谢 is no thanks, and one that names a web page no spam
        short = len(text) <= SHORT
        if "spam" in said or (short and _LINK.search(text)):
            return "spam" if not strong and (short or len(self._kinds.find(masked.lower())) > 2) else "report"
        if "status" in said and len(text) <= ASKED and not self._urgent.any(masked):
            return "status"  # "我那个电梯的事咋样了" names a matter, and reports none
        if "thanks" in said and short and not strong:
            return "thanks"
        if "hello" in said and not scores and len(text) <= 8:
            return "hello"
        if "question" in said:
            return "question"
        if scores:
            return "report"
        if not _WORDLIKE.search(text) or not self._words.tells_something(text):
            return "chatter"
        return "report"
