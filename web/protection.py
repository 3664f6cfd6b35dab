"""Signed and encrypted mail, as far as a help desk without keys can tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tickets.models import Comment

_ARMOUR = re.compile(r"-----BEGIN PGP MESSAGE-----.*?(?:-----END PGP MESSAGE-----|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mark:
    """A small tag; `why` explains it in one sentence."""

    label: str
    why: str
    icon: str


def marks_of(comment: Comment) -> list[Mark]:
    """What was recognised when the mail came in."""
    marks = []
    if comment.metadata.get("signed"):
        why = _("The sender signed this message. The help desk does not check the signature.")
        marks.append(Mark(_("Signed"), why, "badge-check"))
    if comment.metadata.get("encrypted"):
        why = _("The message, or a part of it, can only be read with the right key.")
        marks.append(Mark(_("Encrypted"), why, "lock"))
    return marks


def has_no_readable_text(comment: Comment) -> bool:
    """Whether nothing is left of an encrypted mail but the encrypted part."""
    if not comment.metadata.get("encrypted"):
        return False
    return not _ARMOUR.sub("", comment.body[:100_000]).strip()
