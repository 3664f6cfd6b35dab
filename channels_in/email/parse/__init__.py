"""Raw bytes of a mail to an `IncomingMessage`. Pure: no Django, database, network or clock.

`parse` accepts nearly anything; what was wrong with a mail stands in `defects` in plain words.
"""

from __future__ import annotations

from channels_in.email.parse.limits import Limits, UnreadableMail
from channels_in.email.parse.message import parse

__all__ = ["Limits", "UnreadableMail", "parse"]
