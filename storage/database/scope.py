"""What lies under a unit: a path begins with the path of everything above it."""

import re
from typing import Any

_COMMUNITY = re.compile(r"(?:.*/)?\d{12}/")


def community(path: str) -> str:
    """The path down to the community (a code of 12 digits); one that ends above it, whole."""
    found = _COMMUNITY.match(path)
    return found[0] if found else path


def under(path: Any, above: str) -> Any:
    """The unit whose path `above` is, and all below it. One index range on both databases."""
    return path.startswith(above, autoescape=True)
