"""The Telegram Bot API (core.telegram.org/bots/api) for one bot."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.models import Connection
from channels_in.networks.files import max_bytes, readable
from channels_in.networks.network import (
    Heard,
    NetworkError,
    Outgoing,
    OutgoingFile,
    Page,
    Profile,
    RateLimited,
    Refused,
    Sent,
    TokenExpired,
    Uncertain,
    Unreachable,
)
from channels_in.networks.parts import said_in_parts
from channels_in.payloads import Payload, stored
from channels_in.telegram.parse import MESSAGES, message_key
from core import clock
from core.http import Http, HttpError

HOST = "https://api.telegram.org"
CAPTION = 1024  # characters
DOWNLOAD = 20 * 1024 * 1024  # bytes that getFile hands out
UPLOAD = 50 * 1024 * 1024
PHOTO = 10 * 1024 * 1024
PACE = timedelta(seconds=3)  # of asking, where Telegram cannot come to us
UPDATES = [*MESSAGES, "callback_query"]
_METHODS = {"image/jpeg": ("sendPhoto", "photo"), "image/png": ("sendPhoto", "photo"),
            "video/mp4": ("sendVideo", "video"), "audio/mpeg": ("sendAudio", "audio"),
            "audio/mp4": ("sendAudio", "audio"), "audio/ogg": ("sendVoice", "voice")}  # fmt: skip


class TelegramClient:
    def __init__(self, connection: Connection) -> None:
        self._token = connection.secret("token")
        self._http = Http(f"{HOST}/bot{self._token}/")

    def close(self) -> None:
        self._http.close()

    def who_am_i(self) -> Profile:
        me = Payload(self._ask("getMe"))
        username = me.text("username")
        return Profile(username.lower(), me.text("first_name"), f"https://t.me/{username}")

    def listen_at(self, url: str, secret: str) -> None:
        """Have updates posted to `url`; until that works they are asked for."""
        self._ask("setWebhook", url=url, secret_token=secret, allowed_updates=UPDATES)

    def stop_listening(self) -> None:
        """Updates wait to be asked for again."""
        self._ask("deleteWebhook", drop_pending_updates=False)

    def poll(self, cursor: dict[str, Any]) -> Page:
        """Updates after the last one. Asking for the next ones forgets those before them there,
        so the cursor must be stored after the messages are.
        """
        offset = int(cursor.get("offset", 0))
        asked: dict[str, Any] = {"limit": 100, "timeout": 0, "allowed_updates": UPDATES}
        if offset:
            asked["offset"] = offset
        rows = self._ask("getUpdates", **asked)
        updates = [Payload(row) for row in (rows if isinstance(rows, list) else [])]
        last = max((update.number("update_id") or 0 for update in updates), default=offset - 1)
        heard = [each for update in updates for each in heard_in(update)]
        return Page(
            heard, {"offset": last + 1}, has_more=len(updates) == 100,
            next_at=clock.now() + PACE,
        )  # fmt: skip

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """Two steps: a path for an hour, then the bytes. Bots get no more than 20 MB."""
        if file.size and file.size > min(DOWNLOAD, max_bytes()):
            raise Refused(_("The file is larger than Telegram hands out to programs (20 MB)."))
        path = Payload(self._ask("getFile", file_id=file.reference)).text("file_path")
        try:
            answer = self._http.request(
                "GET", f"{HOST}/file/bot{self._token}/{path}", max_bytes=max_bytes()
            )
        except HttpError as error:
            raise Unreachable(self._clean(str(error))) from error
        if answer.status_code != 200:
            raise Unreachable(_("Telegram did not hand the file out."))
        return IncomingAttachment(file.filename, file.content_type, answer.content)

    def send(self, outgoing: Outgoing) -> Sent:
        """The text, beneath the first file where it fits there."""
        chat = outgoing.conversation or outgoing.handle.value
        files = list(outgoing.files)
        fits = bool(files) and len(outgoing.text) <= CAPTION
        steps = [] if fits or not outgoing.text else [partial(self._say, chat, outgoing)]
        for at, file in enumerate(files):
            caption = outgoing.text if fits and at == 0 else ""
            steps.append(partial(self._hand, chat, file, caption, outgoing))
        return said_in_parts(steps, conversation=chat)

    def _say(self, chat: str, outgoing: Outgoing) -> str:
        said = self._ask(
            "sendMessage", is_sending=True, chat_id=chat, text=outgoing.text,
            link_preview_options={"is_disabled": True}, **_quoted(outgoing),
        )  # fmt: skip
        return _key_of(Payload(said))

    def _hand(self, chat: str, file: OutgoingFile, caption: str, outgoing: Outgoing) -> str:
        if file.size > UPLOAD:
            raise Refused(_("%(name)s is larger than Telegram takes from programs (50 MB).")
                          % {"name": file.filename})  # fmt: skip
        method, field = _METHODS.get(file.content_type, ("sendDocument", "document"))
        if method == "sendPhoto" and file.size > PHOTO:
            method, field = "sendDocument", "document"
        options = {"chat_id": chat, "caption": caption, **_quoted(outgoing)}
        data = {k: v if isinstance(v, str) else json.dumps(v) for k, v in options.items() if v}
        said = self._call(
            method, is_sending=True, data=data,
            files={field: (file.filename, readable(file), file.content_type)},
        )  # fmt: skip
        return _key_of(Payload(said))

    def _ask(self, method: str, *, is_sending: bool = False, **options: Any) -> Any:
        return self._call(method, is_sending=is_sending, json=options)

    def _call(self, method: str, *, is_sending: bool, **options: Any) -> Any:
        try:
            answer = self._http.request("POST", method, **options)
        except HttpError as error:
            kind = Uncertain if is_sending and error.has_left else Unreachable
            raise kind(self._clean(str(error))) from None  # the address holds the token
        try:
            said = Payload(answer.json())
        except ValueError:
            said = Payload()
        if said.values.get("ok") is True:
            return said.values.get("result")
        raise error_of(said, answer.status_code, is_sending=is_sending)

    def _clean(self, words: str) -> str:
        return words.replace(self._token, "…") if self._token else words


def heard_in(update: Payload) -> list[Heard]:
    """What a person said in an update; nothing for the rest of what Telegram tells."""
    if not any(name in update for name in UPDATES) or not update.text("update_id"):
        return []
    return [Heard(stored(**update.values), f"update-{update.text('update_id')}")]


def error_of(said: Payload, status: int, *, is_sending: bool) -> NetworkError:
    """What an answer without `ok` means."""
    code = said.number("error_code") or status
    words = said.text("description") or _("Telegram answered with status %(status)d.") % {
        "status": status
    }
    if code in (401, 404):  # 404 is Telegram's answer to a token that never was one
        return TokenExpired(words)
    if code == 429:
        wait = said.of("parameters").number("retry_after") or 60
        return RateLimited(words, retry_after=wait)
    if code == 403:
        return Refused(_("The customer has blocked the bot, or left the chat. (%(words)s)")
                       % {"words": words})  # fmt: skip
    if code == 409:
        return Unreachable(words)  # somebody else asks for updates, or a webhook is set
    if code >= 500:
        return Uncertain(words) if is_sending else Unreachable(words)
    return Refused(words)


def _key_of(said: Payload) -> str:
    return message_key(said.of("chat").text("id"), said.text("message_id"))


def _quoted(outgoing: Outgoing) -> dict[str, Any]:
    parts = outgoing.in_reply_to.split("/")
    if len(parts) < 2 or not parts[1].isdecimal():
        return {}
    answered = {"message_id": int(parts[1]), "allow_sending_without_reply": True}
    return {"reply_parameters": answered}
