"""What people often want out of a message: card numbers, bank accounts, passwords."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PASSWORD = re.compile(
    r"(?:password|passwort|kennwort|passphrase|mot de passe|contraseña|pin)"
    r"\s*(?:is|ist|:|=)\s*(\S{3,64})",
    re.IGNORECASE,
)
LIMIT = 20
READ = 50_000  # letters


@dataclass(frozen=True, slots=True)
class Finding:
    text: str
    kind: str | Promise


def findings_in(text: str) -> list[Finding]:
    """At most LIMIT, in order, each text once."""
    text = text[:READ]
    found = [(m.start(), m[0], _("card number")) for m in _CARD.finditer(text) if _is_card(m[0])]
    found += [(m.start(), m[0], _("bank account")) for m in _IBAN.finditer(text) if _is_iban(m[0])]
    found += [(m.start(1), m[1], _("password")) for m in _PASSWORD.finditer(text)]
    unique = {words: kind for _place, words, kind in sorted(found, key=lambda each: each[0])}
    return [Finding(words, kind) for words, kind in unique.items()][:LIMIT]


def _is_card(text: str) -> bool:
    """By the check digit (ISO/IEC 7812-1, Luhn)."""
    digits = [int(letter) for letter in text if letter.isdigit()][::-1]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return len(set(digits)) > 1 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_iban(text: str) -> bool:
    """By the check digits (ISO 13616)."""
    plain = text.replace(" ", "")
    if not 15 <= len(plain) <= 34:
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1
