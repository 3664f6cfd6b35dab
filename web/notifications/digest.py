"""The mail with what somebody has not read: the worst first, one a period, and nothing that they
may not see any more at the moment when it is written.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import strip_tags
from django.utils.translation import ngettext

from accounts.actor import actor_for
from accounts.models import User
from channels_in.email.loops import LOOP_HEADER, loop_mark
from channels_in.email.sending.rendering import language_for, one_line, render_letter
from core import ids
from notifications import actions
from notifications.choices import zone_of
from notifications.models import DigestMail, Kind, Notification
from notifications.selectors import people_with_due_digests
from tickets import policies
from web.notifications.words import Line, TicketLines, by_ticket, lines_of

logger = logging.getLogger(__name__)

UNSUBSCRIBE = "unsubscribe"  # what the token in the mail is for
MOST_TICKETS = 30
_RANK = (Kind.MENTION, Kind.ASSIGNED, Kind.CUSTOMER_REPLIED, Kind.SIDE_REPLY)


@dataclass(frozen=True, slots=True)
class Item:
    """One ticket of the mail; plain words for its text form."""

    number: int | None
    subject: str
    url: str
    lines: list[Line]
    said: list[str]


def send_due() -> int:
    """Send every digest whose period is over. Returns how many mails left."""
    return sum(send_digest(user_id) for user_id in people_with_due_digests())


def send_digest(user_id: int) -> bool:
    """One person's mail; False when another worker has it or there is nothing to say."""
    begun = actions.begin_digest(user_id=user_id)
    if begun is None:
        return False
    mail, rows = begun
    taken = [row.pk for row in rows]
    try:
        message = compose(mail, rows)
        if message is not None:
            message.send()
    except smtplib.SMTPRecipientsRefused:
        logger.warning("digest.refused", extra={"user": user_id})
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected, ConnectionError) as error:
        # Before a connection stood nothing can have left.
        logger.warning("digest.later", extra={"user": user_id, "why": type(error).__name__})
        actions.give_back_digest(mail=mail, notification_ids=taken)
        return False
    actions.end_digest(mail=mail, notification_ids=taken)
    return message is not None


def compose(mail: DigestMail, rows: Sequence[Notification]) -> EmailMultiAlternatives | None:
    """The mail, or None when nothing is left that its reader may see."""
    user = User.objects.prefetch_related("memberships").get(pk=mail.user_id)
    if not (user.is_active and user.is_staff_member and user.email):
        return None
    shown = _visible(user, rows)
    if not shown:
        return None
    language = language_for(user.language)
    with translation.override(language), timezone.override(zone_of(user)):
        tickets = sorted(by_ticket(lines_of(shown)), key=_rank)
        context = {
            "items": [_item(each) for each in tickets[:MOST_TICKETS]],
            "more": max(0, len(tickets) - MOST_TICKETS),
            "count": len(shown),
            "words": _subject(len(shown), tickets),
            "home": settings.SITE_URL + reverse("home_page"),
            "choices": settings.SITE_URL + reverse("personal:notifications"),
            "unsubscribe": unsubscribe_url(user.pk),
        }
        letter = render_letter("digest", context, language=language)
    domain = settings.SUPPORT_ADDRESS.rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=letter.subject, body=letter.text, to=[user.email],
        headers={
            # The same period makes the same id: a mail that came twice would be known as one.
            "Message-ID": f"<{ids.sign('digest', mail.pk)}@{domain}>",
            "List-Unsubscribe": f"<{unsubscribe_url(user.pk)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",  # RFC 3834 §5: no machine answers this
            "X-Auto-Response-Suppress": "All",
            LOOP_HEADER: loop_mark(),
        },
    )  # fmt: skip
    message.attach_alternative(letter.html, "text/html")
    return message


def unsubscribe_url(user_id: int) -> str:
    """The link that ends the mails: it works without signing in, and does nothing until pressed."""
    token = ids.sign(UNSUBSCRIBE, user_id)
    return settings.SITE_URL + reverse("unsubscribe", args=[token])


def _visible(user: User, rows: Sequence[Notification]) -> list[Notification]:
    actor = actor_for(user)
    asked = {row.ticket_id for row in rows if row.ticket_id}
    seen = set(policies.visible_tickets(actor).filter(pk__in=asked).values_list("pk", flat=True))
    return [row for row in rows if row.ticket_id is None or row.ticket_id in seen]


def _rank(group: TicketLines) -> tuple[int, float]:
    """Broken promises, promises in danger, then mentions, assignments, answers; newest first."""
    ranks = []
    for line in group.lines:
        if line.row.kind == Kind.SLA_WARNING:
            ranks.append(0 if line.is_bad else 1)
        elif line.row.kind in _RANK:
            ranks.append(2 + _RANK.index(Kind(line.row.kind)))
        else:
            ranks.append(2 + len(_RANK))
    return min(ranks), -group.lines[0].row.created_at.timestamp()


def _item(group: TicketLines) -> Item:
    first = group.lines[0]
    return Item(
        number=group.ticket.pk if group.ticket else None,
        subject=group.ticket.subject_or_placeholder if group.ticket else "",
        url=settings.SITE_URL + first.url,
        lines=group.lines,
        said=[strip_tags(line.said) for line in group.lines],
    )


def _subject(count: int, tickets: Sequence[TicketLines]) -> str:
    first = strip_tags(tickets[0].lines[0].said)
    more = count - 1
    if not more:
        return one_line(first)
    words = ngettext("%(first)s, and %(n)d more", "%(first)s, and %(n)d more", more)
    return one_line(words % {"first": first, "n": more})
