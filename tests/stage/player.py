"""Plays a transcript: who says what, and everything that everybody sees because of it.

    居民> 电梯坏了              a message          居民> [提交]         a button, by its label
    居民> (photo) 看            with a picture      居民> (voice)        (place 35.083,117.153)  (phone 138…)
    居民> (edit 旧话) 改过的话    of theirs (the last) 居民> (reply 电梯) …  to the message of ours with these words
    居民> (album) (photo)       one of several      @ 2h                the clock is pushed
    居民> [[提交]]              a button long gone  邻居> [[居民:提交]]   somebody else's button
    ! block 网格员               a chat that will not have us             ! unblock 网格员
    ! crowd 12 荷花里停电了       so many people report the same; what they see is told together
    网格员@群> /bind              in the group                             (joined) (left): what happened to us there

What follows such a line is what was seen; `pytest --accept` writes it down, and a person reads it before it is kept.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from bot.gateway import File
from bot.gateways.memory import Shown
from bot.incoming.receiving import receive
from cases.timing.calendar import Duration
from tests.stage.pictures import picture
from tests.stage.town import Town

PEOPLE = {
    "居民": "resident",
    "邻居": "neighbour",
    "网格员": "worker",
    "网格员乙": "worker2",
    "北关网格员": "worker3",
    "协调员": "coordinator",
    "街道": "street",
    "北关协调员": "beiguan",
    "县": "county",
    "市": "city",
    "热力": "heat",
    "微网格员": "micro",
    "法官": "judge",
    "晚班": "evening",
    "母亲": "mother",
    "物业": "property",
    "调解员": "mediator",
    "志愿者": "volunteer",
    "领导": "leader",
}
GROUP = {"群": "group"}
PLACES = PEOPLE | GROUP
NAMES = {address: name for name, address in PLACES.items()}
_SAYS = re.compile(rf"({'|'.join(sorted(PEOPLE, key=len, reverse=True))})(@群)?> ?(.*)")
_MARK = re.compile(r"\((photo|voice|video|big|album|edit|place|phone|reply|joined|left|anonymous)(?: ([^)]*))?\) ?")
CROWD = "crowd"
_NUMBER = re.compile(r"370481-\d{8}-\d{4}")
_TOKEN = re.compile(r"/start ([\w-]{24})")
FILES = {
    "photo": File(picture(), "image/png", "a.png"),
    "voice": File(b"OggS" + bytes(60), "audio/ogg", "a.ogg"),
    "video": File(b"\0\0\0\x18ftypmp42" + bytes(60), "video/mp4", "a.mp4"),
}


@dataclass
class Player:
    town: Town
    #: every update is delivered a second time
    twice: bool = False
    #: everything in memory is lost before every line
    forgetful: bool = False
    #: what is left to see after each line, instead of all that passed over the screens on the way
    final: bool = False
    _seen: int = 0
    _toasts: int = 0
    _keys: int = 0
    _crowds: int = 0
    _missing: str = ""
    _token: str = ""
    #: (user, the message's name, its words), in order
    _spoken: list[tuple[str, str, str]] = field(default_factory=list)

    async def play(self, script: str) -> str:
        """The script with what was seen after each line."""
        out = []
        for line in script.splitlines():
            if not line or line.startswith("#"):
                out.append(line)
            elif self._acts(line):
                out.append(line)
                if self.forgetful:
                    self.town.restart()
                await self._do(line)
                out += self._shown()
        return "\n".join(out) + "\n"

    def _acts(self, line: str) -> bool:
        return bool(_SAYS.fullmatch(line)) or line.startswith(("@ ", "! "))

    async def _do(self, line: str) -> None:
        if line.startswith("@ "):
            duration = Duration.parse(line[2:])
            await self.town.push(timedelta(seconds=duration.seconds))
            return
        if line.startswith("! "):
            what, name, *words = line[2:].split()
            if what == "crowd":
                await self._crowd(int(name), words[0])
                return
            (self.town.gateway.blocked.add if what == "block" else self.town.gateway.blocked.discard)(PEOPLE[name])
            return
        match = _SAYS.fullmatch(line)
        assert match
        await self.say(PEOPLE[match[1]], match[3], chat=GROUP["群"] if match[2] else "")

    async def _crowd(self, count: int, words: str) -> None:
        for _ in range(count):
            self._crowds += 1
            for said in (words, "[提交]", "[同意并提交]"):
                await self.say(f"{CROWD}{self._crowds}", said)

    async def say(self, user: str, said: str, *, chat: str = "") -> None:
        """`chat`: the group it is said in, if it is one."""
        where, marks = chat or user, {}
        while mark := _MARK.match(said):
            marks[mark[1]] = mark[2] or ""
            said = said[mark.end() :]
        self._keys += 1
        raw: dict[str, object] = {"user": user, "ref": f"u{self._keys}", "name": NAMES.get(user, user)}
        if chat:
            raw |= {"chat": chat, "private": False, "link": "https://t.me/wangge_bot"}
        said = said.replace("TOKEN", self._token)
        button = re.fullmatch(r"\[(.+)\]", said)
        if button and not marks:
            tap = self._old(where, button[1][1:-1]) if said.startswith("[[") else self._button(where, button[1])
            if tap is None:
                self._missing = button[1]
                return
            raw["tap"] = tap
            raw["tap_id"] = f"t{self._keys}"
        else:
            raw |= self._message(user, where, said, marks)
        await self.send(raw)

    async def send(self, raw: dict[str, object]) -> None:
        """To the house, and until it has done what there is to do."""
        for _ in range(2 if self.twice else 1):
            await receive(self.town.running.house, "web", f"k{self._keys}", raw)
        await self.town.running.settle()

    def _message(self, user: str, where: str, said: str, marks: dict[str, str]) -> dict[str, object]:
        raw: dict[str, object] = {"text": said, "addressed": said.startswith("/") or "reply" in marks}
        raw |= {"anonymous": "anonymous" in marks, "event": "".join({"joined", "left"} & marks.keys())}
        kinds = [kind for kind in ("photo", "voice", "video", "big") if kind in marks]
        if kinds:
            self.town.gateway.files.update(FILES)
            size = 31_000_000 if "big" in marks else 1000
            shown = ["video" if k == "big" else k for k in kinds]
            raw["media"] = [{"kind": k, "file": k, "size": size} for k in shown]
        if "album" in marks:
            raw["album"] = f"album-{user}-{marks['album']}"
        if "place" in marks:
            raw["point"] = [float(part) for part in marks["place"].split(",")]
        if "phone" in marks:
            raw["phone"] = marks["phone"]
        if "reply" in marks:
            raw["reply_to"] = self._ours(where, marks["reply"])
        if "edit" in marks:
            mine = [ref for who, ref, text in self._spoken if who == user and marks["edit"] in text]
            raw |= {"edited": True, "ref": mine[-1]}
        else:
            self._spoken.append((user, f"u{self._keys}", said))
        return raw

    def _button(self, user: str, label: str) -> str | None:
        """A press, as a person does it: the newest message that has such a button. '…' may stand for the rest of it."""
        for shown in reversed(self.town.gateway.chats[user]):
            for row in shown.message.rows:
                for button in row:
                    if button.label == label or (label.endswith("…") and button.label.startswith(label[:-1])):
                        return button.data
        return None

    def _old(self, user: str, label: str) -> str | None:
        """[[接单]]: a button long gone. [[网格员:接单]]: somebody else's, forged."""
        name, _, rest = label.rpartition(":")
        owner, label = (PEOPLE[name], rest) if name else (user, label)
        for _, address, shown in reversed(self.town.gateway.events):
            for row in shown.message.rows if address == owner else ():
                for button in row:
                    if button.label == label:
                        return button.data
        return None

    def _ours(self, user: str, words: str) -> str:
        found: list[Shown] = [s for s in self.town.gateway.chats[user] if words in s.message.text]
        assert found, f"{NAMES[user]} has no message with {words!r}"
        return found[-1].ref

    def _events(self) -> list[tuple[str, str, Shown]]:
        events = self.town.gateway.events[self._seen :]
        self._seen = len(self.town.gateway.events)
        if not self.final:
            return events
        first = {(address, shown.ref): what for what, address, shown in reversed(events)}
        last = {(address, shown.ref): shown for _, address, shown in events}
        return [(first[key], key[0], shown) for key, shown in sorted(last.items(), key=lambda e: _number(e[1].ref))]

    def _shown(self) -> list[str]:
        events = self._events()
        crowd = Counter(shown.message.text.split("\n")[0] for _, address, shown in events if address.startswith(CROWD))
        events = [event for event in events if not event[1].startswith(CROWD)]
        out = [f"      (there is no button [{self._missing}])"] if self._missing else []
        self._missing = ""
        toasts = self.town.gateway.toasts[self._toasts :]
        self._toasts = len(self.town.gateway.toasts)
        out += [f"→{NAMES[user]} (over the button) {words}" for user, words in toasts]
        for what, address, shown in sorted(events, key=lambda e: list(PLACES.values()).index(e[1])):
            head = f"→{NAMES[address]} " + ("(card) " if what == "edit" else "")
            if token := _TOKEN.search(shown.message.text):
                self._token = token[1]
            first, *rest = _TOKEN.sub("/start TOKEN", shown.message.text).split("\n")
            out.append(f"{head}{first}")
            out += [f"      {line or '~'}" for line in rest]
            if shown.blobs:
                out.append(f"      ({', '.join(blob.kind for blob in shown.blobs)})")
            out += ["      " + " ".join(f"[{b.label}]" for b in row) for row in shown.message.rows]
        numbered = Counter[str]()
        for words, count in crowd.items():
            numbered[_NUMBER.sub("370481-…", words)] += count
        return out + [f"→众人 {count}× {words}" for words, count in numbered.items()]


def _number(ref: str) -> int:
    return int("".join(c for c in ref if c.isdigit()))
