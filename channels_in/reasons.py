"""Why a message was suspended or rejected: names for programs, sentences for people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Causes in the manner of Zendesk's suspended queue (domain-standards.md §8)."""

    AGENT_REFUSED = "agent_refused", _("An agent's reply that could not be carried out")
    AUTO_REPLY = "auto_reply", _("Automatic reply that belongs to no ticket")
    BLOCKED = "blocked", _("A sender rule blocks this address")
    BOUNCE = "bounce", _("Delivery report for a message that is not ours")
    EMPTY = "empty", _("The message is empty")
    EXPIRED = "expired", _("Nobody decided about it in time")
    FAILED_AUTHENTICATION = (
        "failed_authentication", _("The sender is forged, as their domain tells us")
    )  # fmt: skip
    FEEDBACK_REPORT = "feedback_report", _("Abuse report from a mail provider")
    FLOOD = "flood", _("Too many messages from one sender")
    FORM_LINKS = "form_links", _("Full of links, as spam is")
    FORM_TOO_FAST = "form_too_fast", _("The form was filled in faster than a person can")
    FORM_TRAP = "form_trap", _("A field was filled in that people do not see")
    FORM_UNPROVED = "form_unproved", _("Sent by a program, or with scripts off")
    HOPS = "hops", _("The message goes round in circles between servers")
    LOOP = "loop", _("One of our own messages came back")
    NO_SENDER = "no_sender", _("The message does not say who sent it")
    NOT_ON_ALLOWLIST = "not_on_allowlist", _("Only known senders may write to us")
    NOT_SCANNED = "not_scanned", _("The virus scanner could not look at it")
    SENDER_SUSPENDED = "sender_suspended", _("The sender is suspended")
    OWN_ADDRESS = "own_address", _("Sent from one of our own support addresses")
    TEST = "test", _("Test message of ours")
    SPAM = "spam", _("Marked as spam by the mail server in front of us")
    TOO_LARGE = "too_large", _("Too large to be fetched; it is still on its mail server")
    UNREADABLE = "unreadable", _("The message is damaged and could not be read")
    VIRUS = "virus", _("It carries a virus")
    SAID_ELSEWHERE = (
        "said_elsewhere",
        _("Said outside the help desk to somebody without an open ticket"),
    )
    DELETED_TICKET = "deleted_ticket", _("Answer to a deleted ticket")


# The same in a word or two, where many stand side by side.
SHORT_NAMES = {
    Reason.AGENT_REFUSED: _("Agents' replies"),
    Reason.AUTO_REPLY: _("Automatic replies"),
    Reason.BLOCKED: _("Blocked"),
    Reason.BOUNCE: _("Delivery reports"),
    Reason.DELETED_TICKET: _("Deleted tickets"),
    Reason.EMPTY: _("Empty"),
    Reason.FAILED_AUTHENTICATION: _("Forged"),
    Reason.FEEDBACK_REPORT: _("Abuse reports"),
    Reason.FLOOD: _("Floods"),
    Reason.FORM_LINKS: _("Links"),
    Reason.FORM_TOO_FAST: _("Too fast"),
    Reason.FORM_TRAP: _("Traps"),
    Reason.FORM_UNPROVED: _("Without scripts"),
    Reason.HOPS: _("Circles"),
    Reason.LOOP: _("Loops"),
    Reason.NO_SENDER: _("No sender"),
    Reason.NOT_SCANNED: _("Not scanned"),
    Reason.NOT_ON_ALLOWLIST: _("Unknown senders"),
    Reason.OWN_ADDRESS: _("Own address"),
    Reason.SAID_ELSEWHERE: _("Said elsewhere"),
    Reason.SENDER_SUSPENDED: _("Suspended people"),
    Reason.SPAM: _("Spam"),
    Reason.TOO_LARGE: _("Too large"),
    Reason.UNREADABLE: _("Unreadable"),
    Reason.VIRUS: _("Viruses"),
}
