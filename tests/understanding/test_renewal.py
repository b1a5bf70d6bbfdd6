"""A taxonomy, examples and weights are read anew while the house runs; mistakes in them change nothing."""

import asyncio
from pathlib import Path

import pytest

from config import taxonomy
from tests.stage.saying import say, seen
from tests.stage.town import town


@pytest.mark.slow  # learns for half a minute
def test_a_changed_taxonomy_is_read_without_a_restart(tmp_path: Path) -> None:
    own = tmp_path / "taxonomy.yaml"
    own.write_text(taxonomy.OURS.read_text())
    with town(tmp_path / "town", taxonomy=own, layers=["keywords"]) as made:

        async def life() -> None:
            renewal = made.running.renewal
            assert not await renewal.look()
            await say(made, "a", "荷花里铁轿子趴窝了")
            assert seen(made, "a") == ["这事属于哪一方面？"]
            own.write_text(own.read_text().replace("keywords: [电梯坏了,", "keywords: [铁轿子, 电梯坏了,"))
            assert await renewal.look()
            await say(made, "b", "荷花里铁轿子趴窝了")
            assert seen(made, "b") == ["请核对"]
            own.write_text("no taxonomy")
            assert not await renewal.look()
            await say(made, "c", "荷花里铁轿子趴窝了")
            assert seen(made, "c") == ["请核对"]

        asyncio.run(life())
