"""What a visitor says, in the form in which it is stored before it is acknowledged."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.text import storable

TEXT_LENGTH = 4_000  # letters of one message
ANSWER_LENGTH, ANSWERS, FILES = 500, 10, 10
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
_KEY = re.compile(r"[0-9a-f]{32}")


class BadMessage(ValueError):
    """What came cannot be a message of the widget."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message. `client_id` was made by the visitor's browser: sent again, it is the same one.

    `chat` is the key of the conversation it belongs to, empty for a new one. `is_offline`: left
    outside business hours, an ordinary request.
    """

    client_id: str
    text: str = ""
    files: tuple[int, ...] = ()
    chat: str = ""
    answers: tuple[tuple[str, str], ...] = ()  # question, answer
    page_url: str = ""
    page_title: str = ""
    is_offline: bool = False

    def encoded(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def read_spoken(value: object) -> Spoken:
    """A message from JSON of a stranger or from the store. Raises BadMessage."""
    if not isinstance(value, dict):
        raise BadMessage
    client_id, chat = value.get("client_id", ""), value.get("chat") or ""
    if not (isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id)):
        raise BadMessage
    if not (isinstance(chat, str) and (not chat or _KEY.fullmatch(chat))):
        raise BadMessage
    files = value.get("files") or []
    if not isinstance(files, list | tuple) or len(files) > FILES or not all(map(_is_id, files)):
        raise BadMessage
    text = line_text(value, "text", TEXT_LENGTH + 1).strip()
    if len(text) > TEXT_LENGTH or not (text or files):
        raise BadMessage
    return Spoken(
        client_id=client_id, text=text, files=tuple(files), chat=chat,
        answers=_answers(value.get("answers")), page_url=line_text(value, "page_url", 1000),
        page_title=line_text(value, "page_title", 200), is_offline=value.get("is_offline") is True,
    )  # fmt: skip


def line_text(value: Mapping[str, Any], name: str, length: int) -> str:
    """A text of a stranger's JSON, made fit to be kept and cut; empty when it is none."""
    text = value.get(name)
    return storable(text)[:length] if isinstance(text, str) else ""


def _answers(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list | tuple):
        return ()
    pairs = [
        tuple(storable(part).strip()[:ANSWER_LENGTH] for part in pair)
        for pair in value[:ANSWERS]
        if isinstance(pair, list | tuple)
        and len(pair) == 2
        and all(isinstance(part, str) for part in pair)
    ]
    return tuple((question, answer) for question, answer in pairs if answer)


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63
