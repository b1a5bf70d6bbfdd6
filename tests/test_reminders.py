"""Drafts nobody answered: one that cannot be asked about stops no other."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from handlers import reminding
from tests.saying import say, seen
from tests.town import town


@pytest.mark.asyncio
async def test_a_draft_that_fails_stops_no_other(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reminding.remind

    def broken(context: Any, draft: Any) -> None:
        if "路灯" in draft.words:
            raise KeyError("a category that is gone")
        real(context, draft)

    monkeypatch.setattr(reminding, "remind", broken)
    with town(tmp_path, url) as made:
        await say(made, "a", "荷花里路灯不亮")
        await say(made, "b", "荷花里垃圾没人收")
        await made.push(timedelta(minutes=40))
        assert [words[:5] for words in seen(made, "b")] == ["请核对", "您刚才说的"]
        assert seen(made, "a") == ["请核对"]
        monkeypatch.setattr(reminding, "remind", real)
        await made.push(timedelta(minutes=10))
        assert len(seen(made, "a")) == 2
