"""How our mails look: Django's templates, styles put where mail programs read them, a text twin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

BRAND = "#3451b2"  # where an address has no colour of its own
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_LIGHT = 0.45  # relative luminance from which black letters are read better than white ones

# Nothing is fetched: there are no linked style sheets, and if there were, they would stay away.
# At-rules (dark mode, narrow screens) stay in the head for the programs that know them.
_INLINER = css_inline.CSSInliner(
    inline_style_tags=True, keep_style_tags=False, keep_at_rules=True,
    load_remote_stylesheets=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as people see it."""

    subject: str
    text: str
    html: str


def render_letter(
    name: str, context: Mapping[str, object], *, brand: str = "", language: str = ""
) -> Letter:
    """The mail `templates/email/<name>.{subject.txt,txt,html}` in a language.

    The context has `site_name`; `preheader` is what a list of mails shows beside the subject.
    """
    color = brand if _COLOR.fullmatch(brand) else BRAND
    with translation.override(language or settings.LANGUAGE_CODE):
        values = {
            "site_name": settings.SITE_NAME,
            **context,
            "brand": color,
            "on_brand": "#ffffff" if _luminance(color) < _LIGHT else "#16181d",
            "brand_ink": color if _luminance(color) < _LIGHT else "#16181d",
            "language": translation.get_language(),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
        subject = one_line(render_to_string(f"email/{name}.subject.txt", values))
        text = render_to_string(f"email/{name}.txt", values)
        html = render_to_string(f"email/{name}.html", values)
    return Letter(subject, _tidy(text), _INLINER.inline(html))


def language_for(*wishes: str) -> str:
    """The first language that we have, of a list of BCP 47 names in order of preference."""
    for wish in wishes:
        if wish:
            try:
                return translation.get_supported_language_variant(wish.lower())
            except LookupError:
                continue
    return settings.LANGUAGE_CODE


def one_line(text: str) -> str:
    """Text for a header: no control characters, one space between words (attack 46), and nothing
    that a reader would decode once more (RFC 2047) into what was just taken out.
    """
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean.replace("=?", "= ?")


def _tidy(text: str) -> str:
    """At most one empty line in a row, none at the ends; the space of "-- " stays."""
    lines = [line if line == "-- " else line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _luminance(color: str) -> float:
    """0 is black, 1 is white (WCAG 2.2, "relative luminance")."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
