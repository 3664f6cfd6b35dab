"""What a message says of itself besides its text: flags, and who vouches for the sender."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Channel, Comment


@dataclass(frozen=True, slots=True)
class Flag:
    """A small tag; `why` explains it in one sentence."""

    label: str | Promise
    why: str | Promise
    tone: str = "warn"  # or "" for what is worth knowing and no danger


_FLAGS = {
    "unverified_sender": Flag(
        gettext_lazy("Sender not verified"),
        gettext_lazy("This person was not part of the conversation and could not be recognised."),
    ),
    "is_staff_address": Flag(
        gettext_lazy("From a colleague's address"),
        gettext_lazy("The address is a colleague's, but nothing proves that they wrote this."),
    ),
    "reply_to_differs": Flag(
        gettext_lazy("Answers go elsewhere"),
        gettext_lazy("The message asks for answers at another address than the one it came from."),
    ),
    "failed_authentication": Flag(
        gettext_lazy("May be forged"),
        gettext_lazy("The checks of the sender's domain failed: somebody else may have sent this."),
        tone="bad",
    ),
    "agent_by_mail": Flag(
        gettext_lazy("Sent by e-mail"),
        gettext_lazy("A colleague answered from their mail program and was recognised."),
        tone="",
    ),
    "said_elsewhere": Flag(
        gettext_lazy("Sent outside the help desk"),
        gettext_lazy(
            "Somebody wrote this in the network's own inbox or another program. It was only noted "
            "here, and not sent again."
        ),
        tone="",
    ),
    "forwarded_by_agent": Flag(
        gettext_lazy("Forwarded"),
        gettext_lazy("A colleague forwarded this message; the customer is its original sender."),
        tone="",
    ),
    "typed_address": Flag(
        gettext_lazy("Address not confirmed"),
        gettext_lazy(
            "Somebody typed this address into a web form. Nothing proves that it is theirs."
        ),
        tone="",
    ),
    "withdrawn": Flag(
        gettext_lazy("Withdrawn"),
        gettext_lazy("What this note belonged to was taken back. It is not meant any more."),
        tone="",
    ),
    "courtesy": Flag(
        gettext_lazy("Only a thank-you"),
        gettext_lazy("This only says thanks, so it did not reopen the ticket."),
        tone="",
    ),
}  # fmt: skip
_NOT_SHOWN = {"paused", "taken_back", "discarded", "moved"}  # said by the message's own look


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in a mail's header; `standing`: pass, fail, none or empty when not examined."""

    sender: str
    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    standing: str = ""
    vouches: str = ""
    has_source: bool = False


_REDACTED = Flag(
    gettext_lazy("Redacted"),
    gettext_lazy("Words or files were taken out of this message for good."),
    tone="",
)


def flags_of(comment: Comment) -> list[Flag]:
    flags = [flag for flag in comment.flags if flag not in _NOT_SHOWN]
    shown = [_FLAGS.get(flag) or Flag(flag.replace("_", " "), "") for flag in flags]
    return [*shown, _REDACTED] if comment.redacted_at else shown


def facts_of(comment: Comment, *, has_source: bool) -> Facts | None:
    """The details of a mail that came in; None for everything else."""
    if comment.channel != Channel.EMAIL or not (has_source or comment.metadata.get("recipients")):
        return None
    recipients = comment.metadata.get("recipients") or {}
    sender = comment.metadata.get("sender") or {}
    return Facts(
        sender=sender.get("address") or comment.author.email or comment.author.display_name,
        to=list(recipients.get("to") or []),
        cc=list(recipients.get("cc") or []),
        standing=sender.get("standing", ""),
        vouches=_vouches(sender.get("standing"), sender.get("domain"), sender.get("by")),
        has_source=has_source,
    )


def _vouches(standing: str | None, domain: str | None, by: str | None) -> str:
    where = {"domain": domain or _("the sender's domain"), "by": by or _("our mail server")}
    match standing:
        case "pass":
            return _("%(domain)s confirms the sender (checked by %(by)s)") % where
        case "fail":
            return _("%(domain)s does not confirm the sender (checked by %(by)s)") % where
        case "none":
            return _("Nobody: the domain proves nothing about its mail")
    return ""
