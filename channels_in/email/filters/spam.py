"""What a spam filter in front of us wrote into the headers.

A forged header can only hurt its own sender, so none need be authenticated. Sources: SpamAssassin
(Mail::SpamAssassin::Conf, "add_header"), rspamd (milter_headers), Exim (spam ACL), Exchange
(X-MS-Exchange-Organization-SCL, X-Forefront-Antispam-Report).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings

from channels_in.adapters import Arrival
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.screening import PASS, Verdict

_VERDICTS = ("x-spam-flag", "x-spam", "x-spam-status")
_SCORES = ("x-spam-score", "x-rspamd-score", "x-spamd-result", "x-spam-status")
_NUMBER = r"(-?\d{1,5}(?:\.\d{1,6})?)(?!\d)"
_SCORE = re.compile(rf"(?:\bscore=|\bhits=|\[|^)\s{{0,3}}{_NUMBER}", re.IGNORECASE)
_WEIGHED = re.compile(rf"no\b.{{0,20}}?\bscore={_NUMBER}.{{0,20}}?\brequired=", re.IGNORECASE)
_SPAM_LEVEL = 5  # of Exchange: 5 and 6 spam, 7 to 9 surely
_HEADERS, _LENGTH = 50, 1000


def suspend_spam(arrival: Arrival) -> Verdict:
    """Believe a filter that says spam; where it only gives a score, MAIL_SPAM_SCORE decides.

    A filter that names its score, its own threshold and says no has weighed it: that counts.
    """
    found = list(_relevant(arrival))
    for name, value in found:
        if _says_spam(name, value):
            return Verdict(Fate.SUSPENDED, Reason.SPAM, _with_score(f"{name}: {value}", found))
    if any(name == "x-spam-status" and _WEIGHED.match(value) for name, value in found):
        return PASS
    limit = settings.MAIL_SPAM_SCORE
    for name, value in found:
        score = _score(name, value)
        if limit > 0 and score is not None and score >= limit:
            return Verdict(Fate.SUSPENDED, Reason.SPAM, f"{name}: {score:g} of {limit:g}")
    return PASS


def _with_score(said: str, found: list[tuple[str, str]]) -> str:
    """The verdict, and the score when another header has it."""
    scores = (score for name, value in found if (score := _score(name, value)) is not None)
    score = None if "score" in said.lower() else next(scores, None)
    return f"{said[:120]}, score {score:g}" if score is not None else said[:120]


def _relevant(arrival: Arrival) -> Iterator[tuple[str, str]]:
    wanted = (*_VERDICTS, *_SCORES, "x-ms-exchange-organization-scl", "x-forefront-antispam-report")
    left = _HEADERS
    for name, value in arrival.message.headers:
        lowered = name.lower()
        if left and lowered in wanted:
            left -= 1
            yield lowered, " ".join(value[:_LENGTH].split())


def _says_spam(name: str, value: str) -> bool:
    lowered = value.lower()
    if name in _VERDICTS:
        return lowered.startswith(("yes", "true"))
    if name == "x-spamd-result":
        return re.match(r"[\w-]{1,40}: true\b", lowered) is not None
    if name == "x-ms-exchange-organization-scl":
        return lowered.isdecimal() and len(lowered) < 3 and int(lowered) >= _SPAM_LEVEL
    if name == "x-forefront-antispam-report":
        # SPM: marked by the filter; SKS: by a mail flow rule; SKB: by a block list.
        return re.search(r"\bsfv:(?:spm|sks|skb)\b", lowered) is not None
    return False


def _score(name: str, value: str) -> float | None:
    match = _SCORE.search(value) if name in _SCORES else None
    return float(match[1]) if match else None
