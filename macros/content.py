"""Dynamic content: `{{dc.<placeholder>}}` in the texts of rules, in the requester's language.

A variant is filled in first, with the same values but no other dynamic content: one level, so that
nothing can run in circles. What comes of it is a value of the outer text and is not rendered again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core import liquid
from macros.models import DynamicContent, DynamicContentVariant
from tickets.models import Ticket, TicketField
from tickets.placeholders import PLACEHOLDERS

_NAMED = re.compile(r"\bdc\.([a-z0-9_]{1,60})")
USED_LIMIT = 50  # in the texts of one rule; each is rendered


def names_in(effects: Sequence[Mapping[str, Any]]) -> set[str]:
    """The dynamic content that the texts of a rule name."""
    if not effects:
        return set()
    return set(_NAMED.findall(json.dumps(effects, ensure_ascii=False)))


def with_content(
    effects: Sequence[Mapping[str, Any]], ticket: Ticket, values: Mapping[str, object]
) -> Mapping[str, object]:
    """The values, with `dc` for what the effects name. One query, none when they name nothing."""
    names = names_in(effects)
    if not names:
        return values
    language = ticket.requester.language or ticket.language
    texts = {
        name: liquid.render(text, {**values, "dc": {}}, html=False)
        for name, text in _variants(sorted(names)[:USED_LIMIT], language).items()
    }
    return {**values, "dc": texts}


def _variants(names: Sequence[str], language: str) -> dict[str, str]:
    """Each content's text in a language: exactly, else its base language, else the default."""
    rows = DynamicContentVariant.objects.filter(content__placeholder__in=names).values_list(
        "content__placeholder", "content__default_locale", "locale", "text"
    )
    found: dict[str, dict[str, str]] = {}
    defaults: dict[str, str] = {}
    for name, default, locale, text in rows:
        found.setdefault(name, {})[locale] = text
        defaults[name] = default
    return {name: best_of(texts, defaults[name], language) for name, texts in found.items()}


def best_of(texts: Mapping[str, str], default: str, language: str) -> str:
    """The text for a language tag: `de-at`, then `de`, then the default."""
    wanted = language.replace("_", "-").lower()
    for locale in (wanted, wanted.partition("-")[0], default):
        if locale in texts:
            return texts[locale]
    return ""


def known_placeholders(*, with_dynamic: bool = True) -> set[str]:
    """Everything a rule's text may name: two queries."""
    fields = TicketField.objects.values_list("pk", flat=True)
    known = PLACEHOLDERS | {f"ticket.custom_fields.{pk}" for pk in fields}
    if with_dynamic:
        names: Iterable[str] = DynamicContent.objects.values_list("placeholder", flat=True)
        known |= {f"dc.{name}" for name in names}
    return set(known)
