"""Opaque S/MIME signatures (RFC 8551 §3.5.2): the mail lies inside the signature, readable by all.

Outlook and Notes write them when "send clear text" is off; unread, such a mail is an empty text
with a file `smime.p7m`. The signature itself is recognised and not verified.
"""

from __future__ import annotations

import re

from asn1crypto import cms

from channels_in.email.parse.limits import Limits
from channels_in.email.parse.structure import Part, read_structure

TYPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_NAMES = ("", "smime.p7m")  # others are files that were signed: invoices, contracts
_IS_ENTITY = re.compile(
    rb"\s{0,20}(?:[A-Za-z-]{1,60}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,20}){1,20}\r?\n"
)
# What the library raises on bytes that are no CMS.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def open_signed(part: Part, limits: Limits) -> Part | None:
    """The mail inside an opaque signature, as the root of a tree; None where there is none.

    Encrypted parts and lists of certificates have none; broken ones and signed files stay files.
    """
    name = part.disposition.get("filename") or part.type_value.get("name")
    is_named = part.content_type == "application/octet-stream" and bool(name)
    if name.lower() not in _NAMES or not (is_named or part.content_type in TYPES):
        return None
    if part.depth >= limits.max_depth:
        return None
    raw, _ = part.decode()
    try:
        info = cms.ContentInfo.load(raw)
        is_signed = info["content_type"].native == "signed_data"
        content = info["content"]["encap_content_info"]["content"].native if is_signed else None
    except _BROKEN:
        return None
    if not isinstance(content, bytes) or not _IS_ENTITY.match(content):
        return None
    root, _ = read_structure(content, limits, depth=part.depth + 1)
    return root
