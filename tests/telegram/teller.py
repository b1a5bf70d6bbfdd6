"""Plays a transcript on Telegram: the same lines, as the updates that Telegram would send."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.stage.player import FILES, GROUP, PEOPLE, Player
from tests.telegram.server import Phones, TelegramServer

#: Telegram's numbers of the people of the transcripts, and of their group
USERS = {user: 5000 + number for number, user in enumerate(PEOPLE.values())}
CHATS = USERS | {address: -1001000 - number for number, address in enumerate(GROUP.values())}
_BY_NUMBER = {str(number): name for name, number in CHATS.items()}


class Ground(Protocol):
    """What a story is played on: `stage.Stage`, `line.Line`."""

    server: TelegramServer
    token: str

    @property
    def phones(self) -> Phones: ...
    async def send(self, update: dict[str, Any]) -> None: ...
    async def quiet(self) -> None: ...


@dataclass
class Screens:
    """The server's phones under the names of the transcripts: what the player looks at."""

    stage: Ground

    @property
    def chats(self) -> Any:
        phones = self.stage.phones.chats
        return {name: phones[str(number)] for name, number in CHATS.items()}

    @property
    def events(self) -> list[Any]:
        return [
            (what, _BY_NUMBER[address], shown)
            for what, address, shown in self.stage.phones.events
            if address in _BY_NUMBER
        ]

    @property
    def toasts(self) -> list[tuple[str, str]]:
        return [(_BY_NUMBER[user], words) for user, words in self.stage.phones.toasts]

    @property
    def files(self) -> dict[str, Any]:
        return {}


@dataclass
class Town:
    gateway: Screens


@dataclass
class Teller(Player):
    stage: Ground = field(kw_only=True)
    final: bool = True

    async def send(self, raw: dict[str, Any]) -> None:
        update = self.update(raw)
        for _ in range(2 if self.twice else 1):
            await self.stage.send(update)
        await self.stage.quiet()

    def update(self, raw: dict[str, Any]) -> dict[str, Any]:
        user = {"id": USERS[raw["user"]], "is_bot": False, "first_name": raw["name"]}
        where = raw.get("chat", raw["user"])
        number = CHATS[where]
        chat = {"id": number, "type": "private" if number > 0 else "supergroup", "title": "工作群", "first_name": "x"}
        if raw.get("event"):
            was, is_ = ("left", "member") if raw["event"] == "joined" else ("member", "left")
            me = {"id": int(self.stage.token.partition(":")[0]), "is_bot": True, "first_name": "网格"}
            member = {"user": me}
            return {
                "my_chat_member": {
                    "chat": chat,
                    "from": user,
                    "date": 1,
                    "old_chat_member": member | {"status": was},
                    "new_chat_member": member | {"status": is_},
                }
            }
        if raw.get("tap"):
            number_ = self.stage.server.tapped(str(user["id"]))
            message = {"message_id": self._under(where, raw["tap"]), "date": 1, "chat": chat, "text": "…"}
            return {
                "callback_query": {
                    "id": number_,
                    "from": user,
                    "message": message,
                    "data": raw["tap"],
                    "chat_instance": "1",
                }
            }
        message = {"message_id": int(str(raw["ref"]).lstrip("u")), "date": 1, "chat": chat, "from": user}
        return {"edited_message" if raw.get("edited") else "message": message | self._content(raw, chat, user)}

    def _under(self, where: str, tap: str) -> int:
        """The message with that button."""
        chats = self.town.gateway.chats
        for shown in reversed(chats[where]):
            if any(button.data == tap for row in shown.message.rows for button in row):
                return int(shown.ref)
        return 1

    def _content(self, raw: dict[str, Any], chat: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {"caption" if raw.get("media") else "text": raw["text"]} if raw["text"] else {}
        if raw.get("edited"):
            made["edit_date"] = 2
        if raw.get("anonymous"):
            made |= {"sender_chat": chat, "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
        if raw["text"].startswith("/"):
            made["entities"] = [{"type": "bot_command", "offset": 0, "length": len(raw["text"].split()[0])}]
        for item in raw.get("media", ()):
            file = {"file_id": item["file"], "file_unique_id": "u", "file_size": item["size"]}
            self.stage.server.keep_file(item["file"], FILES[item["file"]].bytes)
            shape = {"width": 9, "height": 9, "duration": 1}
            made[item["kind"]] = [file | shape] if item["kind"] == "photo" else file | shape
        if raw.get("album"):
            made["media_group_id"] = raw["album"]
        if raw.get("point"):
            made["location"] = dict(zip(("latitude", "longitude"), raw["point"], strict=True))
        if raw.get("phone"):
            made["contact"] = {"phone_number": raw["phone"], "first_name": "x", "user_id": user["id"]}
        if raw.get("reply_to"):
            me = {"id": int(self.stage.token.partition(":")[0]), "is_bot": True, "first_name": "网格"}
            made["reply_to_message"] = {"message_id": int(raw["reply_to"]), "date": 1, "chat": chat, "from": me}
        return made
