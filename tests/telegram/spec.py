"""Every call checked against the official description of the Bot API, where it lies at hand."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

#: machine readable, https://github.com/PaulSonOfLars/telegram-bot-api-spec; beside the checkout, never in it
SPEC = Path(os.environ.get("WANGGE_BOT_API_SPEC", Path(__file__).parents[3] / "shared" / "telegram" / "api.json"))
#: what the description says in words only
LONGEST = {"text": 4096, "caption": 1024, "callback_data": 64, "description": 256}
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "True": bool,
    "Float": (int, float),
}


@cache
def spec() -> dict[str, Any] | None:
    return json.loads(SPEC.read_text()) if SPEC.is_file() else None


def mistakes(method: str, fields: dict[str, Any]) -> list[str]:
    """What is wrong with a call; nothing where the description is not at hand."""
    if spec() is None:
        return []
    known = spec()["methods"].get(method)  # type: ignore[index]
    if known is None:
        return [f"{method}: no such method"]
    return _fields(method, known.get("fields", []), fields)


def _fields(where: str, known: list[dict[str, Any]], given: dict[str, Any]) -> list[str]:
    by_name = {field["name"]: field for field in known}
    found = [f"{where}.{name}: no such field" for name in given if name not in by_name]
    found += [f"{where}.{f['name']}: missing" for f in known if f["required"] and f["name"] not in given]
    for name, value in given.items():
        if name in by_name:
            found += _value(f"{where}.{name}", by_name[name]["types"], value)
            found += _length(f"{where}.{name}", name, value)
    return found


def _length(where: str, name: str, value: Any) -> list[str]:
    longest = LONGEST.get(name)
    if longest is None or not isinstance(value, str):
        return []
    size = len(value.encode()) if name == "callback_data" else len(value.encode("utf-16-le")) // 2
    return [f"{where}: {size} long"] if size > longest or not value else []


def _value(where: str, types: list[str], value: Any) -> list[str]:
    """Fits one of the types, or the complaints about the last of them."""
    found: list[str] = []
    for kind in types:
        found = _one(where, kind, value)
        if not found:
            return []
    return found


def _one(where: str, kind: str, value: Any) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [wrong for item in value for wrong in _one(where, kind.removeprefix("Array of "), item)]
    if kind in _PLAIN:
        right = isinstance(value, _PLAIN[kind]) and (kind in {"Boolean", "True"} or not isinstance(value, bool))
        return [] if right else [f"{where}: {value!r} is no {kind}"]
    if kind == "InputFile":
        return [] if value == "<file>" else [f"{where}: no file"]
    known = spec()["types"][kind]  # type: ignore[index]
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no {kind}"]
    if "subtypes" in known:
        return _value(where, known["subtypes"], value)
    return _fields(where, known.get("fields", []), value)


def decoded(method: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Form fields are text: what the description says is no text is read as JSON."""
    if spec() is None:
        return {name: _loose(value) for name, value in fields.items()}
    types = {f["name"]: f["types"] for f in spec()["methods"].get(method, {}).get("fields", [])}  # type: ignore[index]
    return {name: value if types.get(name) == ["String"] else _loose(value) for name, value in fields.items()}


def _loose(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return value
