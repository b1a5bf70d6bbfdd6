"""Every sentence people read, by key: gettext catalogues, a place's own laid over ours. None stands in code."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from cases.reading.times import YEAR

OURS = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")
_PLACEHOLDER = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Each is itself, so that what is made of one can be kept for it."""

    catalogues: Mapping[str, Mapping[str, str]]

    def say(self, language: str, key: str, **params: object) -> str:
        """The sentence; Chinese where a language lacks it. Raises KeyError for a key nobody wrote."""
        catalogue = self.catalogues.get(language, {})
        sentence = catalogue.get(key) or self.catalogues["zh"][key]
        return sentence.format_map(params) if params else sentence

    def has(self, key: str) -> bool:
        return key in self.catalogues["zh"]


def read(folder: Path) -> dict[str, dict[str, str]]:
    """By language. A copy, which the reader may change."""
    paths = {language: folder / f"{language}.po" for language in LANGUAGES}
    return {language: dict(_read(path, path.stat().st_mtime_ns)) for language, path in paths.items() if path.is_file()}


@lru_cache(maxsize=16)
def _read(path: Path, changed: int) -> Mapping[str, str]:  # noqa: ARG001 - another file, if it was changed
    """A tenth of a second: once for the same file."""
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id and m.string}


def load(*over: Path | None, keep: timedelta = YEAR) -> Texts:
    """Ours, with each of these folders laid over it in turn. `keep`: what {keep} says, in whole days."""
    catalogues = read(OURS)
    for folder in filter(None, over):
        for language, sentences in read(folder).items():
            catalogues.setdefault(language, {}).update(sentences)
    for sentences in catalogues.values():
        length = sentences.get("keep.year" if keep == YEAR else "keep.days", "").format(days=max(1, keep.days))
        sentences |= {key: said.replace("{keep}", length) for key, said in sentences.items() if "{keep}" in said}
    return Texts(catalogues)


def mistakes(ours: Mapping[str, Mapping[str, str]], theirs: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Keys nobody knows, and placeholders the code does not fill, in a catalogue laid over ours."""
    found = []
    for language, sentences in theirs.items():
        for key, sentence in sentences.items():
            known = ours["zh"].get(key)
            if known is None:
                found.append(f"{language}.po: {key}: no such sentence")
            elif not set(placeholders(sentence)) <= set(placeholders(known)):
                found.append(f"{language}.po: {key}: only {sorted(set(placeholders(known)))} can be filled in")
    return found


def placeholders(sentence: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(sentence))
