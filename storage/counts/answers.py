"""What was said at the end of a case, as one word for figures and assessments alike."""

from typing import Any

#: the actions that say it
ANSWERS = ("confirm", "dispute", "follow_up")
SOLVED, UNSOLVED = "solved", "unsolved"


def answer(row: Any) -> str:
    """SOLVED, UNSOLVED, or "": nobody was reached. `row`: an entry's action, and what was given with it."""
    said = {"confirm": SOLVED, "dispute": UNSOLVED}.get(row.action) or (row.given or {}).get("answer", "")
    return said if said in (SOLVED, UNSOLVED) else ""
