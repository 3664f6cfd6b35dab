"""The shapes of the people of the demo: agents, organisations and customers."""

from __future__ import annotations

from dataclasses import dataclass

_ZONES = {
    "en": "Europe/London",
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es": "Europe/Madrid",
    "it": "Europe/Rome",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "pt": "Europe/Lisbon",
    "tr": "Europe/Istanbul",
    "sv": "Europe/Stockholm",
    "ar": "Europe/Berlin",
    "he": "Asia/Jerusalem",
    "ja": "Asia/Tokyo",
    "zh": "Europe/Paris",
    "ko": "Asia/Seoul",
    "ru": "Europe/Riga",
    "uk": "Europe/Warsaw",
    "el": "Europe/Athens",
    "hi": "Europe/London",
}


@dataclass(frozen=True)
class Agent:
    """Someone who works at BrightCart; role is admin, lead, agent or light_agent."""

    key: str
    name: str
    email: str
    role: str
    groups: tuple[str, ...]
    signature: str
    time_zone: str


@dataclass(frozen=True)
class Organisation:
    """A company or institution that several customers write for."""

    key: str
    name: str
    domains: tuple[str, ...]


@dataclass(frozen=True)
class Customer:
    """Someone who writes to BrightCart; language is a BCP 47 tag, handles are (network, handle)."""

    key: str
    name: str
    email: str
    organisation: str | None
    language: str
    time_zone: str
    phone: str | None
    handles: tuple[tuple[str, str], ...]
    notes: str


def person(
    key: str,
    name: str,
    email: str,
    language: str = "en",
    organisation: str | None = None,
    *,
    zone: str | None = None,
    phone: str | None = None,
    handles: tuple[tuple[str, str], ...] = (),
    notes: str = "",
) -> Customer:
    """A customer; without a zone it is the usual one of the language."""
    zone = zone or _ZONES[language.split("-")[0]]
    return Customer(key, name, email, organisation, language, zone, phone, handles, notes)
