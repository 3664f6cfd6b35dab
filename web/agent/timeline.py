"""A ticket's conversation as the page shows it: messages and, between them, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.models import User
from channels_in.models import AwaitedFile
from channels_in.sources import comments_with_source
from macros.explain import RuleRef
from macros.models import RuleKind
from tickets.models import (
    Attachment,
    Audit,
    AuditEvent,
    Channel,
    Comment,
    Delivery,
    DeliveryState,
    Ticket,
    TicketField,
)
from tickets.selectors.timelines import EVERYTHING, Events, Window, events_between
from web.agent.beside import Answered, Beside, beside_of
from web.agent.deed_words import together_words
from web.agent.departures import Departure, departure_of
from web.agent.event_words import Names, names_in, words_of
from web.agent.message_facts import Facts, Flag, facts_of, flags_of
from web.agent.message_html import shown_html, text_html
from web.calls.words import CallFacts, call_of
from web.templatetags.ui import file_url

_VIA = {
    Channel.EMAIL: gettext_lazy("by e-mail"),
    Channel.WEB: gettext_lazy("by web form"),
    Channel.CHAT: gettext_lazy("by chat"),
    Channel.MESSENGER: gettext_lazy("by Messenger"),
    Channel.WHATSAPP: gettext_lazy("by WhatsApp"),
    Channel.TELEGRAM: gettext_lazy("by Telegram"),
    Channel.SMS: gettext_lazy("by text message"),
    Channel.X: gettext_lazy("on X"),
    Channel.FACEBOOK: gettext_lazy("on Facebook"),
    Channel.INSTAGRAM: gettext_lazy("on Instagram"),
    Channel.MASTODON: gettext_lazy("on Mastodon"),
    Channel.BLUESKY: gettext_lazy("on Bluesky"),
    Channel.REDDIT: gettext_lazy("on Reddit"),
    Channel.CUSTOM: gettext_lazy("by an own channel"),
    Channel.PHONE: gettext_lazy("by phone"),
    Channel.API: gettext_lazy("by API"),
    Channel.SYSTEM: gettext_lazy("by the system"),
}
NAMED = 4  # recipients in the head of a message

_HELD = ("paused", "taken_back", "discarded", "moved")
_HELD_WORDS = {
    "paused": gettext_lazy("reply that was not sent"),
    "taken_back": gettext_lazy("took a reply back before it left"),
    "discarded": gettext_lazy("reply that was discarded"),
    "moved": gettext_lazy("wrote what was split into another ticket"),
}


@dataclass(slots=True)
class Message:
    """A comment: `body` is read first, `whole` lies behind the fold (empty when there is none)."""

    comment: Comment
    author: User
    tone: str  # "customer", "agent" or "note": alignment, tint and label
    label: str
    body: SafeString
    whole: SafeString | str = ""
    files: list[Attachment] = field(default_factory=list)
    remote_images: int = 0
    flags: list[Flag] = field(default_factory=list)
    deliveries: Sequence[Delivery] = ()
    departure: Departure = field(default_factory=Departure)
    facts: Facts | None = None
    held_why: str = ""
    held: str = ""  # "paused", "taken_back", "discarded": a reply that was not sent; or "moved"
    moved_to: int | None = None  # the ticket that it was split into
    awaited: Sequence[AwaitedFile] = ()  # files that a network has not handed out
    answers: Answered | None = None  # the message this one was written as an answer to

    @property
    def call(self) -> CallFacts | None:
        """What is known of the call that this tells of."""
        return call_of(self.comment)

    @property
    def has_marks(self) -> bool:
        """Whether it came signed, encrypted, or with an invitation."""
        return not self.comment.metadata.keys().isdisjoint(("signed", "encrypted", "calendar"))


@dataclass(frozen=True, slots=True)
class Part:
    """What one person or one rule changed in a submit, in words; `rule` names its revision."""

    who: str
    what: list[str]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What one submit changed: by whoever made it, then by each rule.

    `together`: with how many other tickets, where it was one of many.
    """

    audit_id: int
    parts: list[Part]
    together: str = ""

    @property
    def has_rules(self) -> bool:
        return any(part.rule for part in self.parts)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the conversation. `revision` changes when it has to be drawn anew; by `order`
    the page knows where to put it.
    """

    id: str
    at: datetime
    order: str
    revision: str
    message: Message | None = None
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A window of the conversation. `only` says what is left out (tickets.selectors.timelines)."""

    entries: list[Entry]
    has_earlier: bool = False
    has_later: bool = False
    has_cut_events: bool = False
    only: str = EVERYTHING
    unread_id: int | None = None  # the first comment that the reader has not read
    asked_id: int | None = None  # the comment that a link names

    @property
    def comments(self) -> list[Comment]:
        return [entry.message.comment for entry in self.entries if entry.message]

    @property
    def first_id(self) -> int | None:
        return next((comment.pk for comment in self.comments), None)

    @property
    def last_id(self) -> int | None:
        return next((comment.pk for comment in reversed(self.comments)), None)

    @property
    def latest(self) -> list[Comment]:
        """The messages, when they are those at the end of the conversation."""
        return [] if self.has_later or self.only else self.comments


def timeline_of(
    ticket: Ticket,
    actor: Actor,
    fields: Sequence[TicketField],
    groups: Mapping[int, str],
    window: Window,
    *,
    only: str = EVERYTHING,
    unread_id: int | None = None,
    asked_id: int | None = None,
) -> Timeline:
    """The messages of a window, with what happened between them, in order: five queries at most.

    `fields` and `groups` are those that are active, `groups` with their names. What happened after
    a message belongs to its window, up to the next one.
    """
    comments = window.comments
    events = Events([])
    if only == EVERYTHING:
        since = comments[0].created_at if window.has_earlier and comments else None
        events = events_between(ticket, actor, since=since, until=window.later_at)
    entries = message_entries(ticket, comments)
    entries += _line_entries(events.submits, fields, groups, _known(ticket, comments))
    entries.sort(key=lambda entry: entry.order)
    return Timeline(
        entries, window.has_earlier, window.later_at is not None, events.is_cut, only, unread_id,
        asked_id,
    )  # fmt: skip


def message_entries(ticket: Ticket, comments: Sequence[Comment]) -> list[Entry]:
    """One for each comment, which comes with author, attachments and deliveries: one query."""
    came_by_mail = [each.pk for each in comments if each.channel == Channel.EMAIL]
    sources = comments_with_source(came_by_mail) if came_by_mail else set()
    beside = beside_of(ticket, comments)
    return [_message_entry(comment, ticket, comment.pk in sources, beside) for comment in comments]


def _message_entry(comment: Comment, ticket: Ticket, has_source: bool, beside: Beside) -> Entry:
    message = _message(comment, ticket, has_source, beside.called)
    message.awaited = beside.files.get(comment.pk, ())
    message.answers = beside.answered.get(comment.metadata.get("answers", 0))
    departure = message.departure
    states = "".join(row.state[:2] for row in message.deliveries)
    changing = f"{departure.state}{departure.words}{departure.at or ''}{message.held}"
    files = "".join(each.state[:1] for each in message.awaited) + str(len(message.files))
    shown = f"{comment.created_at}{comment.redacted_at or ''}{comment.is_public:d}{files}"
    return Entry(
        f"comment-{comment.pk}", comment.created_at, _order(comment.created_at, 0, comment.pk),
        f"{comment.pk}{states}{changing}{shown}", message=message,
    )  # fmt: skip


def _order(at: datetime, rank: int, pk: int) -> str:
    """Compares as a text like the instants do; a message comes before what its submit changed."""
    return f"{at:%Y%m%d%H%M%S%f}{rank}{pk:012}"


def _message(
    comment: Comment, ticket: Ticket, has_source: bool, called: Mapping[int, str]
) -> Message:
    files = list(comment.attachments.all())
    urls = {file.content_id: file_url(file) for file in files if file.content_id and file.is_image}
    # `comment.html` was sanitised when it came in; core.html.sanitize says what it guarantees.
    full = shown_html(comment.html, urls) if comment.html else None
    whole = full.html if full else text_html(comment.body)
    in_place = set(full.content_ids) if full and not comment.has_quoted_text else set()
    deliveries = list(comment.deliveries.all()) if comment.is_from_agent else []
    return Message(
        comment=comment,
        author=comment.author,
        tone=_tone(comment),
        label=_label(comment, ticket, deliveries),
        body=text_html(comment.reply_text) if comment.has_quoted_text else whole,
        whole=whole if comment.has_quoted_text else "",
        files=[file for file in files if file.content_id not in in_place or not file.content_id],
        remote_images=full.remote_images if full else 0,
        flags=flags_of(comment),
        departure=departure_of(comment, deliveries, called),
        facts=facts_of(comment, has_source=has_source),
        deliveries=deliveries,
        held=_held(comment),
        held_why=_held_why(comment),
        moved_to=comment.metadata.get("moved_to"),
    )


def _tone(comment: Comment) -> str:
    if not comment.is_public:
        return "note"
    return "agent" if comment.is_from_agent else "customer"


def _held_why(comment: Comment) -> str:
    if comment.metadata.get("paused_by") == "deleted":
        return _("Not sent: the ticket was deleted before it left.")
    return _("Not sent: the customer wrote first.")


def _held(comment: Comment) -> str:
    return next((flag for flag in _HELD if flag in comment.flags), "")


def _label(comment: Comment, ticket: Ticket, deliveries: Sequence[Delivery]) -> str:
    if held := _held(comment):
        return str(_HELD_WORDS[held])
    if not comment.is_public:
        return _("internal note")
    if comment.is_from_agent:
        live = [row for row in deliveries if row.state != DeliveryState.CANCELLED]
        names = [delivery.recipient.display_name for delivery in live]
        if names:
            return _("public reply to %(names)s") % {"names": _some(names)}
        return _("public reply")
    if comment.channel == Channel.EMAIL and ticket.recipient:
        return _("by e-mail to %(address)s") % {"address": ticket.recipient}
    return str(_VIA[Channel(comment.channel)])


def _some(names: Sequence[str]) -> str:
    """All of a few; of many the first, and how many more (the details name everybody)."""
    more = len(names) - NAMED
    if more <= 1:
        return ", ".join(names)
    return _("%(names)s and %(n)d more") % {"names": ", ".join(names[:NAMED]), "n": more}


def _known(ticket: Ticket, comments: Iterable[Comment]) -> list[User]:
    """People whose names are loaded already."""
    people = [comment.author for comment in comments]
    return [*people, ticket.requester, *([ticket.assignee] if ticket.assignee else [])]


def _line_entries(
    submits: Sequence[tuple[Audit, Sequence[AuditEvent]]],
    fields: Iterable[TicketField],
    groups: Mapping[int, str],
    known: Iterable[User],
) -> list[Entry]:
    names = names_in([each for _, events in submits for each in events], fields, known, groups)
    entries = []
    for audit, events in submits:
        if parts := _parts(audit, events, names):
            line = Line(audit.pk, parts, together_words(audit))
            order = _order(audit.created_at, 1, audit.pk)
            entry = Entry(f"audit-{audit.pk}", audit.created_at, order, str(audit.pk), line=line)
            entries.append(entry)
    return entries


def _parts(audit: Audit, events: Iterable[AuditEvent], names: Names) -> list[Part]:
    """The events of a submit under whoever did them, in the order of their first one."""
    by: dict[tuple[str, str], list[AuditEvent]] = {}
    for event in events:
        rule = _acting_rule(event.cause) or _acting_rule(audit.cause)
        who = rule.title if rule else str(audit.author or _("The system"))
        by.setdefault((who, rule.words if rule else ""), []).append(event)
    said = ((who, words_of(events, names), rule) for (who, rule), events in by.items())
    return [Part(who, what, rule) for who, what, rule in said if what]


def _acting_rule(cause: Mapping[str, Any]) -> RuleRef | None:
    """The rule behind something; a macro is the agent's own doing."""
    rule = RuleRef.of(cause)
    return rule if rule and rule.kind != RuleKind.MACRO else None
