"""The tests, by what they look at; `stage` is what they stand on, `transcripts` and `places` what they play."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = ROOT / "tests" / "places"
TRANSCRIPTS = ROOT / "tests" / "transcripts"
