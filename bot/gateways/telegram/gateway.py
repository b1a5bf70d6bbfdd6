"""Telegram behind our gateway's door: what each call is made of, and what each refusal means."""

import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from bot.gateway import File, Gone, Moved, Part, Sent, Unreachable
from bot.gateways.telegram import writing
from bot.gateways.telegram.library import Library, Rejected
from bot.gateways.telegram.reading import Me, Reader
from cases.errors import Transient
from handlers.chat import Attachment, Incoming, Message
from storage.content.media import Blob
from storage.traffic.pacing import Pace

log = structlog.get_logger()

#: Telegram's usual limits (its FAQ: about 30 messages a second over all, one a second in a chat, 20 a minute in a
#: group), with a little air for the ways of the network
PACE = Pace(overall=1 / 28.8, chat=1.05, group=(20, 61.0))


class TelegramGateway:
    pace: Pace | None = PACE
    menus = True

    def __init__(self, channel: str, library: Library) -> None:
        self.channel, self._library = channel, library
        self._reader = Reader(channel, Me(0, ""))

    async def open(self) -> Me:
        """Who we are. Raises Transient when Telegram is away, Closed when it refuses the token."""
        with self._library.refusals():
            found = await self._library.bot.get_me()
        me = Me(found.id, found.username or "")
        self._reader = Reader(self.channel, me)
        return me

    async def close(self) -> None:
        await self._library.close()

    def read(self, key: str, raw: Any) -> Incoming:
        return self._reader.read(key, self._library.update(raw))

    def parts(self, message: Message, blobs: Sequence[Blob], *, silent: bool = False) -> list[Part]:
        return writing.parts(message, blobs, silent=silent)

    async def send(self, address: str, part: Part) -> Sent:
        if not part.blobs:
            return await self._text(address, part)
        try:
            return await self._files(address, part, cached=True)
        except (Rejected, Gone):  # a name Telegram gave for the file once may be worth nothing any more
            if not any(blob.file for blob in part.blobs):
                raise
            return await self._files(address, part, cached=False)

    async def _text(self, address: str, part: Part) -> Sent:
        message, build = part.message, self._library.build
        entities = None
        if message.mention:
            named = writing.units(message.text.partition(" ")[0])
            user = build("User", id=int(message.mention), is_bot=False, first_name="?")
            entities = [build("MessageEntity", type="text_mention", offset=0, length=named, user=user)]
        with self._library.refusals():
            sent = await self._library.bot.send_message(
                **_to(address),
                text=message.text,
                entities=entities,
                disable_notification=part.silent or None,
                reply_markup=writing.markup(self._library, message, private=not address.startswith("-")),
                link_preview_options=build("LinkPreviewOptions", is_disabled=True),
            )
        return Sent(str(sent.message_id))

    async def _files(self, address: str, part: Part, *, cached: bool) -> Sent:
        bot, to = self._library.bot, _to(address)
        alone = len(part.blobs) == 1
        sources = [self._source(blob, cached=cached, attach=not alone) for blob in part.blobs]
        with self._library.refusals():
            if alone:
                kind = writing.kind(part.blobs[0])
                call = getattr(bot, f"send_{kind}")
                sent = [await call(**to, **{kind: sources[0]}, disable_notification=part.silent or None)]
            else:
                media = [
                    self._library.build(f"InputMedia{writing.kind(blob).capitalize()}", media=source)
                    for blob, source in zip(part.blobs, sources, strict=True)
                ]
                sent = await bot.send_media_group(**to, media=media, disable_notification=part.silent or None)
        files = {blob.id: _file_of(message) for blob, message in zip(part.blobs, sent, strict=False)}
        return Sent(str(sent[0].message_id), {id_: file for id_, file in files.items() if file})

    def _source(self, blob: Blob, *, cached: bool, attach: bool) -> Any:
        if cached and blob.file:
            return blob.file
        name = blob.name or f"{blob.kind}{mimetypes.guess_extension(blob.mime) or ''}"
        return self._library.upload(blob.bytes, name, attach=attach)

    async def edit(self, address: str, ref: str, message: Message) -> None:
        try:
            with self._library.refusals():
                await self._library.bot.edit_message_text(
                    text=writing.shortened(message.text),
                    chat_id=_to(address)["chat_id"],
                    message_id=int(ref),
                    reply_markup=writing.markup(self._library, Message("", message.rows), private=True),
                    link_preview_options=self._library.build("LinkPreviewOptions", is_disabled=True),
                )
        except Rejected as error:
            if "not modified" not in str(error).lower():
                raise Gone(str(error)) from error

    async def strip(self, address: str, ref: str) -> None:
        try:
            with self._library.refusals():
                await self._library.bot.edit_message_reply_markup(chat_id=_to(address)["chat_id"], message_id=int(ref))
        except (Rejected, Gone, Moved):
            pass  # without buttons already, or gone; in a group that moved nothing is pressed any more

    async def acknowledge(self, incoming: Incoming, words: str = "") -> None:
        await self._courtesy(
            "answer_callback_query",
            callback_query_id=incoming.tap_id,
            text=words[:200] or None,
            show_alert=True if words else None,
        )

    async def typing(self, incoming: Incoming) -> None:
        await self._courtesy("send_chat_action", **_to(incoming.chat), action="typing")

    async def menu(self, address: str, commands: Mapping[str, str]) -> None:
        scope = self._library.build("BotCommandScopeChat", chat_id=_to(address)["chat_id"])
        with self._library.refusals():
            if commands:
                await self._library.bot.set_my_commands(self._commands(commands), scope=scope)
            else:
                await self._library.bot.delete_my_commands(scope=scope)

    async def offer(self, by_language: Mapping[str, Mapping[str, str]], groups: Mapping[str, str], main: str) -> None:
        """The menus of whoever has none of their own: by the language of their app, and for groups."""
        with self._library.refusals():
            for language, commands in by_language.items():
                code = None if language == main else language
                await self._library.bot.set_my_commands(self._commands(commands), language_code=code)
            scope = self._library.build("BotCommandScopeAllGroupChats")
            await self._library.bot.set_my_commands(self._commands(groups), scope=scope)

    def _commands(self, commands: Mapping[str, str]) -> list[Any]:
        return [
            self._library.build("BotCommand", command=name.lstrip("/"), description=words)
            for name, words in commands.items()
        ]

    async def listen_at(self, url: str, secret: str, kinds: Sequence[str]) -> None:
        """Updates come to this address from now on; with none, they are asked for."""
        with self._library.refusals():
            if url:
                await self._library.bot.set_webhook(url=url, secret_token=secret, allowed_updates=list(kinds))
            else:
                await self._library.bot.delete_webhook()

    async def fetch(self, attachment: Attachment) -> File:
        try:
            with self._library.refusals():
                body = await self._library.download(attachment.file)
        except (Rejected, Unreachable) as error:
            raise Gone(str(error)) from error
        return File(body, "", attachment.name)

    async def _courtesy(self, name: str, **fields: Any) -> None:
        try:
            with self._library.refusals():
                await getattr(self._library.bot, name)(**fields)
        except (Transient, Rejected, Gone, Moved, Unreachable) as error:
            log.info("no courtesy", what=name, error=str(error))


def _to(address: str) -> dict[str, Any]:
    """A chat, or a topic of a forum: "-100123/45"."""
    chat, _, thread = address.partition("/")
    return {"chat_id": int(chat), **({"message_thread_id": int(thread)} if thread else {})}


def _file_of(message: Any) -> str:
    """What Telegram calls the file that was sent."""
    if message.photo:
        return str(message.photo[-1].file_id)
    found = next((f for f in (message.voice, message.video, message.document) if f is not None), None)
    return str(found.file_id) if found is not None else ""
