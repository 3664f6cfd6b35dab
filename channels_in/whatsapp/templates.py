"""Texts that WhatsApp has approved: what may be said when the customer wrote too long ago.

A template has a body with fields, `{{1}}` or `{{name}}`, and may have a header and buttons with
fields of their own (docs/whatsapp/business-management-api/message-templates of Meta).
Those whose header is a picture, film or file are left out: there is nowhere to choose one yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels_in.payloads import Payload

FIELD = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}")
VALUE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Template:
    """`*_fields` are the names between the braces, in order; a button's is its place."""

    name: str
    language: str
    category: str = ""
    header: str = ""
    body: str = ""
    footer: str = ""
    header_fields: tuple[str, ...] = ()
    body_fields: tuple[str, ...] = ()
    button_fields: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.name}/{self.language}"

    @property
    def fields(self) -> list[str]:
        """Names of all values it needs, as a form asks for them."""
        parts = (("header", self.header_fields), ("body", self.body_fields),
                 ("button", self.button_fields))  # fmt: skip
        return [f"{part}.{name}" for part, names in parts for name in names]

    def missing(self, values: Mapping[str, str]) -> list[str]:
        return [name for name in self.fields if not values.get(name, "").strip()]

    def filled(self, values: Mapping[str, str]) -> str:
        """The text as the customer reads it."""
        parts = (
            _fill(self.header, "header", values), _fill(self.body, "body", values), self.footer
        )  # fmt: skip
        return "\n\n".join(part for part in parts if part)

    def as_metadata(self, values: Mapping[str, str]) -> dict[str, Any]:
        """What the reply keeps of it, enough to send it."""
        return {
            "name": self.name, "language": self.language,
            "header_fields": list(self.header_fields), "body_fields": list(self.body_fields),
            "button_fields": list(self.button_fields),
            "values": {name: _value(values.get(name, "")) for name in self.fields},
        }  # fmt: skip

    def as_message(self, values: Mapping[str, str]) -> dict[str, Any]:
        """The part of a message that the API wants."""
        components: list[dict[str, Any]] = []
        for part, names in (("header", self.header_fields), ("body", self.body_fields)):
            if names:
                parameters = [_parameter(part, name, values) for name in names]
                components.append({"type": part, "parameters": parameters})
        for place in self.button_fields:
            text = _value(values.get(f"button.{place}", ""))
            components.append(
                {"type": "button", "sub_type": "url", "index": place,
                 "parameters": [{"type": "text", "text": text}]}
            )  # fmt: skip
        template = {"name": self.name, "language": {"code": self.language}}
        if components:
            template["components"] = components  # type: ignore[assignment]
        return {"type": "template", "template": template}


def template_of(row: Payload) -> Template | None:
    """One row of `message_templates`; None for what cannot be sent from here."""
    parts = {part.text("type").upper(): part for part in row.each("components")}
    header, body = parts.get("HEADER", Payload()), parts.get("BODY", Payload())
    if header and header.text("format").upper() != "TEXT":
        return None
    if not body.text("text") or not row.text("name"):
        return None
    buttons = parts.get("BUTTONS", Payload()).each("buttons")
    return Template(
        name=row.text("name"), language=row.text("language"), category=row.text("category"),
        header=header.text("text"), body=body.text("text"),
        footer=parts.get("FOOTER", Payload()).text("text"),
        header_fields=_fields(header.text("text")), body_fields=_fields(body.text("text")),
        button_fields=tuple(
            str(at) for at, button in enumerate(buttons) if FIELD.search(button.text("url"))
        ),
    )  # fmt: skip


def _fields(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(FIELD.findall(text)))


def _fill(text: str, part: str, values: Mapping[str, str]) -> str:
    return FIELD.sub(lambda found: values.get(f"{part}.{found[1]}", "").strip() or "…", text)


def _parameter(part: str, name: str, values: Mapping[str, str]) -> dict[str, str]:
    text = _value(values.get(f"{part}.{name}", ""))
    named = {} if name.isdecimal() else {"parameter_name": name}
    return {"type": "text", **named, "text": text}


def _value(text: str) -> str:
    """WhatsApp takes no line ends, tabs or rows of spaces in a value."""
    return " ".join(text.split())[:VALUE_LENGTH]
