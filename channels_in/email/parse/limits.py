"""Bounds of the mail parser. Past a bound it stops reading that thing and notes a defect."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableMail(Exception):
    """The bytes cannot be read as a mail at all; the text is safe to show to an administrator."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a mail is looked at. Sizes are bytes unless the name says characters.

    The defaults keep a 50 MB message under one second and 250 MB (the whole process); real mail has
    well under 100 parts and less than ten levels. Characters are those of all parts together.
    """

    max_message_size: int = 64 * 1024 * 1024
    max_header_size: int = 256 * 1024
    max_headers: int = 1000
    max_header_value: int = 64 * 1024
    max_addresses: int = 500
    max_references: int = 100
    max_parts: int = 500
    max_depth: int = 20
    max_attachments: int = 200
    max_attachments_size: int = 64 * 1024 * 1024
    max_text_characters: int = 1_000_000
    max_html_characters: int = 2_000_000
