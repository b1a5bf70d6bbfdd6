"""What lies under a unit: a path begins with the path of everything above it."""

from typing import Any


def under(path: Any, above: str) -> Any:
    """The unit whose path `above` is, and all below it. One index range on both databases."""
    return path.startswith(above, autoescape=True)
