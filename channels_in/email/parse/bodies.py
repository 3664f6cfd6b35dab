"""Which parts are the message to read, which are files, and the text of the former.

RFC 2046 §5.1 gives the meaning of the multiparts; the rest is what mail clients do: Apple Mail
puts several text parts between pictures, Outlook sends pictures without a disposition, Exchange
wraps all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from channels_in.email.parse import smime
from channels_in.email.parse.attachments import has_filename
from channels_in.email.parse.charset import decode_text, make_storable
from channels_in.email.parse.limits import Limits
from channels_in.email.parse.structure import Part

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_SIGNATURES = frozenset(
    (
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
    )
)
_REPORTS = frozenset(
    (
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/feedback-report",
        "text/rfc822-headers",
        "message/rfc822-headers",
        "message/global-headers",
    )
)
_CALENDARS = ("text/calendar", "application/ics")
MESSAGES = ("message/rfc822", "message/global")
# Alternatives that only another program can show.
_SILENT_ALTERNATIVES = frozenset(("text/x-amp-html", "text/watch-html", "text/x-watch-html"))


@dataclass(slots=True)
class Block:
    """One readable piece: its plain form, its html form, or both (alternatives)."""

    plain: str = ""
    html: str = ""


@dataclass(slots=True)
class Bodies:
    """Readable blocks in order, files, report parts, and what the structure says about the mail."""

    blocks: list[Block] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    reports: list[Part] = field(default_factory=list)
    calendars: list[Part] = field(default_factory=list)
    is_signed: bool = False
    is_encrypted: bool = False
    defects: list[str] = field(default_factory=list)
    characters: dict[bool, int] = field(default_factory=dict)  # read so far: of html, of plain text


def sort_parts(root: Part, limits: Limits) -> Bodies:
    """Sort the leaves of the tree into readable blocks and files, and decode the blocks."""
    bodies = Bodies()
    if inner := smime.open_signed(root, limits):
        bodies.is_signed, root = True, inner
    if root.is_multipart:
        _sort_multipart(root, bodies, limits)
    elif _is_own_text(root):
        _add_leaf_text(root, bodies, limits)
    else:
        _add_file(root, bodies)
    if not bodies.blocks:
        _promote_named_text(bodies, limits)
    return bodies


def _is_own_text(root: Part) -> bool:
    """Whether a mail without parts is a text to read and not just one file."""
    if _is_readable(root) and root.disposition.kind != "attachment":
        return True
    is_text = root.main_type == "text" and root.content_type not in _CALENDARS
    return is_text and not has_filename(root)


def _promote_named_text(bodies: Bodies, limits: Limits) -> None:
    """Some mail systems name their only text (`name=problems.txt`) without a disposition."""
    for part in bodies.files:
        if part.content_type == "text/plain" and not part.headers.has("content-disposition"):
            bodies.files.remove(part)
            _add_leaf_text(part, bodies, limits)
            return


def _sort_multipart(part: Part, bodies: Bodies, limits: Limits) -> None:
    kind = part.content_type
    if kind == "multipart/alternative":
        _sort_alternatives(part, bodies, limits)
        return
    if kind == "multipart/signed":
        bodies.is_signed = True
    elif kind == "multipart/encrypted":
        bodies.is_encrypted = True
    is_related = kind == "multipart/related"
    for position, child in enumerate(part.children):
        if inner := smime.open_signed(child, limits):
            bodies.is_signed, child = True, inner
        is_file = kind == "multipart/encrypted" or bool(
            is_related and position and _has_readable(part.children[0])
        )
        if child.is_multipart:
            _sort_multipart(child, bodies, limits)
        elif kind == "multipart/signed" and position and _is_signature(child):
            continue  # the detached signature is no file of the sender's
        elif (
            kind == "multipart/report" and position and child.content_type in (*_REPORTS, *MESSAGES)
        ):
            bodies.reports.append(child)
            if child.content_type in MESSAGES:
                _add_file(child, bodies)
        elif child.content_type in _REPORTS:
            bodies.reports.append(child)
        elif _is_body(child) and not is_file:
            _add_leaf_text(child, bodies, limits)
        else:
            _add_file(child, bodies)


def _is_signature(part: Part) -> bool:
    name = part.disposition.get("filename") or part.type_value.get("name")
    return part.content_type in _SIGNATURES or name.lower().endswith((".p7s", ".asc", ".sig"))


def _has_readable(part: Part) -> bool:
    return part.is_multipart or _is_readable(part)


def _sort_alternatives(part: Part, bodies: Bodies, limits: Limits) -> None:
    """One block from all alternatives; a multipart among them brings its own html and files."""
    block = Block()
    for child in part.children:
        if child.is_multipart:
            inner = Bodies(characters=bodies.characters)
            _sort_multipart(child, inner, limits)
            _merge(inner, bodies)
            for inner_block in inner.blocks:
                block.html = _append(block.html, inner_block.html)
                if not block.plain.strip():
                    block.plain = inner_block.plain
        elif child.content_type == "text/calendar":
            bodies.calendars.append(child)
            if has_filename(child):
                bodies.files.append(child)
        elif child.content_type == "text/html" and child.disposition.kind != "attachment":
            block.html = (
                block.html.strip() and block.html or _read_text(child, bodies, limits, is_html=True)
            )
        elif _is_body(child):
            if not block.plain.strip():
                block.plain = _read_text(child, bodies, limits)
        elif child.content_type not in _SILENT_ALTERNATIVES:
            _add_file(child, bodies)
    bodies.blocks.append(block)


def _merge(inner: Bodies, outer: Bodies) -> None:
    outer.files += inner.files
    outer.reports += inner.reports
    outer.calendars += inner.calendars
    outer.is_signed |= inner.is_signed
    outer.is_encrypted |= inner.is_encrypted
    outer.defects += inner.defects


def _append(first: str, second: str) -> str:
    return (
        f"{first}\n{second}"
        if first.strip() and second.strip()
        else first
        if first.strip()
        else second
    )


def _is_readable(part: Part) -> bool:
    return part.content_type in ("text/plain", "text/html", "text/enriched", "text/markdown")


def _is_body(part: Part) -> bool:
    """A text part without a name is meant to be read; with a name it is a file, even inline."""
    return _is_readable(part) and part.disposition.kind != "attachment" and not has_filename(part)


def _add_file(part: Part, bodies: Bodies) -> None:
    if part.content_type in smime.TYPES:
        is_signature = part.type_value.get("smime-type").lower() in ("signed-data", "certs-only")
        bodies.is_signed |= is_signature
        bodies.is_encrypted |= not is_signature
    elif part.content_type == "application/octet-stream":
        name = part.disposition.get("filename") or part.type_value.get("name")
        bodies.is_encrypted |= name.lower().endswith(".p7m")
    if part.content_type in _CALENDARS:
        bodies.calendars.append(part)
    bodies.files.append(part)


def _add_leaf_text(part: Part, bodies: Bodies, limits: Limits) -> None:
    if part.content_type == "text/html":
        bodies.blocks.append(Block(html=_read_text(part, bodies, limits, is_html=True)))
    else:
        bodies.blocks.append(Block(plain=_read_text(part, bodies, limits)))


def _read_text(part: Part, bodies: Bodies, limits: Limits, *, is_html: bool = False) -> str:
    limit = limits.max_html_characters if is_html else limits.max_text_characters
    limit -= bodies.characters.get(is_html, 0)
    content, defect = part.decode(limit=limit * 4)
    if defect:
        bodies.defects.append(defect)
    if len(content) > limit * 4:
        content = content[: limit * 4]
    charset = part.type_value.get("charset")
    if is_html and not charset:
        match = _META_CHARSET.search(content[:4000])
        charset = match[1].decode("ascii") if match else ""
    text = decode_text(content, charset)
    if is_html and len(text) > limit:
        text = drop_large_pictures(text)
    if len(text) > limit:
        text = text[:limit]  # before anything else: a letter can take four bytes a copy
        bodies.defects.append("the text is too long and was cut")
    bodies.characters[is_html] = bodies.characters.get(is_html, 0) + len(text)
    text = make_storable(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_html:
        return text
    if part.content_type == "text/enriched":
        return strip_enriched(text)
    if part.type_value.get("format").lower() == "flowed":
        return join_flowed(text, is_delsp=part.type_value.get("delsp").lower() == "yes")
    return text


_DATA_ADDRESS = re.compile(r"data:([^\"'\s>]*)", re.IGNORECASE)
_MAX_DATA_ADDRESS = 100_000  # larger pictures are not shown in any case, see core.html


def drop_large_pictures(html: str) -> str:
    """Without the pictures that are written out in the html: the text may stand behind them."""
    return _DATA_ADDRESS.sub(
        lambda found: found[0] if len(found[0]) <= _MAX_DATA_ADDRESS else "", html
    )


def join_flowed(text: str, *, is_delsp: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next line of the same quote depth."""
    out: list[str] = []
    paragraph: list[str] = []
    depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        marks = len(line) - len(content)
        content = content.removeprefix(" ")
        if paragraph and marks != depth:
            out.append(_quote("".join(paragraph), depth))
            paragraph = []
        depth = marks
        is_signature_mark = content == "-- "
        if is_signature_mark and paragraph:
            out.append(_quote("".join(paragraph), depth))
            paragraph = []
        if content.endswith(" ") and not is_signature_mark:
            paragraph.append(content[:-1] if is_delsp else content)
        else:
            paragraph.append(content)
            out.append(_quote("".join(paragraph), depth))
            paragraph = []
    if paragraph:
        out.append(_quote("".join(paragraph), depth))
    return "\n".join(out)


def _quote(line: str, depth: int) -> str:
    return f"{'>' * depth} {line}" if depth and line else ">" * depth + line


_ENRICHED_PARAM = re.compile(r"<param>[^<]{0,500}</param>", re.IGNORECASE)
_ENRICHED_TAG = re.compile(r"</?[A-Za-z0-9-]{1,60}>")


def strip_enriched(text: str) -> str:
    """text/enriched (RFC 1896) as plain text: one line break is a space, `<<` is `<`."""
    text = _ENRICHED_PARAM.sub("", text)
    pieces = [_ENRICHED_TAG.sub("", piece) for piece in text.split("<<")]
    lines = re.sub(r"(?<!\n)\n(?!\n)", " ", "<".join(pieces))
    return re.sub(r"\n(\n+)", r"\1", lines)
