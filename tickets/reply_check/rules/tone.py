"""How it may sound at the other end: shouting, blame, a raised eyebrow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply, Span
from tickets.reply_check.text import own_lines, shortened, span_of
from tickets.reply_check.words.moods import BLAME, NO_BLAME

SHOUTING = "shouting"
BLAMING = "blame"
SARCASM = "sarcasm"
CODES = (SHOUTING, BLAMING, SARCASM)

_CAPITAL_WORD = r"[^\W\d_a-zß-ÿ]{%d,}(?:['’][^\W\d_]+)?"
_CAPITALS = re.compile(
    rf"(?<![\w-]){_CAPITAL_WORD % 2}(?:[ \t,]+{_CAPITAL_WORD % 1})*(?![\w-])",
)
_LETTERS_OF_SHOUTING = 14
_WORDS_OF_SHOUTING = 3
_MARKS = re.compile(r"!{3,}|\?{2,}|\?!|!\?|(?<=\w)\s?\.{4,}(?=\s|\Z)")
_QUOTED = re.compile(
    r"\b(?:your|ihr\w*|eure?|votre|vos|sus?|tus?)\s+(?:so-called\s+|sogenannte\w*\s+|soi-disant\s+)?"
    r"[\"“„«'‘]\s?(?:problem|issue|emergency|bug|urgent|question|notfall|anliegen|frage|fehler|"
    r"problème|urgence|question|problema|urgencia|pregunta)\w*\s?[\"”“»'’]",
    re.IGNORECASE,
)


def find(reply: Reply) -> Iterator[Finding]:
    text = own_lines(reply.text)
    fix = (Remedy(RemedyKind.SHOW, _("Look again")),)
    shouted = next((match for match in _CAPITALS.finditer(text) if _is_shouting(match)), None)
    if shouted:
        yield Finding(SHOUTING, _("Capitals read like shouting."), span_of(shouted), fix)
    blame = next((match for match in BLAME.finditer(text) if not _is_excused(text, match)), None)
    if blame:
        words = _("“%(words)s” may sound like blame.") % {"words": shortened(blame.group(), 40)}
        yield Finding(BLAMING, words, Span(blame.start(), blame.end()), fix)
    eyebrow = _QUOTED.search(text) or _MARKS.search(text)
    if eyebrow:
        words = _("“%(words)s” may sound sharper than meant.")
        said = {"words": shortened(eyebrow.group(), 40)}
        yield Finding(SARCASM, words % said, span_of(eyebrow), fix)


def _is_shouting(match: re.Match[str]) -> bool:
    """Several words, one of them long; names of norms, units and parts are short or stand alone."""
    words = re.findall(r"[^\W\d_]+", match.group())
    real = [word for word in words if len(word) >= 3 and re.search(r"[AEIOUYÄÖÜÉÈÀÁÍÓÚ]", word)]
    letters = sum(map(len, words))
    if len(real) >= _WORDS_OF_SHOUTING and letters >= _LETTERS_OF_SHOUTING:
        return True
    ends = match.string[match.end() : match.end() + 2]
    return len(words) >= 2 and len(real) >= 1 and letters >= 6 and ends.startswith("!")


def _is_excused(text: str, match: re.Match[str]) -> bool:
    """ "It is not your fault" comforts, and "we should have" blames nobody else."""
    return bool(NO_BLAME.search(text[max(0, match.start() - 40) : match.end()]))
