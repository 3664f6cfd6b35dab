"""Message-ID, In-Reply-To, References (RFC 5322 §3.6.4), taken as plain strings.

Exchange writes ids with brackets or spaces inside, others leave the angle brackets out; a strict
parser would lose them, and with them the thread.
"""

from __future__ import annotations

import re

_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_BARE = re.compile(r"[^\s<>,;\"]{1,998}")


def parse_message_id(text: str) -> str | None:
    """The id without brackets; None when there is none."""
    match = _BRACKETED.search(text)
    if match:
        return _clean(match[1]) or None
    bare = text.strip().strip("<>").strip()
    return _clean(bare.split()[0]) or None if bare else None


def parse_message_ids(text: str, limit: int) -> tuple[str, ...]:
    """All ids of a References or In-Reply-To value in order, each once, the last `limit` of them.

    In-Reply-To may hold prose (RFC 822); without brackets only words with an @ or a single word
    count.
    """
    found = [_clean(inner) for inner in _BRACKETED.findall(text)]
    rest = _BRACKETED.sub(" ", text)
    bare = _BARE.findall(rest)
    if not found and len(bare) == 1 or "@" in rest or (found and bare and len(bare) < 3):
        found += [word for word in map(_clean, bare) if "@" in word or len(bare) == 1]
    return tuple(dict.fromkeys(word for word in found if word))[-limit:]


def _clean(text: str) -> str:
    return "".join(text.split())
