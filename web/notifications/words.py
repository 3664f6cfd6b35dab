"""What notifications say: one sentence each, with names that cannot break the line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from macros.models import Metric
from notifications.models import Kind, Notification
from notifications.selectors import people_named
from tickets.models import BulkKind, Ticket

EXCERPT = 140  # letters of what was written

ICONS: dict[str, str] = {
    Kind.MENTION: "at-sign",
    Kind.ASSIGNED: "user-plus",
    Kind.CUSTOMER_REPLIED: "reply",
    Kind.SLA_WARNING: "timer",
    Kind.SIDE_REPLY: "message-circle",
    Kind.FOLLOWED: "eye",
    Kind.GROUP_ASSIGNED: "users",
    Kind.REMINDER: "calendar-clock",
    Kind.BULK_DONE: "check-check",
    Kind.RULE_NOTICE: "zap",
    Kind.MENTION_UNSEEN: "eye-off",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One notification as it is shown."""

    row: Notification
    said: SafeString
    icon: str
    excerpt: str
    url: str

    @property
    def is_unread(self) -> bool:
        return self.row.read_at is None

    @property
    def is_bad(self) -> bool:
        return bool(self.row.data.get("breached"))


@dataclass(slots=True)
class TicketLines:
    """What there is of one ticket, newest first; None for what is about none."""

    ticket: Ticket | None
    lines: list[Line]

    @property
    def is_unread(self) -> bool:
        return any(line.is_unread for line in self.lines)


def lines_of(rows: Iterable[Notification]) -> list[Line]:
    """With one query at most, for the names of people that rows only know by id."""
    rows = list(rows)
    names = people_named(rows)
    return [
        Line(row, sentence(row, names), ICONS.get(row.kind, "bell"), _excerpt(row), url_of(row))
        for row in rows
    ]


def by_ticket(lines: Iterable[Line]) -> list[TicketLines]:
    """Grouped, in the order in which each ticket first comes up."""
    found: dict[object, TicketLines] = {}
    for line in lines:
        key = line.row.ticket_id or ("alone", line.row.pk)
        found.setdefault(key, TicketLines(line.row.ticket, [])).lines.append(line)
    return list(found.values())


def url_of(row: Notification) -> str:
    """Where it leads: the message of the ticket, or the page of the work that is done."""
    if row.ticket_id:
        page = reverse("ticket", args=[row.ticket_id])
        if row.comment_id is None:
            return page
        return f"{page}?comment={row.comment_id}#comment-{row.comment_id}"
    job = row.data.get("job")
    return reverse("bulk:show", args=[job]) if job else reverse("notifications")


def sentence(row: Notification, names: Mapping[int, str]) -> SafeString:
    who = _bdi(row.actor.display_name) if row.actor else _bdi(_("The help desk"))
    words = _WORDS.get(row.kind)
    return words(row, who, names) if words else _bdi(Kind(row.kind).label)


def _bdi(text: Any) -> SafeString:
    return format_html("<bdi>{}</bdi>", text)


def _assigned(row: Notification, who: SafeString, _names: Mapping[int, str]) -> SafeString:
    if rule := row.data.get("rule"):
        return format_html(_("The rule “{rule}” assigned it to you"), rule=_bdi(rule))
    return format_html(_("{who} assigned it to you"), who=who)


def _promise(row: Notification, _who: SafeString, _names: Mapping[int, str]) -> SafeString:
    metric = row.data.get("metric", "")
    label = Metric(metric).label if metric in Metric.values else metric
    said = _("{metric} is late") if row.data.get("breached") else _("{metric} is due soon")
    return format_html(said, metric=label)


def _aside(row: Notification, who: SafeString, _names: Mapping[int, str]) -> SafeString:
    if child := row.data.get("child"):
        return format_html(_("The child ticket {number} is done"), number=f"#{child}")
    return format_html(_("{who} answered in a side conversation"), who=who)


def _followed(row: Notification, who: SafeString, _names: Mapping[int, str]) -> SafeString:
    comment = row.comment
    if comment is None:
        return format_html(_("{who} changed the status"), who=who)
    if comment.is_public:
        return format_html(_("{who} replied"), who=who)
    return format_html(_("{who} wrote a note"), who=who)


def _unseen(row: Notification, _who: SafeString, names: Mapping[int, str]) -> SafeString:
    people = ", ".join(names.get(pk, f"#{pk}") for pk in row.data.get("people", []))
    return format_html(
        _("{people} cannot see this ticket, so nobody told them that you mentioned them"),
        people=_bdi(people),
    )


def _rule(row: Notification, _who: SafeString, _names: Mapping[int, str]) -> SafeString:
    return format_html(_("The rule “{rule}” tells you of it"), rule=_bdi(row.data.get("rule", "")))


def _bulk(row: Notification, _who: SafeString, _names: Mapping[int, str]) -> SafeString:
    kind, total = row.data.get("what", ""), row.data.get("total", 0)
    what = BulkKind(kind).label if kind in BulkKind.values else kind
    words = ngettext("Done: {what}, {n} ticket", "Done: {what}, {n} tickets", total)
    return format_html(words, what=what, n=total)


def _reminder(row: Notification, who: SafeString, _names: Mapping[int, str]) -> SafeString:
    words = _("This task is due now") if row.data.get("due_at") else _("It is back, as you asked")
    return format_html(words)


def _plain(words: Callable[[], str]) -> Callable[..., SafeString]:
    return lambda _row, who, _names: format_html(words(), who=who)


_WORDS: dict[str, Callable[[Notification, SafeString, Mapping[int, str]], SafeString]] = {
    Kind.MENTION: _plain(lambda: _("{who} mentioned you")),
    Kind.ASSIGNED: _assigned,
    Kind.CUSTOMER_REPLIED: _plain(lambda: _("{who} replied")),
    Kind.SLA_WARNING: _promise,
    Kind.SIDE_REPLY: _aside,
    Kind.FOLLOWED: _followed,
    Kind.GROUP_ASSIGNED: _plain(lambda: _("It came to one of your groups")),
    Kind.REMINDER: _reminder,
    Kind.BULK_DONE: _bulk,
    Kind.RULE_NOTICE: _rule,
    Kind.MENTION_UNSEEN: _unseen,
}


def _excerpt(row: Notification) -> str:
    if row.comment is None or row.kind == Kind.MENTION_UNSEEN:
        return ""
    text = row.comment.reply_text or row.comment.body
    line = " ".join(text[: 4 * EXCERPT].split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"
