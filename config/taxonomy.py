"""The taxonomy: categories, matters, hand-offs and the words of each, read from one YAML file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from cases.reading.sameness import Nearness
from config.mistakes import Mistakes

OURS = Path(__file__).with_name("taxonomy.yaml")


@dataclass(frozen=True, slots=True)
class Matter:
    id: str
    category: str
    names: Mapping[str, str]
    due: str
    keywords: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    urgent_words: tuple[str, ...] = ()
    urgent: bool = False
    sensitive: bool = False
    photo: bool = False
    #: how near another report must be to be the same thing
    near: Nearness = field(default_factory=Nearness)
    #: who answers for it, as residents are told where grid workers are not handed it
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Handoff:
    id: str
    kind: str
    tel: str
    keywords: tuple[str, ...]
    #: those such an emergency is about; none: any
    matters: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """One object for a file as long as it stays the same, so what is made of it can be kept by it."""

    version: str
    categories: Mapping[str, Mapping[str, str]]
    matters: Mapping[str, Matter]
    handoffs: tuple[Handoff, ...]
    #: tel, who, service, discipline, always
    persons: Mapping[str, Any]
    kinds: Mapping[str, tuple[str, ...]]
    stop_phrases: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    urgent_words: tuple[str, ...] = ()
    #: blows, weapons, threats: where one of them is spoken of, nothing is mediated (人民调解法 25, 反家暴条例)
    violence: tuple[str, ...] = ()
    #: patterns: who speaks so wants to be known to nobody below
    secrecy: tuple[str, ...] = ()
    deadlines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def photo(self) -> frozenset[str]:
        return frozenset(m.id for m in self.matters.values() if m.photo)

    def urges(self, matter: str, words: str) -> bool:
        """Whether a trouble of this matter, told in these words, can't wait for its turn."""
        known = self.matters.get(matter)
        urgent = (*self.urgent_words, *(known.urgent_words if known else ()))
        return bool(known and known.urgent) or any(word in words for word in urgent)

    def of_category(self, category: str) -> list[str]:
        return [m.id for m in self.matters.values() if m.category == category]


def load(path: Path | None = None) -> Taxonomy:
    """Raises Mistakes when the file cannot be read as a taxonomy."""
    path = path or OURS
    try:
        return _load(path, path.stat().st_mtime_ns)
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise Mistakes([f"taxonomy {path}: {type(error).__name__}: {error}"]) from error


@lru_cache(maxsize=4)
def _load(path: Path, changed: int) -> Taxonomy:  # noqa: ARG001 - another file, if it was changed
    """Immutable: once for the same file."""
    raw = path.read_bytes()
    data = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - the safe loader, in C
    return _read(data, hashlib.sha256(raw).hexdigest()[:12])


def _read(data: dict[str, Any], version: str) -> Taxonomy:
    categories, matters = {}, {}
    for category in data["categories"]:
        categories[category["id"]] = _names(category)
        for item in category["matters"]:
            matters[item["id"]] = Matter(
                id=item["id"],
                category=category["id"],
                names=_names(item),
                due=item["due"],
                keywords=tuple(map(str, item.get("keywords", ()))),
                weak=tuple(map(str, item.get("weak", ()))),
                urgent_words=tuple(item.get("urgent_words", ())),
                urgent=item.get("urgent", False),
                sensitive=item.get("sensitive", False),
                photo=item.get("photo", False),
                answers=item.get("answers", ""),
                near=Nearness(**item.get("same", {}), things=frozenset(map(str, item.get("keywords", ())))),
            )
    return Taxonomy(
        version=version,
        categories=categories,
        matters=matters,
        handoffs=tuple(
            Handoff(h["id"], h["kind"], h["tel"], tuple(h["keywords"]), tuple(h.get("matters", ())))
            for h in data["handoffs"]
        ),
        persons=data["persons"],
        kinds={kind: tuple(words) for kind, words in data["kinds"].items()},
        stop_phrases=tuple(data["stop_phrases"]),
        settled=tuple(data["settled"]),
        urgent_words=tuple(data["urgent_words"]),
        secrecy=tuple(data.get("secrecy", ())),
        violence=tuple(data.get("violence", ())),
        deadlines={m.id: {"due": m.due} for m in matters.values()},
    )


def _names(item: dict[str, Any]) -> dict[str, str]:
    return {language: item[language] for language in ("zh", "en") if language in item}
