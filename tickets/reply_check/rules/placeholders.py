"""What a template left behind: an empty greeting, a gap that was to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Remedy, RemedyKind, Reply
from tickets.reply_check.text import own_lines, shortened, span_of
from tickets.reply_check.words.greetings import GREETING

CODE = "placeholder"
CODES = (CODE,)

_FIELD = (
    r"(?:first|last|full|customer|client|agent|your|user|product|company|order|ticket|tracking|"
    r"account|invoice|case|insert|add|enter|fill|name|date|number|no\.?|amount|link|url|address|"
    r"e-?mail|time|reason|signature|xx+|tbd|todo|placeholder|"
    r"vorname|nachname|kunden?\w*|anrede|datum|nummer|bestell\w*|betrag|firma|produkt|einfügen|grund|"
    r"prénom|nom|client|numéro|commande|montant|lien|produit|insérer|adresse|"
    r"nombre|apellidos?|cliente|fecha|número|pedido|importe|enlace|producto|insertar|empresa)"
)
_GAPS = (
    r"\{\{[^{}\n]{0,120}\}\}|\{%[^{}\n]{0,120}%\}|\$\{[^{}\n]{1,60}\}",
    rf"\[(?=[^\[\]\n]{{2,50}}\](?!\())(?:[^\[\]\n]*[\W_])?{_FIELD}(?:[\W_][^\[\]\n]*)?\]",
    rf"<(?!(?:enter|add|insert|time|link|address)>)(?=[^<>\n]{{2,40}}>)"
    rf"(?:[^<>\n/]*[ _-])?{_FIELD}(?:[ _-][^<>\n@]*)?>",
    rf"%{_FIELD}(?:_\w+)?%",
    r"(?<![\w*#./-])[Xx]{3,}(?![\w*/-]|[ -]?\d)(?!\s*-?(?:large|small|ray))",
    r"\b(?-i:TODO|TBD|FIXME)\b|\blorem ipsum\b",
    r"(?<!\w)_{4,}(?!\w)",
)
_GAP = re.compile("|".join(_GAPS), re.IGNORECASE)
_EMPTY = re.compile(
    rf"\A\W*(?:{GREETING})(?:[ \t]+(?:undefined|null|none|nan))?[ \t]*(?P<gap>[ \t],|,[ \t]*,)",
    re.IGNORECASE,
)
_NULL = re.compile(rf"\A\W*(?:{GREETING})[ \t]+(?P<gap>undefined|null|none|nan)\b", re.IGNORECASE)
_TITLE = re.compile(
    r"\A\W*(?:dear|sehr geehrte[r]?|liebe[r]?|guten tag|hallo|bonjour|ch[eè]re?|estimad[oa]|"
    r"hello|hi)"
    r"[ \t]+(?P<gap>(?:mr|mrs|ms|herr|frau|m|mme|sr|sra|señora?)\.?[ \t]*,)",
    re.IGNORECASE,
)


def find(reply: Reply) -> Iterator[Finding]:
    """The greeting first, then the first gap in the text."""
    text = own_lines(reply.text)
    show = (Remedy(RemedyKind.SHOW, _("Fix")),)
    greeting = _EMPTY.match(text) or _NULL.match(text) or _TITLE.match(text)
    if greeting:
        yield Finding(CODE, _("The greeting has no name."), span_of(greeting, "gap"), show)
    gap = _GAP.search(text)
    if gap:
        words = _("“%(gap)s” looks like a gap that was to be filled in.")
        yield Finding(CODE, words % {"gap": shortened(gap.group(), 40)}, span_of(gap), show)
