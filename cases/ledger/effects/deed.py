"""One deed on one item, and the small changes every effect is made of."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases.errors import Refused
from cases.ledger.model import Duty, Item, ItemFile
from cases.ports import Rules

#: states in which nothing is left to do
OVER = frozenset({"finished", "dropped", "failed", "closed", "gone", "sent", "refused", "upheld", "dismissed"})


@dataclass(slots=True)
class Deed:
    file: ItemFile
    by: int | None
    now: datetime
    rules: Rules
    given: dict[str, Any]
    words: str = ""

    @property
    def item(self) -> Item:
        return self.file.item

    def enter(self, state: str) -> None:
        """Into a state; what is left to do for an item that is over, is over."""
        self.change(state=state, entered_at=self.now)
        if state in OVER:
            left = tuple(
                replace(d, state="dropped") if d.state == "open" and d.kind != "weekly" else d for d in self.file.duties
            )
            self.file = replace(self.file, duties=left)

    def change(self, **values: Any) -> None:
        self.file = replace(self.file, item=replace(self.item, **values))

    def note(self, **facts: Any) -> None:
        self.change(facts={**self.item.facts, **facts})

    def due(self, kind: str, at: datetime, person: int | None = None, words: str = "", unit: str = "") -> None:
        duty = Duty(0, kind, person or self.item.keeper or self.by, unit or self.item.unit, at, self.now, words)
        self.file = replace(self.file, duties=(*self.file.duties, duty))

    def set(self, number: int, **values: Any) -> Duty:
        """Of an open duty. Raises Refused when it is not open any more."""
        duty = self.file.duty(number)
        if duty is None or duty.state != "open":
            raise Refused("refused.over")
        changed = replace(duty, **values)
        self.file = replace(self.file, duties=tuple(changed if d is duty else d for d in self.file.duties))
        return changed

    def end(self, *kinds: str) -> None:
        """Those duties are done."""
        for duty in self.file.open:
            if duty.kind in kinds:
                self.set(duty.id, state="done", done_at=self.now)

    def day(self) -> datetime:
        return datetime.fromisoformat(str(self.given["day"]))
