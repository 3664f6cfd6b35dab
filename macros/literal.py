from __future__ import annotations

import re

_OPENING = re.compile(r"\{(?=[{%])")


def literal(text: str) -> str:
    """A text with placeholders (Liquid) that comes out as this text, braces and all.

    What somebody wrote in a reply, or quoted from a customer, must not become a template when the
    reply is kept as a macro (attack 22).
    """
    return _OPENING.sub('{{ "{" }}', text)
