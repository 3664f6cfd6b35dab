"""An update of the Telegram Bot API (core.telegram.org/bots/api#update). Pure.

Messages and edits carry the same `message_id`; an edit is stored and shown as a message of its own
that answers the one it replaces, because what a customer had written stays on the record.
"""

from __future__ import annotations

from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage, RemoteFile
from channels_in.models import InboundItem
from channels_in.payloads import Payload, card_text, payload_of, place_text, subject_of

MESSAGES = ("message", "edited_message", "business_message", "edited_business_message")
_FILES = ("document", "video", "voice", "audio", "animation", "video_note", "sticker")
# Telegram sends these as they are, without a name of their own.
_ENDINGS = {"voice": "voice.ogg", "video": "video.mp4", "animation": "animation.mp4",
            "video_note": "video.mp4", "audio": "audio.mp3"}  # fmt: skip


def parse(raw: bytes, item: InboundItem | None = None) -> IncomingMessage:
    """Raises UnreadableMessage for updates without a person and their words."""
    update = payload_of(raw)
    if "callback_query" in update:
        return _pressed(update.of("callback_query"))
    name = next((name for name in MESSAGES if name in update), "")
    said = update.of(name)
    person, chat = said.of("from"), said.of("chat")
    if not name or not chat.text("id") or not person.text("id"):
        raise UnreadableMessage("This Telegram update carries no message of a person.")
    text = _text(said)
    answers = said.of("reply_to_message").text("message_id")
    is_edit = name.startswith("edited")
    if is_edit:
        text, answers = f"✏️ {text}", said.text("message_id")
    return IncomingMessage(
        subject=subject_of(text.removeprefix("✏️ ")) or _kind_word(said),
        text=text,
        reply_text=text,
        date=said.moment("edit_date") or said.moment("date"),
        remote_files=_files(said),
        message_id=message_key(chat.text("id"), said.text("message_id"), said.text("edit_date")),
        in_reply_to=(message_key(chat.text("id"), answers),) if answers else (),
        is_auto_reply=is_edit or text == "/start",
        auto_reply_reason="edit" if is_edit else "start" if text == "/start" else "",
        may_be_answered=not is_edit,
        author=_handle(person),
        conversation=chat.text("id"),
        is_private=chat.text("type") in ("", "private"),
    )


def message_key(chat: str, number: str, edited: str = "") -> str:
    """Message numbers of Telegram are unique within a chat only."""
    return f"{chat}/{number}" + (f"/{edited}" if edited else "")


def _pressed(query: Payload) -> IncomingMessage:
    """A button under one of our messages."""
    person, message = query.of("from"), query.of("message")
    chat = message.of("chat").text("id") or person.text("id")
    if not person.text("id") or not query.text("id"):
        raise UnreadableMessage("This Telegram update carries no message of a person.")
    text = _button_words(message, query.text("data")) or query.text("data")
    return IncomingMessage(
        subject=subject_of(text), text=text, reply_text=text,
        message_id=f"{chat}/button/{query.text('id')}"[:255],
        in_reply_to=(message_key(chat, message.text("message_id")),) if message else (),
        author=_handle(person), conversation=chat, is_private=True,
    )  # fmt: skip


def _button_words(message: Payload, pressed: str) -> str:
    rows = message.of("reply_markup").values.get("inline_keyboard")
    for row in rows if isinstance(rows, list) else []:
        for button in row if isinstance(row, list) else []:
            if Payload(button).text("callback_data") == pressed:
                return Payload(button).text("text")
    return ""


def _handle(person: Payload) -> Handle:
    name = f"{person.text('first_name')} {person.text('last_name')}".strip()
    username = person.text("username")
    return Handle(
        kind="telegram", value=person.text("id"), name=(name or username)[:200],
        url=f"https://t.me/{username}" if username else "",
        language=person.text("language_code")[:35],
    )  # fmt: skip


def _text(said: Payload) -> str:
    plain = said.text("text") or said.text("caption")
    if plain:
        return plain.strip()
    venue, place, card = said.of("venue"), said.of("location"), said.of("contact")
    if place:
        return place_text(
            place.text("latitude"), place.text("longitude"), venue.text("title"),
            venue.text("address"),
        )  # fmt: skip
    if card:
        name = f"{card.text('first_name')} {card.text('last_name')}"
        return card_text(name, card.text("phone_number"))
    if poll := said.of("poll"):
        options = [f"– {row.text('text')}" for row in poll.each("options")]
        return "\n".join([f"📊 {poll.text('question')}", *options])
    dice = said.of("dice")
    return said.of("sticker").text("emoji") or f"{dice.text('emoji')} {dice.text('value')}".strip()


def _files(said: Payload) -> tuple[RemoteFile, ...]:
    """The largest size of a photo, and whatever else is there, each once."""
    found: dict[str, RemoteFile] = {}
    photos = list(said.each("photo"))
    if photos:
        best = max(photos, key=lambda row: (row.number("width") or 0) * (row.number("height") or 0))
        found[best.text("file_id")] = _file(best, "photo.jpg", "image/jpeg")
    for name in _FILES:
        part = said.of(name)
        if part.text("file_id"):
            found.setdefault(part.text("file_id"), _file(part, _name(name, part)))
    return tuple(file for file in found.values() if file.reference)


def _name(kind: str, part: Payload) -> str:
    if kind == "sticker":
        is_video = part.values.get("is_video") is True
        is_animated = part.values.get("is_animated") is True
        return "sticker.webm" if is_video else "sticker.tgs" if is_animated else "sticker.webp"
    return part.text("file_name") or _ENDINGS.get(kind, kind)


def _file(part: Payload, name: str, content_type: str = "") -> RemoteFile:
    return RemoteFile(
        reference=part.text("file_id")[:500], filename=part.text("file_name") or name,
        content_type=(part.text("mime_type") or content_type).lower()[:127],
        size=part.number("file_size"),
    )  # fmt: skip


def _kind_word(said: Payload) -> str:
    names = ("photo", *_FILES)
    return next((name.replace("_", " ").capitalize() for name in names if name in said), "")
