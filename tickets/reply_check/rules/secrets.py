"""What must not lie in a mailbox: cards, bank accounts, passwords, keys. Notes are checked, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply
from tickets.reply_check.text import span_of
from tickets.reply_check.words.keys import KEYS, LENGTHS, PASSWORDS

CARD = "card_number"
ACCOUNT = "bank_account"
PASSWORD = "password"  # noqa: S105  a code, not one
CODES = (CARD, ACCOUNT, PASSWORD)

_CARD = re.compile(r"(?<![\w.-])(?:\d[ -]?){12,18}\d(?![\w-]|\.\d)")
# Issuers' ranges with their lengths; numbers of orders and parcels pass Luhn one time in ten.
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
)
_NO_CARD = re.compile(
    r"(?:track\w*|parcel|shipment|consignment|order|invoice|serial|imei|isbn|ean|gtin|ticket|"
    r"sendung\w*|paket\w*|bestell\w*|rechnung\w*|seriennummer|kundennummer|"
    r"suivi|colis|commande|facture|série|seguimiento|envío|pedido|factura|serie)"
    r"\W+(?:\w+\W+){0,2}\Z",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,9}(?!\w)", re.IGNORECASE)


def find(reply: Reply) -> Iterator[Finding]:
    """One finding of each kind: the first is enough to look again."""
    fix = (Remedy(RemedyKind.SHOW, _("Fix")),)
    card = next((match for match in _CARD.finditer(reply.text) if _is_card(match)), None)
    if card:
        yield Finding(CARD, _("This looks like a card number."), span_of(card), fix)
    account = _foreign_account(reply)
    if account:
        yield Finding(ACCOUNT, _("This looks like a bank account (IBAN)."), span_of(account), fix)
    key = KEYS.search(reply.text)
    if key:
        yield Finding(PASSWORD, _("This looks like a secret key or token."), span_of(key), fix)
        return
    for match in PASSWORDS.finditer(reply.text):
        if _is_secret(match):
            words = _("This looks like a password or another secret.")
            yield Finding(PASSWORD, words, span_of(match, "value"), fix)
            return


def _is_card(match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match.group())
    if not _ISSUERS.fullmatch(digits) or not passes_luhn(digits):
        return False
    return not _NO_CARD.search(match.string[max(0, match.start() - 60) : match.start()])


def passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _foreign_account(reply: Reply) -> re.Match[str] | None:
    """An IBAN that is not the house's own. A match may have taken a word too much along."""
    own = {re.sub(r"\W", "", account).upper() for account in reply.own_accounts}
    for match in _ACCOUNT.finditer(reply.text):
        letters = re.sub(r"[ -]", "", match.group()).upper()
        letters = letters[: LENGTHS.get(letters[:2], 0)]
        if is_iban(letters) and letters not in own:
            return match
    return None


def is_iban(letters: str) -> bool:
    """ISO 13616: the country's length, and 1 modulo 97 (ISO/IEC 7064)."""
    if len(letters) != LENGTHS.get(letters[:2]) or not letters.isalnum() or not letters.isascii():
        return False
    return int("".join(str(int(letter, 36)) for letter in letters[4:] + letters[:4])) % 97 == 1


def _is_secret(match: re.Match[str]) -> bool:
    """Whether what follows "password" is one: no word of a language, no address, no mask."""
    value = match.group("value").rstrip(".,;:!?)*")
    said = match.group().lower()
    has_sign = bool(
        re.search(r"[:=]\s*\S*\Z|\b(?:is|ist|lautet|est|es)\b", said[: -len(value) or None])
    )
    if not has_sign or len(value) < 4 or re.match(r"https?:|www\.|[\w.+-]+@[\w-]+\.", value, re.I):
        return False
    if re.fullmatch(r"[*•.xX_-]+|[<\[{].*", value):
        return False
    if re.match(r"(?:pin|geheimzahl|code|zugangscode)", said):
        return bool(re.fullmatch(r"\d{4,8}", value))
    has_digit, has_letter = bool(re.search(r"\d", value)), bool(re.search(r"[^\W\d_]", value))
    is_mixed = bool(re.search(r"[^\W\d_A-Z][A-Z]", value))
    has_symbol = bool(re.search(r"[^\w\s.,;:'’()/-]", value))
    return len(value) >= 6 and (
        (has_digit and has_letter) or is_mixed or (has_symbol and has_letter)
    )
