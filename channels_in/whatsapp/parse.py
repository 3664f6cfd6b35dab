"""A message of the WhatsApp Cloud API, as one webhook carried it.

Stored is `{"contact": …, "message": …, "metadata": …}`: one entry of `messages` with the contact it
names (Meta, "Webhooks notification payload reference", Graph API v23), or with `is_echo` one of
`message_echoes`: what the business wrote in its app on a telephone. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from channels_in.adapters import UnreadableMessage
from channels_in.messages import Handle, IncomingMessage, RemoteFile
from channels_in.models import InboundItem
from channels_in.payloads import Payload, card_text, payload_of, place_text, subject_of

MEDIA = ("image", "audio", "voice", "video", "document", "sticker")
_NAMES = {"image": "photo", "audio": "audio", "voice": "voice", "video": "video",
          "document": "document", "sticker": "sticker"}  # fmt: skip
_SILENT = ("reaction", "system", "revoke", "edit")  # nothing is asked by these


def parse(raw: bytes, item: InboundItem | None = None) -> IncomingMessage:
    """Raises UnreadableMessage for what names no sender."""
    stored = payload_of(raw)
    said, contact = stored.of("message"), stored.of("contact")
    is_echo = stored.values.get("is_echo") is True
    number = said.text("to") if is_echo else said.text("from") or contact.text("wa_id")
    if not number or not said.text("id"):
        raise UnreadableMessage("This WhatsApp message names nobody.")
    kind = said.text("type")
    text = _text(kind, said)
    files = _files(kind, said)
    is_silent = kind in _SILENT
    answered = (
        said.of("context").text("id")
        or said.of("reaction").text("message_id")
        or said.of(kind).text("original_message_id")
    )
    handle = Handle(
        kind="whatsapp", value=f"+{number.lstrip('+')}",
        name=contact.of("profile").text("name")[:200],
    )  # fmt: skip
    return IncomingMessage(
        subject=subject_of(text) or _kind_word(kind),
        text=text,
        reply_text=text,
        date=said.moment("timestamp"),
        remote_files=files,
        message_id=said.text("id")[:255],
        in_reply_to=(answered,) if answered else (),
        is_auto_reply=is_silent,
        auto_reply_reason=kind if is_silent else "",
        may_be_answered=not is_silent,
        author=None if is_echo else handle,
        said_to=handle if is_echo else None,
        conversation=number.lstrip("+"),
        is_private=True,
    )  # fmt: skip


def _text(kind: str, said: Payload) -> str:
    reader = _READERS.get(kind)
    if reader:
        return reader(said.of(kind)).strip()
    if kind in MEDIA:
        return said.of(kind).text("caption").strip()
    return _unsupported(said)


def _interactive(part: Payload) -> str:
    """The answer to buttons or a list, or the fields of a form (a “flow”)."""
    chosen = part.of("button_reply") or part.of("list_reply")
    if chosen:
        return "\n".join(filter(None, [chosen.text("title"), chosen.text("description")]))
    flow = part.of("nfm_reply")
    try:
        answers = json.loads(flow.text("response_json") or "{}")
    except ValueError:
        answers = {}
    lines = [
        f"{name}: {Payload({'v': value}).text('v')}"
        for name, value in (answers.items() if isinstance(answers, dict) else ())
        if name != "flow_token"
    ]
    return "\n".join(filter(None, [flow.text("body"), *lines]))


def _location(part: Payload) -> str:
    return place_text(
        part.text("latitude"), part.text("longitude"), part.text("name"), part.text("address")
    )


def _order(part: Payload) -> str:
    lines = [
        f"{row.text('quantity')} × {row.text('product_retailer_id')} "
        f"({row.text('item_price')} {row.text('currency')})"
        for row in part.each("product_items")
    ]
    return "\n".join(filter(None, [part.text("text"), *lines]))


def _edited(part: Payload) -> str:
    """What a message says now (it was changed by its writer)."""
    message = part.of("message")
    return _text(message.text("type"), message)


def _contacts(said: Payload) -> str:
    cards = []
    for card in said.each("contacts"):
        lines = [row.text("phone") for row in card.each("phones")]
        lines += [row.text("email") for row in card.each("emails")]
        cards.append(card_text(card.of("name").text("formatted_name"), *lines))
    return "\n\n".join(cards)


def _unsupported(said: Payload) -> str:
    if said.text("type") == "contacts":
        return _contacts(said)
    trouble = said.first("errors")
    why = trouble.of("error_data").text("details") or trouble.text("title")
    return f"[{why or 'A message of a kind that WhatsApp does not hand over.'}]"


_READERS: Mapping[str, Callable[[Payload], str]] = {
    "text": lambda part: part.text("body"),
    "button": lambda part: part.text("text") or part.text("payload"),
    "interactive": _interactive,
    "location": _location,
    "order": _order,
    "reaction": lambda part: part.text("emoji"),
    "system": lambda part: part.text("body"),
    "revoke": lambda part: "[The message was taken back by its writer.]",
    "edit": _edited,
}


def _files(kind: str, said: Payload) -> tuple[RemoteFile, ...]:
    part = said.of(kind)
    if kind not in MEDIA or not part.text("id"):
        return ()
    kind = "voice" if part.values.get("voice") is True else kind
    return (
        RemoteFile(
            reference=part.text("id")[:500],
            filename=part.text("filename") or _NAMES[kind],
            content_type=part.text("mime_type").partition(";")[0].strip().lower()[:127],
        ),
    )


def _kind_word(kind: str) -> str:
    return _NAMES.get(kind, "").capitalize()
