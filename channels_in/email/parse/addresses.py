"""Addresses as people and programs write them (RFC 5322 §3.4, and far beyond).

One pass over the characters, so no input can make it slow. Encoded words are decoded after the
address is found: a display name such as `=?utf-8?Q?x_=3Cvictim=40example.com=3E?=` must not become
an address.
"""

from __future__ import annotations

import re

from channels_in.email.parse.charset import decode_text, make_one_line
from channels_in.email.parse.headers import decode_words
from channels_in.messages import Address

_BARE_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]\\@]{1,256}@[^\s<>,;:\"()\[\]\\@]{1,255}")
# RFC 5321 §4.1.2 and 4.1.3: a quoted local part, an address literal as domain.
_UNUSUAL_ADDRESS = re.compile(
    r'(?:"[^"<>\\\x00-\x1f]{1,64}"|[^\s<>,;:"\'()\[\]\\@]{1,64})'
    r"@(?:[^\s<>,;:\"()\[\]\\@]{1,255}|\[[0-9A-Za-z.:]{3,60}\])(?=\s|>|\Z)"
)
_AROUND_AT = re.compile(r"\s{0,20}@\s{0,20}")
_MAILTO = re.compile(r"\[?mailto:", re.IGNORECASE)
_MAX_LENGTH = 320  # RFC 5321 §4.5.3.1: 64 + @ + 255


def parse_addresses(raw: bytes, *, limit: int = 500, charset: str = "") -> tuple[Address, ...]:
    """All usable addresses of a field, in order, each once; groups are flattened.

    Nothing is raised; text that holds no address gives nothing. `charset` is for raw bytes.
    """
    if not raw:
        return ()
    text = raw.decode("ascii") if raw.isascii() else decode_text(raw, charset)
    found = _collect(text, limit)
    if not found and "=?" in text:
        found = _collect(
            decode_words(text), limit
        )  # the whole field was encoded, against RFC 2047 §5
    return tuple(found.values())


def parse_sender(raw: bytes) -> Address | None:
    """The first usable address of a From field, else None."""
    found = parse_addresses(raw, limit=1)
    return found[0] if found else None


def _collect(text: str, limit: int) -> dict[str, Address]:
    found: dict[str, Address] = {}
    for mailbox in _split_mailboxes(text):
        address = _read_mailbox(mailbox)
        if address is not None:
            found.setdefault(address.email.casefold(), address)
            if len(found) >= limit:
                break
    return found


def _split_mailboxes(text: str) -> list[str]:
    """Cut at commas and semicolons outside quotes, comments and angle brackets."""
    if "," not in text and ";" not in text and ":" not in text:
        if text.count("@") > 1 and not any(c in text for c in '<>"([='):
            return text.split()
        return [text]
    text = _close_quotes(text)
    pieces: list[str] = []
    begin = 0
    in_quote = in_angle = False
    depth = 0
    index = 0
    while index < len(text):
        char = text[index]
        if char == "\\" and (in_quote or depth):
            index += 2
            continue
        if char == '"' and not depth:
            in_quote = not in_quote
        elif in_quote:
            pass
        elif char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif depth:
            pass
        elif char == "<":
            in_angle = True
        elif char == ">":
            in_angle = False
        elif char in ",;" and not in_angle:
            pieces.append(text[begin:index])
            begin = index + 1
        elif char == ":" and not in_angle and _is_group_name(text[begin:index]):
            begin = index + 1  # `undisclosed-recipients:;`, `Team: a@x, b@x;`
        index += 1
    pieces.append(text[begin:])
    return _join_names(pieces, is_semicolon="," not in text)


def _close_quotes(text: str) -> str:
    """An odd number of quotes would swallow the rest of the list; then quotes mean nothing."""
    return text if text.count('"') % 2 == 0 or "\\" in text else text.replace('"', " ")


def _is_group_name(text: str) -> bool:
    if text.count("=?") > text.count("?="):
        return False  # a colon inside an encoded word
    return "@" not in text and "<" not in text and "mailto" not in text.lower()


def _join_names(pieces: list[str], *, is_semicolon: bool) -> list[str]:
    """`Müller, Bernd <b@x>` without quotes: a piece without an address belongs to the next one."""
    joined: list[str] = []
    waiting = ""
    separator = ";" if is_semicolon else ","
    for piece in pieces:
        if "@" not in piece and "<" not in piece:
            waiting = (
                f"{waiting}{piece}{separator}" if piece.strip() and len(waiting) < 500 else waiting
            )
            continue
        joined.append(waiting + piece if is_semicolon or "<" in piece else piece)
        waiting = ""
    if waiting:
        joined.append(waiting)
    return joined


def _read_mailbox(text: str) -> Address | None:
    text = text.strip().strip(",;").strip()
    if not text or len(text) > 20_000:
        return None
    before, address, comment = _cut_angle(text)
    if address is None:
        plain, comment = _take_comment(text)
        mail_text = _MAILTO.sub(" ", plain)
        match = _find_address(mail_text)
        if match is None and comment:
            mail_text = _AROUND_AT.sub("@", mail_text)
            match = _find_address(mail_text)
        if match is None:
            return None
        before = (mail_text[: match.start()] + " " + mail_text[match.end() :]).strip(" []<>:;,")
        if "@" in before:
            before = ""
        address = match[0]
    email = _clean_email(address)
    if email is None:
        return None
    name = _clean_name(before) or _clean_name(comment)
    return Address("" if name.casefold() == email.casefold() else name, email)


def _find_address(text: str) -> re.Match[str] | None:
    if '"@' in text or "@[" in text:
        return _UNUSUAL_ADDRESS.search(text) or _BARE_ADDRESS.search(text)
    return _BARE_ADDRESS.search(text)


def _cut_angle(text: str) -> tuple[str, str | None, str]:
    """Name, address and comment of `name <address> (comment)`; the address is None without one.

    The last bracket pair that holds an @ counts: `"a <b@c>" <real@x>` names real@x.
    """
    visible = _blank_quotes(text)
    close = visible.rfind(">")
    open_ = visible.rfind("<", 0, close if close != -1 else len(visible))
    if open_ == -1:
        return "", None, ""
    if close == -1:
        close = len(text)
    inside = text[open_ + 1 : close]
    if "@" not in inside:
        other = visible.rfind("<", 0, open_)
        stop = visible.find(">", other) if other != -1 else -1
        if stop == -1 or "@" not in text[other:stop]:
            return "", None, ""
        open_, close = other, stop
        inside = text[open_ + 1 : close]
    before, comment = text[:open_], ""
    if "(" in visible[:open_]:
        # RFC 5322 §3.2.2: `MAILER-DAEMON (Mail Delivery System) <postmaster@x>` is named
        # MAILER-DAEMON
        before, comment = _take_comment(before)
    after = text[close + 1 :].lstrip(">")
    comment = comment or _take_comment(after)[1]
    if not before.strip() and not comment and "@" not in after:
        comment = after  # `<ann@x> Ann`
    return before.rstrip("< "), inside, comment


def _blank_quotes(text: str) -> str:
    """The same length, with quoted strings blanked out, so brackets in a name are not seen."""
    if '"' not in text or text.count('"') % 2:
        return text
    out: list[str] = []
    in_quote = False
    skip = False
    for char in text:
        if skip:
            out.append(" ")
            skip = False
        elif in_quote and char == "\\":
            out.append(" ")
            skip = True
        elif char == '"':
            in_quote = not in_quote
            out.append('"')
        else:
            out.append(" " if in_quote else char)
    blanked = "".join(out)
    return blanked if "@" in blanked or "@" not in text else text


def _take_comment(text: str) -> tuple[str, str]:
    """The text without its first `(comment)`, and the comment."""
    begin = text.find("(")
    if begin == -1:
        return text, ""
    end = text.rfind(")")
    if end < begin:
        return text[:begin], text[begin + 1 :]
    return text[:begin] + " " + text[end + 1 :], text[begin + 1 : end]


def _clean_email(text: str) -> str | None:
    """The bare address: no route, spaces, quotes, `mailto:`; None when it is not `local@domain`."""
    text = make_one_line(_MAILTO.sub("", text)).strip()
    if ('"@' in text or "@[" in text) and _UNUSUAL_ADDRESS.fullmatch(text):
        return text if len(text) <= _MAX_LENGTH else None
    text = text.strip("<>[](),;'\"").strip()
    if text.startswith("@") and ":" in text:  # RFC 5322 §4.4 route
        text = text.rsplit(":", 1)[1]
    if "(" in text:
        text = _take_comment(text)[0]
    if " " in text:
        text = "".join(text.split()) if text.count("@") == 1 else _first_address(text)
    if text.count("@") != 1:
        text = _first_address(text) if text.count("@") > 1 and '"' not in text else text
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain or len(text) > _MAX_LENGTH:
        return None
    if "=?" in local:
        local = decode_words(local)
    domain = domain.strip().strip(".")
    if not domain or any(c in domain for c in '<>,;"\\') or any(c in local for c in "<>\r\n"):
        return None
    return f"{local}@{domain}"


def _first_address(text: str) -> str:
    match = _BARE_ADDRESS.search(text)
    return match[0] if match else ""


def _clean_name(text: str) -> str:
    """A display name without quotes, escapes, controls or direction marks."""
    text = text.strip().strip(",;").strip()
    if not text:
        return ""
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1]
    elif '"' in text:
        text = text.replace('\\"', "\0").replace('"', "").replace("\0", '"')
    if "\\" in text:
        text = re.sub(r"\\(.)", r"\1", text)
    text = decode_words(text).translate(_INVISIBLE)
    text = " ".join(text.split())
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    return text[:500]


# Zero-width and direction characters let one name look like another (attack A11).
_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0x00AD]
)
