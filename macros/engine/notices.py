"""Notices of rules become deliveries, all of a batch together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, Q

from accounts.models import Group, User
from core import clock
from macros.effects import InvalidEffect, Notice
from macros.engine.doing import Outbound
from notifications.audience import TOLD_BY_MAIL, TOLD_IN_APP
from notifications.selectors import without_rule_mails
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import ANSWERED_OTHERWISE, HEARS_LIVE, TicketChange
from tickets.models import (
    Channel,
    Delivery,
    DeliveryKind,
    EventType,
    Participant,
    ParticipantRole,
    Status,
)

# Rules tell people by e-mail; replies on networks leave before rules run (channels_in.step).
_SENT_BY = Channel.EMAIL
AUTOMATIC_A_DAY = 10  # notices to one customer because of what came in their name (attack 9)

_Wanted = tuple[Outbound, DeliveryDraft]


def send_notices(outbound: Sequence[Outbound]) -> list[tuple[Outbound, InvalidEffect]]:
    """Queue a delivery for each person a notice is for, and note it in the audits.

    Constant queries, however many there are. Nobody is told of their own submit; machines are never
    answered (RFC 3834 §2); a customer's automatic notices are budgeted.

    Returns what cannot be sent because the rule names somebody who is gone.
    """
    if not outbound:
        return []
    wanted, gone = addressed(outbound)
    wanted = _within_budget(wanted)
    for item, draft in wanted:
        item.change.shared.setdefault(TOLD_BY_MAIL, set()).add(draft.recipient.pk)
    queue_deliveries(drafts=[draft for _, draft in wanted])
    for item, drafts in _by_item(wanted):
        item.change.has_deliveries = True
        item.change.add(
            EventType.NOTIFICATION, drafts[0].kind, cause=item.cause,
            value={"recipients": [draft.recipient.pk for draft in drafts]},
        )  # fmt: skip
    return gone


def addressed(
    outbound: Sequence[Outbound],
) -> tuple[list[_Wanted], list[tuple[Outbound, InvalidEffect]]]:
    """A delivery for each person a notice is for, and what cannot be sent; nothing is written.

    Constant queries, however many there are. Staff who want no mails of rules are left out: the
    step that tells people in the app finds them in `change.shared`.
    """
    people = _People(outbound)
    gone = [(item, error) for item in outbound if (error := people.why_not(item.notice))]
    wanted = [
        (item, _draft(item, person))
        for item in outbound
        for person in people.of(item)
        if _may_get(item, person)
    ]
    return _once_each(_without_muted(wanted)), gone


def _without_muted(wanted: list[_Wanted]) -> list[_Wanted]:
    """Replies are never muted: they are answers to somebody, not news for an agent."""
    muted = without_rule_mails(d.recipient for item, d in wanted if not item.notice.is_reply)
    if not muted:
        return wanted
    kept = []
    for item, draft in wanted:
        if draft.recipient.pk in muted and not item.notice.is_reply:
            item.change.shared.setdefault(TOLD_IN_APP, {})[draft.recipient.pk] = item.cause
        else:
            kept.append((item, draft))
    return kept


class _People:
    """Whom the notices of a batch are for, read in a few queries."""

    def __init__(self, outbound: Sequence[Outbound]) -> None:
        notices = [item.notice for item in outbound]
        tickets = {item.change.ticket.pk for item in outbound}
        changes = [item.change for item in outbound]
        ids = {notice.user_id for notice in notices}
        ids |= {change.ticket.assignee_id for change in changes}
        ids |= {change.actor.user_id for change in changes}
        self.by_id = User.objects.in_bulk({pk for pk in ids if pk})
        groups = {notice.group_id for notice in notices if notice.group_id}
        self.groups = set(Group.objects.filter(pk__in=groups).values_list("pk", flat=True))
        self.members = self._members(self.groups) if groups else {}
        asks_for_participants = any(
            notice.who in ("requester_and_ccs", "followers") for notice in notices
        )
        self.participants = self._participants(tickets) if asks_for_participants else {}

    def why_not(self, notice: Notice) -> InvalidEffect | None:
        """Why a notice reaches nobody: the rule names a person or a group that is gone."""
        if notice.user_id:
            user = self.by_id.get(notice.user_id)
            if user is None or not user.is_active:
                return InvalidEffect("The person to be notified is not there any more.")
        if notice.group_id and notice.group_id not in self.groups:
            return InvalidEffect("The group to be notified is not there any more.")
        return None

    def _members(self, groups: Iterable[int]) -> dict[int, list[User]]:
        found: dict[int, list[User]] = {}
        agents = User.objects.filter(is_active=True, memberships__group__in=groups)
        for user in agents.distinct().prefetch_related("memberships"):
            for membership in user.memberships.all():
                found.setdefault(membership.group_id, []).append(user)
        return found

    def _participants(self, tickets: Iterable[int]) -> dict[tuple[int, str], list[User]]:
        found: dict[tuple[int, str], list[User]] = {}
        rows = Participant.objects.filter(ticket__in=tickets, is_accepted=True)
        for row in rows.select_related("user").order_by("id"):
            found.setdefault((row.ticket_id, row.role), []).append(row.user)
        return found

    def of(self, item: Outbound) -> list[User]:
        """The people of one notice."""
        ticket, notice = item.change.ticket, item.notice
        match notice.who:
            case "requester":
                return [ticket.requester]
            case "requester_and_ccs":
                ccs = self.participants.get((ticket.pk, ParticipantRole.CC), [])
                return [ticket.requester, *ccs]
            case "followers":
                return self.participants.get((ticket.pk, ParticipantRole.FOLLOWER), [])
            case "assignee":
                return self._known(ticket.assignee_id)
            case "current_user":
                return self._known(item.change.actor.user_id)
            case "group":
                return self.members.get(notice.group_id or 0, [])
        return self._known(notice.user_id)

    def _known(self, user_id: int | None) -> list[User]:
        user = self.by_id.get(user_id or 0)
        return [user] if user else []


def _may_get(item: Outbound, person: User) -> bool:
    change, comment = item.change, item.comment
    if not (person.email and person.is_active):
        return False
    if person.pk in change.shared.get(ANSWERED_OTHERWISE, ()):
        return False
    if item.notice.who == "assignee" and person.pk in change.shared.get(HEARS_LIVE, ()):
        return False
    if item.notice.is_reply:
        if comment is None or not (comment.is_public and comment.is_from_agent):
            return False
        return person.pk != comment.author_id and (change.may_be_answered or not item.is_rules_own)
    if person.is_customer:
        return change.may_be_answered and change.ticket.is_public
    return person.pk != _writer(change) or item.notice.who == "current_user"


def _writer(change: TicketChange) -> int | None:
    return change.actor.user_id or (change.comment.author_id if change.comment else None)


def _draft(item: Outbound, person: User) -> DeliveryDraft:
    change, notice = item.change, item.notice
    return DeliveryDraft(
        ticket=change.ticket, kind=_kind(item, person), channel=_SENT_BY, recipient=person,
        address=_address(item, person), comment=item.comment,
        subject=notice.subject, body=notice.body, audit=change.audit, cause=item.cause,
    )  # fmt: skip


def _address(item: Outbound, person: User) -> str:
    """The person's, or for a reply to the requester the one that its writer has chosen."""
    is_reply_to = item.comment and item.notice.is_reply and person == item.change.ticket.requester
    chosen = item.comment.metadata.get("to_address") if item.comment and is_reply_to else ""
    return str(chosen or person.email or "")


def _kind(item: Outbound, person: User) -> str:
    """What a delivery is called in the conversation and in budgets."""
    change = item.change
    if item.notice.is_reply:
        return DeliveryKind.COMMENT
    if person.pk == change.ticket.requester_id:
        if change.is_creation:
            return DeliveryKind.ACKNOWLEDGEMENT
        status = change.changed("status")
        if status is not None and status.value == Status.SOLVED:
            return DeliveryKind.SOLVED_NOTICE
    return DeliveryKind.NOTIFICATION


def _once_each(wanted: list[_Wanted]) -> list[_Wanted]:
    """Two rules that send the same reply to the same person send it once."""
    seen: set[tuple[int, int, str, str]] = set()
    kept = []
    for item, draft in wanted:
        said = str(item.comment.pk) if item.comment else draft.subject + draft.body
        key = (id(item.change), draft.recipient.pk, draft.kind, said)
        if key not in seen:
            seen.add(key)
            kept.append((item, draft))
    return kept


def _within_budget(wanted: list[_Wanted]) -> list[_Wanted]:
    """Leave out automatic notices to a customer beyond AUTOMATIC_A_DAY.

    Whoever writes 500 mails in another's name must not make us send that person 500. What an agent
    did is not counted.
    """
    people = {draft.recipient.pk for item, draft in wanted if _is_automatic(item, draft)}
    if not people:
        return wanted
    automatic = Q(kind__in=(DeliveryKind.ACKNOWLEDGEMENT, DeliveryKind.NOTIFICATION))
    recent = Delivery.objects.filter(
        automatic | Q(comment__channel=Channel.SYSTEM), recipient__in=people,
        created_at__gt=clock.now() - timedelta(days=1),
    ).values_list("recipient_id")  # fmt: skip
    sent = Counter(dict(recent.annotate(n=Count("*")).order_by()))
    kept = []
    for item, draft in wanted:
        if _is_automatic(item, draft):
            sent[draft.recipient.pk] += 1
            if sent[draft.recipient.pk] > AUTOMATIC_A_DAY:
                continue
        kept.append((item, draft))
    return kept


def _is_automatic(item: Outbound, draft: DeliveryDraft) -> bool:
    return draft.recipient.is_customer and not item.change.actor.is_agent


def _by_item(wanted: list[_Wanted]) -> Iterator[tuple[Outbound, list[DeliveryDraft]]]:
    for _, group in groupby(wanted, key=lambda pair: id(pair[0])):
        pairs = list(group)
        yield pairs[0][0], [draft for _, draft in pairs]
