"""Blocks to the text and html of the whole message, the visible reply, and the sender of a
forward.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels_in.email.parse.addresses import parse_addresses
from channels_in.email.parse.bodies import Block
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.quotes.marks import (
    find_subject_kind,
    is_forwarded_message,
    read_header_key,
    read_header_value,
)
from channels_in.email.parse.reply import MAX_CHARACTERS, MAX_LINES, Split, split_reply
from channels_in.messages import Address
from core.html_bounds import MAX_TAGS


@dataclass(frozen=True, slots=True)
class Readable:
    """What people read of a mail."""

    text: str = ""
    html: str = ""
    reply: str = ""
    quoted: str = ""
    is_forward: bool = False
    forwarded_from: Address | None = None


def read_blocks(blocks: list[Block], *, subject: str, limits: Limits) -> Readable:
    """Join the blocks; html becomes text only where no plain form came with it."""
    if not blocks:
        return Readable()
    is_forward = find_subject_kind(subject) == "forward"
    html = _join_html(blocks)
    texts: list[str] = []
    replies: list[Split] = []
    tags = lines = characters = 0  # four hundred blocks may cost no more than one of their size
    for block in blocks:
        tags += block.html.count("<")
        if texts and (tags > MAX_TAGS or lines > MAX_LINES or characters > MAX_CHARACTERS):
            text, split = _read_late_block(block)
        else:
            text, split = _read_block(block, is_forward=is_forward)
        lines += text.count("\n")
        characters += len(text)
        if text.strip():
            texts.append(text)
            replies.append(split)
    text = "\n\n".join(part.strip("\n") for part in texts) if len(texts) > 1 else "".join(texts)
    reply, quoted = _join_replies(replies)
    is_forward = is_forward or any(split.is_forward for split in replies)
    text = text[: limits.max_text_characters]
    return Readable(
        text=text,
        html=html,
        reply=reply[: limits.max_text_characters],
        quoted=quoted[: limits.max_text_characters],
        is_forward=is_forward,
        forwarded_from=find_forwarded_sender(text) if is_forward else None,
    )


def _read_late_block(block: Block) -> tuple[str, Split]:
    """What comes after very much else is shown as it is, without a look for history."""
    if block.plain.strip():
        return block.plain, Split(block.plain, "")
    from core.html import strip_tags

    text = strip_tags(block.html)
    return text, Split(text, "")


def _read_block(block: Block, *, is_forward: bool) -> tuple[str, Split]:
    if not block.html.strip():
        return block.plain, split_reply(block.plain, is_forward=is_forward)
    from channels_in.email.parse.html_quotes import (  # loads lxml
        has_client_marks,
        remove_private_marks,
        write_marked_text,
    )

    has_plain = bool(block.plain.strip()) and not is_stub(block)
    if has_plain and (is_forward or not has_client_marks(block.html)):
        return block.plain, split_reply(block.plain, is_forward=is_forward)
    from core.html import strip_tags
    from core.html_tree import read_tree, write_text

    tree = read_tree(remove_private_marks(block.html))
    if tree is None:
        text = block.plain if has_plain else strip_tags(block.html)
        return text, split_reply(text, is_forward=is_forward)
    text = block.plain if has_plain else write_text(tree)
    if is_forward:
        return text, split_reply(text, is_forward=True)
    split = split_reply(write_marked_text(tree))
    if has_plain and not split.quoted:
        other = split_reply(block.plain)
        split = other if other.quoted else split
    if has_plain and not split.reply.strip():
        split = split_reply(block.plain)
    return text, split


_MAX_STUB = 300
_ADDRESSES = re.compile(r"https?://\S{1,2000}|\[(?:image|cid):[^\]\n]{0,200}\]", re.IGNORECASE)


def is_stub(block: Block) -> bool:
    """Whether the plain form only says that there is html ("Please use an HTML viewer").

    Such a text is short, does not occur in the html, and the html says more.
    """
    plain = block.plain.strip()
    if not plain or len(plain) > _MAX_STUB or not block.html.strip():
        return False
    from core.html import to_text

    said = _keep_letters(_ADDRESSES.sub(" ", plain))
    shown = _keep_letters(to_text(block.html, has_links=False))
    return said not in shown and len(shown) > 2 * len(said)


def _keep_letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _join_html(blocks: list[Block]) -> str:
    """One html of all blocks; plain ones between html ones are escaped."""
    if not any(block.html.strip() for block in blocks):
        return ""
    if len(blocks) == 1:
        return blocks[0].html
    from core.html import from_text

    pieces = [b.html if b.html.strip() else from_text(b.plain) for b in blocks]
    return "\n".join(piece for piece in pieces if piece.strip())


def _join_replies(splits: list[Split]) -> tuple[str, str]:
    """What follows a block that ended in history is history or footer too, unless it is all there
    is.
    """
    if len(splits) == 1:
        return splits[0].reply, splits[0].quoted
    replies = [split.reply for split in splits if split.reply.strip()]
    quoted = [split.quoted for split in splits if split.quoted.strip()]
    return "\n\n".join(replies), "\n\n".join(quoted)


_FORWARD_LINES = 200


def find_forwarded_sender(text: str) -> Address | None:
    """The From of the first header block inside a forwarded text."""
    lines = text.split("\n")[:_FORWARD_LINES]
    for index, line in enumerate(lines):
        if read_header_key(line) == "from" and _is_in_header_block(lines, index):
            value = " ".join([read_header_value(line), *_continuation(lines, index)])
            found = parse_addresses(_MAILTO.sub(r"<\1>", value).encode("utf-8", "replace"), limit=1)
            if found:
                return found[0]
    return None


_MAILTO = re.compile(r"[\[<(]mailto:([^\]>)\s]{3,320})[\])>]", re.IGNORECASE)


def _is_in_header_block(lines: list[str], index: int) -> bool:
    if any(is_forwarded_message(line) for line in lines[max(index - 3, 0) : index]):
        return True
    kinds = {read_header_key(line) for line in lines[max(index - 4, 0) : index + 6]} - {None}
    return len(kinds) >= 3


def _continuation(lines: list[str], index: int) -> list[str]:
    following = lines[index + 1 : index + 2]
    return [line.strip() for line in following if "@" in line and read_header_key(line) is None]
