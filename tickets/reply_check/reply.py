"""What the rules are told, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a reply goes to, or who wrote."""

    name: str = ""
    address: str = ""
    is_inside: bool = False  # staff, or of a company that took part before


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it stands in the composer, with what the rules may know of its ticket.

    `ccs` are those who would get it now, `ccs_before` those who were on the ticket when the
    composer was opened. `named` are the people whom the customer's last message went to besides us.
    `customer_message` is its text without quoted history. `kept_from` are those who must not read
    it, as the customer a side conversation.
    """

    text: str
    is_public: bool = True
    has_files: bool = False
    requester: Person = Person()
    agent: Person = Person()
    author: Person = Person()  # of the customer's last message
    ccs: tuple[Person, ...] = ()
    ccs_before: tuple[Person, ...] = ()
    named: tuple[Person, ...] = ()
    kept_from: tuple[Person, ...] = ()
    customer_message: str = ""
    length_limit: int | None = None
    length: int | None = None  # as the channel counts; None: letters
    channel: str = ""
    internal_words: tuple[str, ...] = ()
    internal_hosts: tuple[str, ...] = ()
    workspace_url: str = ""
    own_accounts: tuple[str, ...] = ()  # bank accounts that customers are to pay to


@dataclass(frozen=True, slots=True)
class Span:
    """The letters of the text that a finding is about."""

    start: int
    end: int


class RemedyKind(StrEnum):
    ATTACH = "attach"
    ADD_CC = "add_cc"
    REMOVE_CC = "remove_cc"
    REPLACE = "replace"
    SHOW = "show"
    TO_NOTE = "to_note"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is offered. `value` is an address, or what the span becomes."""

    kind: RemedyKind
    label: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    sentence: str
    span: Span | None = None
    remedies: tuple[Remedy, ...] = ()
