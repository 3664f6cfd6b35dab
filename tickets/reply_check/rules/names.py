"""The greeting names somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Person, Remedy, RemedyKind, Reply
from tickets.reply_check.text import folded, own_lines, shortened, span_of, words_of
from tickets.reply_check.words.greetings import GREETING, NICKNAMES, NOBODY, TITLES

CODE = "wrong_name"
CODES = (CODE,)
SIGNING_LINES = 4  # the last lines of a message, where its writer signs

# One to four words that begin with a capital, up to a comma or the line's end: "Hello Mrs. Carla
# Jiménez," and not "Hello and thank you".
_NAME = r"[^\W\d_a-zà-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_TITLE = re.compile(TITLES)
_PARTICLES = "van|von|de|der|den|la|del|di|da|zu|bin|al"
_GREETED = re.compile(
    rf"\A\W*(?i:{GREETING})[ \t,]+(?:(?:(?i:{TITLES}))\.?[ \t]+){{0,3}}"
    rf"(?P<name>{_NAME}(?:[ \t]+(?:(?:{_PARTICLES})[ \t]+)*{_NAME}){{0,3}})"
    rf"[ \t]*(?=[,!.:;–—\n-])"
)


def find(reply: Reply) -> Iterator[Finding]:
    """A greeting whose every word is a stranger's to those who get the reply.

    Silent where nobody's name is known, and for "Hello all". Initials, nicknames, accents, first
    and last names, what the address says and what the customer signs with all count.
    """
    greeted = _GREETED.match(own_lines(reply.text))
    if not greeted:
        return
    said = words_of(greeted.group("name"))
    if any(word in NOBODY for word in said) or all(_TITLE.fullmatch(word) for word in said):
        return
    people = [reply.requester, reply.author, *reply.ccs]
    known = {word for person in people for word in _names_of(person)} | _signed(reply)
    if not any(person.name.strip() for person in people) or _matches(said, known):
        return
    right = _first_name(reply.author) or _first_name(reply.requester)
    person = reply.author if _first_name(reply.author) else reply.requester
    yield Finding(
        CODE,
        _("You greet “%(said)s”, but this goes to %(name)s.")
        % {"said": shortened(greeted.group("name"), 40), "name": person.name},
        span_of(greeted, "name"),
        (Remedy(RemedyKind.REPLACE, _("Write “%(name)s”") % {"name": right}, right),),
    )


def _names_of(person: Person) -> set[str]:
    local, _at, domain = person.address.partition("@")
    company = domain.split(".")[0]
    return set(words_of(f"{person.name} {local.replace('.', ' ')} {company}"))


def _signed(reply: Reply) -> set[str]:
    """Words with a capital in the last lines of the customer's message."""
    lines = [line for line in reply.customer_message.strip().splitlines() if line.strip()]
    tail = "\n".join(line for line in lines[-SIGNING_LINES:] if len(line.split()) <= 5)
    return {folded(word) for word in re.findall(_NAME, tail)}


def _matches(said: list[str], known: set[str]) -> bool:
    return any(_is_same(word, other) for word in said for other in known)


def _is_same(one: str, other: str) -> bool:
    """The same name, or a short form of it: "Chris" of "Christine", "J" of "Jane"."""
    if one == other or _umlauts(one) == _umlauts(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    if (
        short in long and len(short) >= 3
    ):  # Chris of Christine, carlajimenez@…, but not Carl of Carla
        return len(long) - len(short) > 1
    names = NICKNAMES.get(one, frozenset()) | NICKNAMES.get(other, frozenset())
    return one in names or other in names


def _umlauts(word: str) -> str:
    """“Mueller” and “Müller” are one: the second is folded to “muller”."""
    return re.sub(r"(?<=[aou])e", "", word)


def _first_name(person: Person) -> str:
    if "," in person.name:
        return person.name.partition(",")[2].strip().split(" ")[0]
    return person.name.split()[0] if person.name.strip() else ""
