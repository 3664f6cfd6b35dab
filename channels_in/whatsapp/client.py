"""The WhatsApp Cloud API for one phone number (developers.facebook.com/docs/whatsapp/cloud-api)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.meta.graph import Graph
from channels_in.models import Connection
from channels_in.networks.files import max_bytes, readable
from channels_in.networks.network import (
    Outgoing,
    OutgoingFile,
    Profile,
    Refused,
    Sent,
)
from channels_in.networks.parts import said_in_parts
from channels_in.payloads import Payload
from channels_in.whatsapp.templates import Template, template_of

CAPTION = 1024  # letters beside a picture, video or document
PAGES = 10  # of templates
# Hosts that files of customers lie at; only these are shown the token.
MEDIA_HOSTS = ("fbsbx.com", "facebook.com", "fbcdn.net", "whatsapp.net")
# What goes as a picture, a sound or a film, and up to which size; the rest are documents.
_SHOWN = {
    "image/jpeg": ("image", 5), "image/png": ("image", 5), "video/mp4": ("video", 16),
    "video/3gpp": ("video", 16), "audio/aac": ("audio", 16), "audio/mp4": ("audio", 16),
    "audio/mpeg": ("audio", 16), "audio/amr": ("audio", 16), "audio/ogg": ("audio", 16),
}  # fmt: skip
_MB = 1024 * 1024
_DOCUMENT_MB = 100


class WhatsAppClient:
    def __init__(self, connection: Connection) -> None:
        self._graph = Graph(connection.secret("access_token"))
        self._number = str(connection.setting("phone_number_id"))
        self._business = str(connection.setting("business_account_id"))

    def close(self) -> None:
        self._graph.close()

    def who_am_i(self) -> Profile:
        me = self._graph.get(self._number, fields="id,display_phone_number,verified_name")
        digits = "".join(letter for letter in me.text("display_phone_number") if letter.isdigit())
        url = f"https://wa.me/{digits}" if digits else ""
        return Profile(f"+{digits}" if digits else me.text("id"), me.text("verified_name"), url)

    def listen_at(self, url: str, secret: str) -> None:
        """Have messages of this number sent to `url`, whatever the app's own address is."""
        self._graph.post(f"{self._business}/subscribed_apps", is_sending=False)
        self._graph.post(
            self._number, is_sending=False,
            json={"webhook_configuration": {"override_callback_uri": url, "verify_token": secret}},
        )  # fmt: skip

    def templates(self) -> list[Template]:
        """The approved texts of the business account."""
        return list(self._templates())

    def _templates(self) -> Iterator[Template]:
        options: dict[str, str] = {}
        for _page in range(PAGES):
            said = self._graph.get(
                f"{self._business}/message_templates", limit="100", status="APPROVED",
                fields="name,language,status,category,components", **options,
            )  # fmt: skip
            for row in said.each("data"):
                if row.text("status") == "APPROVED" and (template := template_of(row)):
                    yield template
            after = said.of("paging").of("cursors").text("after")
            if not after or "next" not in said.of("paging"):
                return
            options = {"after": after}

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """Two steps: the id gives an address for five minutes, the address gives the bytes."""
        about = self._graph.get(file.reference)
        if (about.number("file_size") or 0) > max_bytes():
            raise Refused("The file is larger than files may be here.")
        host = urlsplit(about.text("url")).hostname or ""
        if not any(host == own or host.endswith(f".{own}") for own in MEDIA_HOSTS):
            raise Refused("The file lies at an unknown host.")
        answer = self._graph.read_file(about.text("url"), max_bytes=max_bytes())
        kind = about.text("mime_type").partition(";")[0].strip().lower()
        return IncomingAttachment(file.filename, kind or file.content_type, answer.content)

    def send(self, outgoing: Outgoing) -> Sent:
        """The text, or an approved template; files with the text beneath the first where that
        goes. Files are uploaded before anything is said.
        """
        parts = [self._template(outgoing)] if outgoing.template else self._parts(outgoing)
        steps = [
            partial(self._say, outgoing, part, is_first=at == 0) for at, part in enumerate(parts)
        ]
        return said_in_parts(steps, conversation=_number(outgoing))

    def _say(self, outgoing: Outgoing, part: dict[str, Any], *, is_first: bool) -> str:
        quoted = {"context": {"message_id": outgoing.in_reply_to}}
        said = self._graph.post(
            f"{self._number}/messages",
            json={
                "messaging_product": "whatsapp", "recipient_type": "individual",
                "to": _number(outgoing), **part,
                **(quoted if outgoing.in_reply_to and is_first else {}),
            },
        )  # fmt: skip
        return said.first("messages").text("id")

    def _template(self, outgoing: Outgoing) -> dict[str, Any]:
        name, language = outgoing.template.get("name", ""), outgoing.template.get("language", "")
        template = Template(name=name, language=language, **_shape(outgoing.template))
        return template.as_message(outgoing.template.get("values", {}))

    def _parts(self, outgoing: Outgoing) -> list[dict[str, Any]]:
        files = [(file, _kind(file)) for file in outgoing.files]
        fits = bool(files) and files[0][1] != "audio" and len(outgoing.text) <= CAPTION
        parts = [] if fits or not outgoing.text else [_text(outgoing.text)]
        for at, (file, kind) in enumerate(files):
            media: dict[str, Any] = {"id": self._uploaded(file)}
            if kind == "document":
                media["filename"] = file.filename
            if at == 0 and fits and outgoing.text:
                media["caption"] = outgoing.text
            parts.append({"type": kind, kind: media})
        return parts

    def _uploaded(self, file: OutgoingFile) -> str:
        if file.size > _DOCUMENT_MB * _MB:
            raise Refused(f"{file.filename} is larger than WhatsApp takes (100 MB).")
        said = self._graph.post(
            f"{self._number}/media", is_sending=False,
            data={"messaging_product": "whatsapp", "type": file.content_type},
            files={"file": (file.filename, readable(file), file.content_type)},
        )  # fmt: skip
        return said.text("id")


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _number(outgoing: Outgoing) -> str:
    return outgoing.handle.value.lstrip("+")


def _kind(file: OutgoingFile) -> str:
    kind, megabytes = _SHOWN.get(file.content_type, ("document", 0))
    return kind if file.size <= megabytes * _MB else "document"


def _shape(stored: Any) -> dict[str, Any]:
    parts = Payload(dict(stored))
    return {
        name: tuple(value) if isinstance(value := parts.values.get(name), list | tuple) else ()
        for name in ("header_fields", "body_fields", "button_fields")
    }
