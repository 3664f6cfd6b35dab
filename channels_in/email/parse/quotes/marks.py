"""Recognise single lines around quoted mail. Every test looks at a bounded piece of text, once."""

from __future__ import annotations

import re

from channels_in.email.parse.quotes.words import (
    FIRST_PERSON,
    FIRST_WORDS,
    FORWARD_PREFIXES,
    FORWARDED_MESSAGE,
    HEADER_KEYS,
    ORIGINAL_MESSAGE,
    REPLY_PREFIXES,
    WEAK_WROTE,
    WROTE,
    WROTE_PARTS,
)

_MAX_LINE = 400
_MAX_ATTRIBUTION = 700
_WORD = re.compile(r"[^\s,<>\"«»“”\[\];]+")
_YEAR_OR_TIME = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[:.h]\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)|[年월日]|\d{1,2}h\b"
)
_DATE = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})(?!\d)|[年月]")
_FULL_DATE = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\D{1,12}\d{1,2}[:.]\d\d(?::\d\d)?\D{0,12}\Z"
)
_ADDRESS = re.compile(r"[\w.+%'=/-]{1,80}@[\w-]{1,80}(?:\.|\b)")
_DATE_START = re.compile(
    r"[\"'(\[]?(?:\d{1,4}[-./年:h ]|(?:mon|tue|wed|thu|fri|sat|sun|"
    r"lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so|"
    r"пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-zа-я]{0,9}[.,]?[ ,])"
)
# Proton Mail draws its lines with U+2010.
_DASHED = re.compile(r"[-‐_=*>• ]{0,80}(?P<phrase>[^-‐_=*\s].{2,100}?)[-‐_=*: ]{0,80}\Z")
_DASHES = re.compile(r"(?:[-‐]{2,}|_{2,}|={2,}|\*{2,}|—{2,})")
_KEY = re.compile(
    r"[>*_|•\s]{0,12}(?P<key>[^\W\d_][^:：<>@\d]{0,22}?)[*_\s]{0,4}\s?[:：][*_\s]{0,3}(?P<value>.{0,300})"
)
_REPLY_MARK = re.compile(r"[>\s]{0,10}#{2,}[- ].{5,200}[- ]#{2,}\s*\Z")
# GroupWise: `>>> Ann <ann@x> 11/20/2026 10:04 AM >>>`, then the old text without marks.
_ANGLED = re.compile(r">{2,3} .{5,200} >{2,3}\Z")
# mutt and others: `Ann <ann@x> [2026-11-20 10:04]:`
_BRACKETED_DATE = re.compile(r"@[^\s<>@]{1,255}>?[^\[(@]{0,40}[\[(][^\])]{8,80}[\])]{1,2}[:：]\Z")
_PREFIX = re.compile(
    r"\s*([^\s:：\[\]()]{1,20}(?: [^\s:：\[\]()]{1,12})?)\s?(?:[\[(]\d{1,3}[\])])?\s?[:：]"
)


def is_attribution(text: str, *, is_quote_below: bool = False) -> bool:
    """Whether one to four joined lines are "On … wrote:" in any known language or form.

    Needs a date or an address besides the words, so prose that ends in "wrote:" stays. With a
    quoted line right below, a date or an address and a colon are enough: that covers unknown
    languages.
    """
    if len(text) > _MAX_ATTRIBUTION:
        return False
    lowered = _fold(text)
    has_colon = lowered.endswith((":", "："))
    address = _ADDRESS.search(lowered)
    dated = _YEAR_OR_TIME.search(lowered)
    words = [word.rstrip(":：.,") for word in _WORD.findall(lowered)]
    if not words or not (address or dated):
        return False
    if is_quote_below and has_colon and (address or _DATE.search(lowered)):
        return True
    if is_quote_below and address and _DATE_START.match(lowered) and _DATE.search(lowered):
        return True  # "2013/11/1 Ann <ann@x>" without a colon
    if has_colon and address and words[0] in ("quoting", "citando", "zitat"):
        return True  # Horde and SquirrelMail write no date
    begins = words[0] in FIRST_WORDS or _DATE_START.match(lowered) is not None
    verbs = {word for word in words[-4:] if word in WROTE}
    if verbs and not address and _is_first_person(words, verbs):
        return False  # "On Monday at 9:00 I wrote:" tells a story
    if verbs - WEAK_WROTE or (verbs and begins):
        if has_colon:
            return bool(begins or address or _begins_with_name(text, words))
        return bool(begins and dated and address and words[-1] in verbs)
    if not has_colon:
        return False
    has_part = any(part in lowered for part in WROTE_PARTS)
    if has_part and dated and (address or begins or _begins_with_name(text, words)):
        return True
    if address and dated and _BRACKETED_DATE.search(lowered):
        return True
    if address and dated and not WROTE.isdisjoint(words):
        return True  # "Ann <ann@x> schrieb am Do., 5. Jan. 2017 um 12:00:"
    # No verb at all: "2017-11-24 16:32 GMT+01:00 Ann <ann@x>:"
    is_at_end = address is not None and address.end() >= len(lowered) - 40
    return bool(address and dated and begins and is_at_end)


def _is_first_person(words: list[str], verbs: set[str]) -> bool:
    """Whether "I" or "we" stands next to the verb."""
    return any(
        word in verbs - FIRST_PERSON
        and not FIRST_PERSON.isdisjoint(words[max(number - 1, 0) : number + 2])
        for number, word in enumerate(words)
    )


def _begins_with_name(text: str, words: list[str]) -> bool:
    """ "Ann Desk wrote on 20.11.2026 10:04:" — up to four names, the verb, a full date and nothing
    else; "The caller wrote on" is prose.
    """
    place = next(
        (
            n
            for n, word in enumerate(words)
            if word in WROTE or word in WROTE_PARTS or word in "於于"
        ),
        0,
    )
    if not 0 < place <= 4 or len(words) > place + 6 or not _FULL_DATE.search(text):
        return False
    names = _WORD.findall(text)[:place]
    return all(not name[0].islower() for name in names)


def begins_attribution(line: str) -> bool:
    """Whether a line can be the first one of an attribution; a cheap test before the real one."""
    lowered = _fold(line[:_MAX_LINE])
    if not lowered:
        return False
    first = lowered.split(None, 1)[0].rstrip(",:")
    return (
        first in FIRST_WORDS
        or "@" in lowered
        or lowered.endswith((":", "："))
        or lowered[0] in "在于於"
        or _YEAR_OR_TIME.search(lowered) is not None
        or _DATE_START.match(lowered) is not None
    )


def _fold(text: str) -> str:
    return text.translate(_DIRECTION_MARKS).strip().strip("-*_ ").strip().casefold()


# Clients wrap addresses in these inside right-to-left text.
_DIRECTION_MARKS = dict.fromkeys(
    [*range(0x200E, 0x2010), *range(0x202A, 0x202F), 0x2066, 0x2067, 0x2068, 0x2069]
)


def read_header_key(line: str) -> str | None:
    """The kind of a quoted header line ("from", "sent", "to", "subject", "cc"), or None."""
    match = _KEY.match(line[:_MAX_LINE])
    return HEADER_KEYS.get(match["key"].strip().casefold()) if match else None


def read_header_value(line: str) -> str:
    """The text after the key of a quoted header line."""
    match = _KEY.match(line[:_MAX_LINE])
    return match["value"].strip() if match else ""


def is_original_message(line: str) -> bool:
    """-----Original Message----- in any known language; dashes on at least one side."""
    return _find_phrase(line) in ORIGINAL_MESSAGE


def is_bare_original_message(line: str) -> bool:
    """The same words without dashes; they prove nothing unless a header block follows."""
    return line.strip().casefold()[:_MAX_LINE] in ORIGINAL_MESSAGE


def is_angled_attribution(line: str) -> bool:
    """GroupWise's line above old text, which it leaves without quote marks."""
    stripped = line.strip()
    if not stripped.startswith(">>") or len(stripped) > _MAX_LINE:
        return False
    if _ANGLED.match(stripped):
        return _YEAR_OR_TIME.search(stripped) is not None
    return stripped.startswith(">>> ") and is_attribution(stripped[4:])


def is_forwarded_message(line: str) -> bool:
    """---------- Forwarded message --------- and "Begin forwarded message:"."""
    phrase = _find_phrase(line)
    if phrase in FORWARDED_MESSAGE or phrase.startswith("forwarded by "):
        return True
    plain = line[:_MAX_LINE].strip().strip("*_> ").casefold()
    return plain.endswith(":") and plain[:-1].strip() in FORWARDED_MESSAGE


def _find_phrase(line: str) -> str:
    if len(line) > _MAX_LINE or not _DASHES.search(line):
        return ""
    match = _DASHED.match(line.strip())
    return match["phrase"].strip().strip("-_=*: ").casefold() if match else ""


def is_reply_mark(line: str) -> bool:
    """Our own line "##- Please type your reply above this line -##", whatever its language."""
    return len(line) < _MAX_LINE and _REPLY_MARK.match(line) is not None


def is_rule(line: str, minimum: int = 10) -> bool:
    """A line of underscores, dashes or equals signs, as Outlook and list servers draw it."""
    stripped = line.strip().strip(">* ")
    return len(stripped) >= minimum and len(set(stripped)) == 1 and stripped[0] in "_-=—–"


def find_subject_kind(subject: str) -> str:
    """ "reply", "forward" or an empty string, by the first prefix of a subject."""
    match = _PREFIX.match(subject[:100])
    if match is None:
        return ""
    prefix = match[1].strip().casefold().replace(" ", "_")
    if prefix in REPLY_PREFIXES:
        return "reply"
    return "forward" if prefix in FORWARD_PREFIXES else ""
