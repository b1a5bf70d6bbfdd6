"""Cards and rings: what a case looks like to one person, in its latest state."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cases.life.effects.working import DISPUTE
from cases.life.lifecycle import TABLE, VOICES, sent_down
from cases.model import Entry
from cases.states import OPEN, Hat, State
from cases.timing.calendar import Calendar
from cases.views import CaseView
from handlers.cases import lines as lines_
from handlers.cases.later import again
from handlers.cases.sight import Sight
from handlers.chat import Button, Message, in_rows
from handlers.context import World, matter_name, when
from handlers.naming import state_key

#: characters of a report on a card that tells of something new, and on the one that brings it
SHORT, LONG = 300, 4096


class Card:
    def __init__(
        self,
        world: World,
        view: CaseView,
        language: str,
        now: datetime,
        zone: ZoneInfo,
        *,
        reader: int | None = None,
        group: bool = False,
        calendar: Calendar | None = None,
    ) -> None:
        """`reader`: whoever need not be shown his own pictures. `group`: everybody in a unit's group reads it, so it
        names who is meant, and nobody's telephone number."""
        self._world, self._view, self._language, self._now, self._zone = world, view, language, now, zone
        self._group, self._reader, self._calendar = group, reader, calendar
        self._sight = Sight(view, group=group)
        self._side = self._sight.side

    def message(self) -> Message:
        """The card as it is edited in place."""
        if self._side == "former":
            return Message(self._head())
        return Message(self._join(self._head(), *self._body()), self._buttons())

    def opened(self) -> Message:
        """The card as somebody asked for it: with everything that was sent."""
        card = self.message()
        shown = self._side not in ("resident", "former") and self._sight.sees_media
        return replace(card, media=self._all_media()) if shown else card

    def ring(self, entry: Entry, audience: str, *, first: bool) -> Message:
        """A new message: what just happened on top, the case under it, the buttons of now. `first`: they have not seen
        the case yet, so everything that was sent comes with it."""
        if audience == "former" or self._side == "former":
            return Message(self._happened(entry, audience))
        whole = self._side != "resident" and (first or entry.action in ("dispatch", "reassign"))
        media = self._all_media() if whole else entry.media if entry.by != self._reader else ()
        if not self._sight.sees_media:
            media = ()
        long = LONG if whole else SHORT
        return Message(self._join(self._happened(entry, audience), *self._body(entry, long)), self._buttons(), media)

    def _all_media(self) -> tuple[int, ...]:
        said = (media for entry in self._view.said for media in entry.media)
        return tuple(dict.fromkeys((*self._view.media, *said)))

    def _say(self, key: str, **params: object) -> str:
        return self._world.texts.say(self._language, key, **params)

    def _join(self, *lines: str) -> str:
        return "\n".join(line.rstrip() for line in lines if line)

    def _facts(self) -> dict[str, Any]:
        view, case, rnd = self._view, self._view.file.case, self._view.file.round
        return {
            "number": case.number,
            "matter": matter_name(self._world, self._language, case.matter, private=case.private),
            "state": self._state(),
            "holder": view.holder.name if view.holder else "",
            "phone": view.holder.phone_masked if view.holder and not self._group else "",
            "unit": view.unit_name,
            "due": self._when(rnd.due),
            "ack": self._when(rnd.ack_due),
            "visit": self._when(rnd.appointed_at),
        }

    def _state(self) -> str:
        case = self._view.file.case
        refused = case.state is State.VOID and self._view.last("void") is not None
        return self._say(state_key(case.state, refused=refused))

    def _when(self, moment: datetime | None) -> str:
        return when(self._world.texts, self._language, moment, self._now, self._zone) if moment else ""

    def _head(self) -> str:
        if self._side == "former":
            return self._say("card.left" if self._view.left else "card.former", **self._facts())
        key = f"card.{self._side}.{self._view.file.case.state}"
        watches = not self._view.hats & VOICES or self._confirmed()
        if self._view.file.case.state is State.RESOLVED and self._side == "resident" and watches:
            key += ".watching"
        due = self._view.file.round.due
        if due is not None and due < self._now and self._world.texts.has(f"{key}.late"):
            key += ".late"  # a promise that was missed is not repeated
        ended = next((e.action for e in reversed(self._view.steps) if e.action in ("confirm", "archive")), "")
        if ended == "archive" and self._world.texts.has(f"{key}.silent"):
            key += ".silent"  # nobody said that it is solved
        return self._say(key, **self._facts())

    def _confirmed(self) -> bool:
        """A neighbour said that it is solved; whose trouble it is, is still asked."""
        resolved = self._view.file.round.resolved_at
        return resolved is not None and any(
            e.action == "confirm" and e.by == self._reader and e.at >= resolved for e in self._view.steps
        )

    def _happened(self, entry: Entry, audience: str) -> str:
        """The sentence of the most special key there is: by action, audience and what was given."""
        given = entry.given
        variant = given.get("outcome") or given.get("why") or given.get("reason") or ""
        sides = [audience, *(["resident"] if audience in ("proxy", "follower") else [])]
        # 首问负责: whoever registered it at a desk is the one who tells them
        special = [".desk"] if audience == "proxy" and self._view.file.case.source == "desk" else []
        special += [".again"] if audience == "holder" and sent_down(self._view.file) else []
        keys = [f"ring.{entry.action}.{side}{more}" for side in sides for more in (*special, f".{variant}", "")]
        key = next((key for key in keys if self._world.texts.has(key)), keys[-1])
        who = self._view.people.get(entry.by or 0)
        told = {
            "words": self._said(entry),
            "times": given.get("times", ""),
            "days": given.get("days", ""),
            "by": who.name if who else "",
        }
        return self._say(key, **self._facts(), **told).rstrip()

    def _body(self, told: Entry | None = None, long: int = SHORT) -> list[str]:
        """Under the headline: the words, the place, what was added; a resident knows what he wrote."""
        view, case = self._view, self._view.file.case
        lines: list[str] = []
        if self._side != "resident":
            empty = self._say("card.no_words", count=len(view.media)) if view.media else self._say("card.gone")
            lines.append(self._cut(self._sight.shown(view.words), long) or empty)
            if case.place:
                lines.append(self._say("card.place", place=self._sight.shown(case.place), unit=view.unit_name))
            else:
                lines.append(self._say("card.unit", unit=view.unit_name))
            lines += lines_.origin(view, self._say)
            if case.urgent:
                lines.append(self._say("card.urgent"))
            if more := sum(party.part is Hat.FOLLOWER for party in view.file.parties):
                lines.append(self._say("card.followers", count=more))
            if phone := self._sight.phone:
                other = any(party.part is Hat.SUBJECT for party in view.file.parties)
                lines.append(self._say("card.subject_phone" if other else "card.reporter", phone=phone))
            if case.confidential:
                lines.append(self._say("card.confidential"))
            if self._sight.secret and (files := len(self._all_media())):
                lines.append(self._say("card.secret_media", count=files))
            if (self._side == "coordinator" or self._group) and view.holder:
                lines.append(self._say("card.holder", **self._facts()))
                lines.append(lines_.why(view, self._say))
            lines += lines_.together(view, self._say, self._when)
            if self._side != "receiver":
                lines += lines_.waiting(view, self._say, self._when)
        elif case.state in OPEN:
            lines += self._in_the_night()
            lines += lines_.steps(view, self._say, self._when, self._said, told)
        later = again(self._side, case.state, view.said, told)
        lines += [self._say(f"line.{e.action}", words=self._cut(self._said(e), SHORT)) for e in later if self._said(e)]
        return lines

    def _in_the_night(self) -> list[str]:
        """Nobody is rung now; who reads this knows when."""
        case = self._view.file.case
        if case.urgent or case.state not in (State.WAITING, State.DISPATCHED) or self._calendar is None:
            return []
        told = self._calendar.told(self._now)
        return [self._say("card.night", when=self._when(told))] if told > self._now else []

    def _cut(self, words: str, long: int) -> str:
        return words if len(words) <= long else self._say("card.cut", words=words[:long], count=len(words))

    def _said(self, entry: Entry) -> str:
        """The words of an entry; where there are none, the reason that was chosen, or that something was sent."""
        if entry.words:
            return self._sight.shown(entry.words)
        reason = entry.given.get("reason")
        return self._say(f"reason.{reason}") if reason else self._say("card.media_only") if entry.media else ""

    def _category(self) -> str:
        matter = self._world.taxonomy.matters.get(self._view.file.case.matter)
        return matter.category if matter else ""

    def _buttons(self) -> tuple[tuple[Button, ...], ...]:
        view = self._view
        hidden = {
            "see_phone": not self._sight.phone,
            "confirm": self._confirmed(),
            "mediate": self._category() != DISPUTE
            or self._sight.secret
            or any(e.action == "mediate" for e in view.steps),
            "consent": self._reader in view.consented(),
        }
        actions = [a for a in TABLE.buttons(view.hats, view.file) if not hidden.get(a)]
        return in_rows([Button(self._say(f"action.{a}"), f"a.{a}.{view.key}") for a in actions])
