"""What was written, out of a composer's form: clean html with a faithful text beside it.

With scripts the form carries `html`; without them the text area's `body` alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.http import QueryDict

from core.html import from_text, sanitize, to_text
from tickets.errors import InvalidChange

BODY_LIMIT = 200_000  # letters
HTML_LIMIT = 1_000_000
# An image that was put into the text: the editor names the upload it shows.
_SHOWN = re.compile(r' data-cid="upload-([0-9]{1,10})"')
_SPACE_AT_ENDS = re.compile(
    r"\A(?:\s|<br>|<(p|div)>(?:\s|<br>|&nbsp;)*</\1>)+"
    r"|(?:\s|<br>|<(p|div)>(?:\s|<br>|&nbsp;)*</\2>)+\Z"
)


@dataclass(frozen=True, slots=True)
class Written:
    """`body` is the text twin of `html`; `inline` are uploads shown in it, with content ids."""

    body: str
    html: str
    inline: tuple[tuple[int, str], ...] = ()


def written_in(form: QueryDict, upload_ids: tuple[int, ...]) -> Written:
    """The text of a form, however it was written. Raises InvalidChange for more than BODY_LIMIT.

    Cutting would lose what somebody wrote. Mentions survive in internal notes only: a customer is
    shown names, not our numbers.
    """
    html = form.get("html", "").replace("\x00", "")
    if len(html) > HTML_LIMIT:
        raise InvalidChange("body", "This is too long. Shorten it, or attach it as a file.")
    if not html.strip():
        text = form.get("body", "").replace("\r\n", "\n").replace("\x00", "").strip()
        return _checked(Written(text, from_text(text)))
    is_note = form.get("kind") == "internal"
    clean = sanitize(html, keep_styles=False, keep_mentions=is_note)
    clean = _SPACE_AT_ENDS.sub("", clean)
    shown = dict.fromkeys(int(number) for number in _SHOWN.findall(clean))
    inline = tuple((pk, content_id(pk)) for pk in shown if pk in upload_ids)
    for pk, name in inline:
        clean = clean.replace(f' data-cid="upload-{pk}"', f' data-cid="{name}"')
    return _checked(Written(to_text(clean).strip(), clean, inline))


def content_id(upload_id: int) -> str:
    """The name of an inline image in a mail; the world's only one (RFC 2392)."""
    return f"upload-{upload_id}@{settings.SUPPORT_ADDRESS.rpartition('@')[2]}"


def _checked(written: Written) -> Written:
    if len(written.body) > BODY_LIMIT:
        raise InvalidChange("body", "This is too long. Shorten it, or attach it as a file.")
    return written
