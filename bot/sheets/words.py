"""How a sheet says things: in one language, by the local clock, people hidden unless it is read in full."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cases.ledger.model import Kind
from cases.ledger.sight import hidden
from cases.reading.masking import without_doors, without_numbers, without_self
from config.taxonomy import Taxonomy
from config.texts import Texts


@dataclass(frozen=True, slots=True)
class Words:
    texts: Texts
    language: str
    taxonomy: Taxonomy
    zone: ZoneInfo
    #: names, numbers and doors in full (docs/privacy.md)
    full: bool = False

    def masked(self, words: str) -> str:
        return words if self.full else without_doors(without_numbers(without_self(words)))

    def household(self, kind: Kind, words: str) -> str:
        """What is said of a household: of the rest, as everywhere."""
        return "" if kind is Kind.HOUSEHOLD and not self.full else self.masked(words)

    def titled(self, kind: Kind, title: str) -> str:
        return hidden(title) if kind is Kind.HOUSEHOLD and not self.full else self.masked(title)

    def say(self, key: str) -> str:
        return self.texts.say(self.language, key)

    def matter(self, matter: str) -> str:
        known = self.taxonomy.matters.get(matter)
        return (known.names.get(self.language) or known.names["zh"]) if known else self.say("matter.none")

    def category(self, matter: str) -> str:
        known = self.taxonomy.matters.get(matter)
        names = self.taxonomy.categories[known.category] if known else {}
        return names.get(self.language) or names.get("zh", "")

    def local(self, moment: datetime | None) -> datetime | None:
        """As Excel knows it: without a zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None) if moment else None
