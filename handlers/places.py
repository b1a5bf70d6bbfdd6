"""A place as it is written on a case."""

from collections.abc import Sequence

#: characters; a longer answer tells a story, and only the place in it is kept
LONGEST = 40


def at_point(place: str, point: Sequence[float]) -> str:
    """With the coordinates behind it, so that whoever goes there finds it; five digits are a metre."""
    return f"{place.partition('(')[0].strip()} ({point[0]:.5f},{point[1]:.5f})".strip()
