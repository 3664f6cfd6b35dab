"""Files uuencoded into a text body, taken out as attachments."""

from __future__ import annotations

from channels_in.email.parse.attachments import clean_filename
from channels_in.email.parse.bodies import Block
from channels_in.email.parse.charset import decode_text
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.transfer import find_uuencoded
from channels_in.messages import IncomingAttachment


def take_uuencoded(blocks: list[Block], limits: Limits) -> list[IncomingAttachment]:
    """Remove complete uuencoded files from the plain blocks and return them."""
    taken: list[IncomingAttachment] = []
    for block in blocks:
        if "begin " not in block.plain or "\nend" not in block.plain:
            continue
        raw = block.plain.encode("utf-8", "replace")
        found = find_uuencoded(raw, limit=max(limits.max_attachments - len(taken), 0))
        if not found:
            continue
        kept: list[bytes] = []
        position = 0
        for begin, end, name, content in found:
            kept.append(raw[position:begin])
            position = end
            taken.append(
                IncomingAttachment(
                    filename=clean_filename(decode_text(name)),
                    content_type="application/octet-stream",
                    content=content,
                )
            )
        kept.append(raw[position:])
        block.plain = b"".join(kept).decode("utf-8", "replace")
    return taken
