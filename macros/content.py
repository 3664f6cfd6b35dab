"""Dynamic content: `{{dc.<placeholder>}}` in the texts of rules, in the requester's language.

A variant is filled in first, with the same values but no other dynamic content: one level, so that
nothing can run in circles. What comes of it is a value of the outer text and is not rendered again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from core import liquid
from macros.models import DynamicContent, DynamicContentVariant
from macros.values import FIELD
from tickets.models import Ticket, TicketField
from tickets.placeholders import PLACEHOLDERS

# `dc.closing`, and `dc["closing"]` as JSON writes it.
_NAMED = re.compile(r"""\bdc\s*(?:\.|\[)\s*\\?["']?([a-z0-9_]{1,60})""")
USED_LIMIT = 50  # in the texts of one rule; each is rendered


def names_in(effects: Sequence[Mapping[str, Any]]) -> set[str]:
    """The dynamic content that the texts of a rule name."""
    if not effects:
        return set()
    return set(_NAMED.findall(json.dumps(effects, ensure_ascii=False)))


def with_content(
    effects: Sequence[Mapping[str, Any]],
    ticket: Ticket,
    values: Mapping[str, object],
    *,
    fill: Callable[..., str] = liquid.fill,
) -> Mapping[str, object]:
    """The values, with `dc` for what the effects name. One query, none when they name nothing.

    Raises core.liquid.BrokenText for a variant that cannot be filled in; with `liquid.render` as
    `fill` it is shown as it was written.
    """
    names = names_in(effects)
    if not names:
        return values
    language = ticket.requester.language or ticket.language
    texts = {
        name: fill(text, {**values, "dc": {}}, html=False)
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
    """The text for a language tag: `zh-hant-tw`, then `zh-hant`, `zh`, then the default."""
    locale = language.replace("_", "-").lower()
    while locale:
        if locale in texts:
            return texts[locale]
        locale = locale.rpartition("-")[0]
    return texts.get(default, "")


def known_placeholders(*, with_dynamic: bool = True) -> set[str]:
    """Everything a rule's text may name: two queries."""
    fields = TicketField.objects.values_list("pk", flat=True)
    known = PLACEHOLDERS | {
        name for pk in fields for name in (f"ticket.custom_fields.{pk}", f"ticket.{FIELD}{pk}")
    }
    if with_dynamic:
        names: Iterable[str] = DynamicContent.objects.values_list("placeholder", flat=True)
        known |= {f"dc.{name}" for name in names}
    return set(known)
