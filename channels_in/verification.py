"""Mails that let somebody into an account: sign-in codes, "confirm your address".

Whoever registers elsewhere with an address of ours gets such a mail sent to us. It must be seen by
agents only, never by a customer who may have asked for it (attack 8).
"""

from __future__ import annotations

import re

_SHORT = 6_000  # letters looked at: such mails are short and say it near the top

_PHRASES = re.compile(
    r"(?:verif(?:y|ication|ier|izier)|confirm(?:ation|er|ar|e)?|bestätig|activat|valida(?:te|tion|r))"
    r"[^.\n]{0,40}(?:your|this|e-?mail|address|account|ihre|deine|votre|adresse|compte|konto|correo"
    r"|cuenta|code)"
    r"|(?:verification|security|confirmation|sign-?in|log-?in|login|access|one-?time|authentication"
    r"|bestätigungs|sicherheits|einmal)[ -]?(?:code|pin|passcode|password|link|passwort)"
    r"|(?:code|código|codice) (?:de|di) (?:vérification|verificación|verifica|sécurité|seguridad)"
    r"|reset your password|passwort zurücksetzen|join (?:your team|the workspace)|magic link"
    r"|验证码|驗證碼|確認コード|認証コード|인증 ?(?:코드|번호)|код подтверждения",
    re.IGNORECASE,
)


def lets_somebody_in(subject: str, text: str) -> bool:
    """Whether a mail looks like a code or a link that proves who holds an address."""
    return bool(_PHRASES.search(subject[:500]) or _PHRASES.search(text[:_SHORT]))
