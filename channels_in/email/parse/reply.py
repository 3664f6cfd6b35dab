"""The visible reply: what the person wrote this time, apart from history and client signature.

One pass over the lines gives each a role; then the roles decide. Nothing is thrown away: what is
not shown is returned as quoted text. If nothing would be left, all is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels_in.email.parse.quotes.footers import is_client_signature, is_legal_notice
from channels_in.email.parse.quotes.marks import (
    begins_attribution,
    is_angled_attribution,
    is_attribution,
    is_bare_original_message,
    is_forwarded_message,
    is_original_message,
    is_reply_mark,
    is_rule,
    read_header_key,
)

# Lines that `html_quotes` writes for what it knows from the html itself (private use area).
CUT_MARK = "\ue000"
SIGNATURE_BEGIN = "\ue001"
SIGNATURE_END = "\ue002"
ATTRIBUTION_MARK = "\ue003"

# A sentence and no abbreviation or number, which attributions are folded behind.
_SENTENCE_END = re.compile(r"[^\W\d_]{4}[.!?]\Z")
MAX_LINES = 20_000
MAX_CHARACTERS = 400_000
_SEEN_OF_LINE = 700  # by patterns
_MAX_SIGNATURE_LINES = 25
_MAX_NOTICES = 10

_SHOWN, _QUOTED, _ATTRIBUTION, _SIGNATURE, _REST = range(5)


@dataclass(frozen=True, slots=True)
class Split:
    """The visible text and the rest, each with its own order of lines."""

    reply: str
    quoted: str
    is_forward: bool = False


def split_reply(text: str, *, is_forward: bool = False) -> Split:
    """Split a plain text. With `is_forward` (by the subject) header blocks and history are kept."""
    lines = text.split("\n")
    looked_at = _count_looked_at(lines) if len(text) > MAX_LINES else len(lines)
    rest = lines[looked_at:]
    lines = lines[:looked_at]
    roles, found_forward = _assign_roles(lines, is_forward=is_forward)
    is_forward = is_forward or found_forward
    end = _find_forwarded(lines) if is_forward else len(lines)
    roles[end:] = [_SHOWN] * (len(lines) - end) if is_forward else roles[end:]
    _mark_armor(lines, roles)
    _mark_signatures(lines[:end], roles)
    _mark_notices(lines[:end], roles)
    _keep_inline_quotes(lines, roles)
    shown = [line for line, role in zip(lines, roles, strict=True) if role == _SHOWN]
    hidden = [line for line, role in zip(lines, roles, strict=True) if role != _SHOWN]
    reply = _clean("\n".join(shown))
    if not reply.strip():
        return Split(_clean(text), "", is_forward)
    return Split(reply, _clean("\n".join(hidden + rest)), is_forward)


def _count_looked_at(lines: list[str]) -> int:
    characters = 0
    for number, line in enumerate(lines[:MAX_LINES]):
        characters += min(len(line), _SEEN_OF_LINE)
        if characters > MAX_CHARACTERS:
            return max(number, 1)
    return min(len(lines), MAX_LINES)


def _clean(text: str) -> str:
    for mark in (CUT_MARK, SIGNATURE_BEGIN, SIGNATURE_END, ATTRIBUTION_MARK):
        if mark in text:
            text = text.replace(mark, "")
    lines = [line.rstrip() for line in text.split("\n")]
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip("\n")


def _assign_roles(lines: list[str], *, is_forward: bool) -> tuple[list[int], bool]:
    roles = [_SHOWN] * len(lines)
    index = 0
    while index < len(lines):
        line = lines[index]
        stripped = line.strip()
        if not stripped:
            index += 1
            continue
        if stripped[0] in ">|" and _is_quote_line(stripped):
            if stripped[0] == ">" and is_reply_mark(stripped):
                return _cut(roles, index), False
            if is_angled_attribution(stripped) and not _is_quote_next(lines, index + 1):
                return _cut(roles, index), False
            roles[index] = _QUOTED
            index += 1
            continue
        if is_forwarded_message(line):
            return roles, True
        if not is_forward and _ends_reply(lines, index):
            return _cut(roles, _find_rule_above(lines, index)), False
        count = _count_attribution_lines(lines, index)
        if count:
            for number in range(_find_rule_above(lines, index), index + count):
                roles[number] = _ATTRIBUTION
            index += count
            is_quoted = _is_quote_next(lines, index)
            if not is_quoted and not is_forward:
                return _cut(roles, index), False
            if not is_quoted:
                roles[:index] = [_SHOWN if r == _ATTRIBUTION else r for r in roles[:index]]
            continue
        index += 1
    return roles, False


def _find_rule_above(lines: list[str], index: int) -> int:
    """The line of dashes that a client drew above the history, else the line itself."""
    for number in range(index - 1, max(index - 4, -1), -1):
        if lines[number].strip():
            is_above = is_rule(lines[number]) or is_bare_original_message(lines[number])
            return number if is_above else index
    return index


def _is_quote_line(stripped: str) -> bool:
    # A line with more bars than its first is a table.
    return stripped[0] == ">" or (stripped.startswith("| ") and "|" not in stripped[1:])


def _cut(roles: list[int], index: int) -> list[int]:
    for number in range(index, len(roles)):
        roles[number] = _REST
    return roles


def _ends_reply(lines: list[str], index: int) -> bool:
    """Whether from this line on all is history: a client's or our own separator, or a header
    block.
    """
    line = lines[index]
    if line.startswith(CUT_MARK) or is_reply_mark(line) or is_original_message(line):
        return True
    if is_rule(line):
        following = _next_text(lines, index + 1)
        return (
            following is not None and following <= index + 3 and _is_header_block(lines, following)
        )
    return _is_header_block(lines, index)


def _is_header_block(lines: list[str], index: int) -> bool:
    """From:/Sent:/To:/Subject: lines as Outlook and others put above a quoted mail.

    A sender and two other kinds within a few lines, one of them a subject or an address in sight: a
    travel booking with From, To and Date must not be taken for one.
    """
    first = read_header_key(lines[index])
    if first is None or first == "cc":
        return False
    kinds = {first}
    has_address = "@" in lines[index]
    blank = 0
    for line in lines[index + 1 : index + 12]:
        if not line.strip():
            blank += 1
            if blank > 1 and len(kinds) > 1:
                break
            continue
        kind = read_header_key(line)
        if kind:
            kinds.add(kind)
            blank = 0
            has_address = has_address or "@" in line
            # Android writes two keys in one line: "À : a@b Objet : …"
        elif "@" in line and len(line) < 300:
            has_address = True
    if "from" not in kinds or len(kinds) < 3:
        return False
    return "subject" in kinds or has_address


def _count_attribution_lines(lines: list[str], index: int) -> int:
    """How many lines from here on make an attribution (1 to 4), or 0."""
    if lines[index].startswith(ATTRIBUTION_MARK):
        return _count_marked_lines(lines, index)
    if len(lines[index]) > 600 or not (
        begins_attribution(lines[index])
        or (index + 1 < len(lines) and lines[index + 1].lstrip().startswith("<"))
    ):
        return 0
    joined = ""
    for count in range(1, 5):
        if index + count > len(lines):
            break
        line = lines[index + count - 1].strip()
        if not line or (count > 1 and line.startswith(">")):
            break
        joined = f"{joined} {line}" if joined else line
        if is_attribution(joined, is_quote_below=_is_quote_next(lines, index + count)):
            return count
        if len(joined) > 700 or (count == 1 and _SENTENCE_END.search(joined)):
            break
    return 0


def _count_marked_lines(lines: list[str], index: int) -> int:
    count = 1
    while count < 4 and index + count < len(lines):
        line = lines[index + count].strip()
        if not line or line.startswith(">"):
            break
        count += 1
    return count


def _is_quote_next(lines: list[str], index: int) -> bool:
    following = _next_text(lines, index)
    return following is not None and lines[following].lstrip().startswith(">")


def _next_text(lines: list[str], index: int) -> int | None:
    for number in range(index, min(index + 10, len(lines))):
        if lines[number].strip():
            return number
    return None


def _mark_signatures(lines: list[str], roles: list[int]) -> None:
    """`-- ` (RFC 3676 §4.3), client lines, list footers, and signatures known from the html."""
    index = 0
    while index < len(lines):
        line = lines[index]
        if roles[index] != _SHOWN:
            index += 1
            continue
        if line.startswith(SIGNATURE_BEGIN):
            end = _find_signature_end(lines, index)
            if _has_shown_text(lines, roles, index) or _has_shown_text(
                lines, roles, end, after=True
            ):
                for number in range(index, end):
                    roles[number] = _SIGNATURE
            index = end
            continue
        stripped = line.strip()
        if stripped == "--" or (
            is_rule(line, 20) and stripped[0] == "_" and _is_list_footer(lines, index)
        ):
            end, written = _measure_signature(lines, roles, index)
            if written <= _MAX_SIGNATURE_LINES and _has_shown_text(lines, roles, index):
                for number in range(index, end):
                    roles[number] = _SIGNATURE
                index = end
                continue
        if is_client_signature(line) and _has_shown_text(lines, roles, index):
            roles[index] = _SIGNATURE
        index += 1


def _mark_notices(lines: list[str], roles: list[int]) -> None:
    """Legal notices as the last paragraphs of what is shown, when something else is shown too."""
    end = len(lines)
    for _ in range(_MAX_NOTICES):
        while end and (roles[end - 1] != _SHOWN or not lines[end - 1].strip()):
            end -= 1
        begin = end
        while begin and roles[begin - 1] == _SHOWN and lines[begin - 1].strip():
            begin -= 1
        if not _has_shown_text(lines, roles, begin):
            return
        if not is_legal_notice("\n".join(lines[begin:end])):
            return
        roles[begin:end] = [_SIGNATURE] * (end - begin)
        end = begin


def _find_forwarded(lines: list[str]) -> int:
    """Where the forwarded mail begins; signatures are only looked for above it."""
    for index, line in enumerate(lines):
        if (
            is_forwarded_message(line)
            or is_original_message(line)
            or _is_header_block(lines, index)
        ):
            return index
    return 0


def _mark_armor(lines: list[str], roles: list[int]) -> None:
    """The frame of an inline PGP signature (RFC 9580 §7.2) is for programs, not for people."""
    if not any(line.startswith("-----BEGIN PGP SIGN") for line in lines):
        return
    is_inside = False
    for index, line in enumerate(lines):
        if line.startswith("-----BEGIN PGP SIGNATURE-----"):
            is_inside = True
        is_head = line.startswith("-----BEGIN PGP SIGNED MESSAGE-----") or (
            line.startswith("Hash: ") and lines[index - 1].startswith("-----BEGIN PGP SIGNED")
        )
        if (is_inside or is_head) and roles[index] == _SHOWN:
            roles[index] = _SIGNATURE
        if line.startswith("-----END PGP SIGNATURE-----"):
            is_inside = False


def _measure_signature(lines: list[str], roles: list[int], index: int) -> tuple[int, int]:
    """Where the shown lines below a signature mark end, and how many of them hold text."""
    end = index + 1
    written = 0
    while end < len(lines) and roles[end] == _SHOWN and written <= _MAX_SIGNATURE_LINES:
        written += bool(lines[end].strip())
        end += 1
    return end, written


def _find_signature_end(lines: list[str], index: int) -> int:
    for number in range(index, min(index + 200, len(lines))):
        if SIGNATURE_END in lines[number]:
            return number + 1
    return index + 1


def _has_shown_text(lines: list[str], roles: list[int], index: int, *, after: bool = False) -> bool:
    numbers = range(index, len(lines)) if after else range(index)
    return any(roles[n] == _SHOWN and lines[n].strip() for n in numbers)


def _is_list_footer(lines: list[str], index: int) -> bool:
    following = " ".join(lines[index + 1 : index + 5]).casefold()
    return "mailing list" in following or "listinfo" in following or "unsubscribe" in following


def _keep_inline_quotes(lines: list[str], roles: list[int]) -> None:
    """Answers between quotes keep them for context; a single quote block, or the last one, is
    history.
    """
    blocks: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if roles[index] not in (_QUOTED, _ATTRIBUTION):
            index += 1
            continue
        begin = index
        end = index
        while index < len(lines) and (
            roles[index] in (_QUOTED, _ATTRIBUTION) or not lines[index].strip()
        ):
            if lines[index].strip():
                end = index
            index += 1
        blocks.append((begin, end + 1))
    if not blocks:
        return
    last_text = max(
        (n for n in range(len(lines)) if roles[n] == _SHOWN and lines[n].strip()), default=-1
    )
    answered = [block for block in blocks if block[1] <= last_text]
    has_attribution = any(
        roles[n] == _ATTRIBUTION for begin, end in answered for n in range(begin, end)
    )
    if len(answered) == 1 and has_attribution:
        return
    for begin, end in answered:
        for number in range(begin, end):
            if roles[number] == _QUOTED:
                roles[number] = _SHOWN
