"""Too much from one sender, and machines that answer each other (attacks 9 and 10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from accounts.models import Identity, IdentityKind
from accounts.roles import STAFF
from channels_in.adapters import Arrival
from channels_in.email.addresses import names_a_ticket
from channels_in.email.filters.history import HOUR, Earlier, recent_mail, sender_key, words_of
from channels_in.email.filters.rules import is_welcome
from channels_in.models import Fate
from channels_in.proof import UNPROVEN, Standing
from channels_in.reasons import Reason
from channels_in.receive import IMPORT
from channels_in.screening import PASS, Verdict

TEN_MINUTES = timedelta(minutes=10)
UNANSWERED = Verdict(may_be_answered=False)


def hold_floods(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """Suspend what comes from one sender past the limits, for an hour after the last of it.

    Counted are mails in ten minutes and in an hour, and for senders who prove nothing the tickets
    they open in an hour. Agents and allowed senders may send as much as they like; imports are
    not counted. A mail that says the same as one of the last ten minutes is answered by no
    machine: two of them that set no header would never stop.
    """
    counted = [arrival for arrival in arrivals if arrival.item.envelope.get("via") != IMPORT]
    limit = max(settings.MAIL_FLOOD_HOUR, settings.MAIL_FLOOD_TEN_MINUTES, 20) + 1
    history = recent_mail(counted, limit=limit)
    verdicts = {arrival.item.pk: _judge(arrival, history) for arrival in counted}
    staff = _staff([arrival for arrival in counted if not verdicts[arrival.item.pk].passes])
    for arrival in counted:
        may_send_more = is_welcome(arrival) or (
            sender_key(arrival) in staff and not _is_refuted(arrival)
        )
        if may_send_more and not verdicts[arrival.item.pk].passes:
            verdicts[arrival.item.pk] = PASS
    return [verdicts.get(arrival.item.pk, PASS) for arrival in arrivals]


def _judge(arrival: Arrival, history: dict[str, list[Earlier]]) -> Verdict:
    item = arrival.item
    earlier = [mail for mail in history[sender_key(arrival)] if mail.at > item.received_at - HOUR]
    lately = [mail for mail in earlier if mail.at > item.received_at - TEN_MINUTES]
    words = words_of(item.preview)
    detail = _excess(arrival, earlier, lately)
    reason = Reason.FLOOD if detail else ""
    is_new = not (detail or names_a_ticket(arrival))
    # Within the batch nothing has a ticket yet: each mail that may open one counts as one.
    history[sender_key(arrival)].append(
        Earlier(item.received_at, reason, -item.pk if is_new else None, words)
    )
    if detail:
        return Verdict(Fate.SUSPENDED, Reason.FLOOD, detail)
    is_echo = is_new and words and any(mail.words == words for mail in lately)
    return UNANSWERED if is_echo else PASS


def _excess(arrival: Arrival, earlier: Sequence[Earlier], lately: Sequence[Earlier]) -> str:
    """What there is too much of, or nothing."""
    if any(mail.reason == Reason.FLOOD for mail in earlier):
        return "Held for an hour after the last message"
    for mails, most, time in (
        (lately, settings.MAIL_FLOOD_TEN_MINUTES, "10 minutes"),
        (earlier, settings.MAIL_FLOOD_HOUR, "an hour"),
    ):
        if 0 < most <= len(mails):
            return f"More than {most} messages in {time}"
    most = settings.MAIL_NEW_TICKETS_HOUR
    if most > 0 and not _is_proven(arrival) and not names_a_ticket(arrival):
        tickets = {mail.ticket_id for mail in earlier if mail.ticket_id}
        if len(tickets) >= most:
            return f"More than {most} tickets in an hour"
    return ""


def _staff(arrivals: Sequence[Arrival]) -> set[str]:
    """Which of the senders are agents; asked only for those that would be held."""
    if not arrivals:
        return set()
    emails = {sender_key(arrival) for arrival in arrivals}
    rows = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=emails, user__role__in=STAFF, user__is_active=True
    )
    return set(rows.values_list("value", flat=True))


def _is_proven(arrival: Arrival) -> bool:
    return (arrival.proof or UNPROVEN).is_proven


def _is_refuted(arrival: Arrival) -> bool:
    return (arrival.proof or UNPROVEN).standing is Standing.FAIL
