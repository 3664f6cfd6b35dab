"""Who is told what of a submit: first who could be, then who may and wants to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.actor import actor_for
from accounts.models import Membership, User
from notifications import mentions
from notifications.models import Kind, NotificationChoice, PushSubscription
from tickets import policies
from tickets.changes import HEARS_LIVE, TicketChange
from tickets.models import Comment, EventType, Participant, ParticipantRole, Ticket

# One submit tells a person one thing: the first of these that fits. Promises stand beside it.
_RANK = (
    Kind.MENTION, Kind.ASSIGNED, Kind.CUSTOMER_REPLIED, Kind.SIDE_REPLY, Kind.REMINDER,
    Kind.GROUP_ASSIGNED, Kind.FOLLOWED, Kind.RULE_NOTICE,
)  # fmt: skip
_SLA = {EventType.SLA_WARNING, EventType.SLA_BREACH}
TOLD_IN_APP = "told_in_app"  # a place in TicketChange.shared: who is told by rules, without a mail
TOLD_BY_MAIL = "told_by_mail"  # who has a rule's mail about it already


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be told."""

    change: TicketChange
    user_id: int
    kind: Kind
    data: dict[str, Any] = field(default_factory=dict)


def candidates_of(changes: Sequence[TicketChange]) -> list[Candidate]:
    """Everybody who could be told of these submits; at most three queries however many."""
    found = [each for change in changes for each in _at_hand(change)]
    return [*found, *_mentioned(changes), *_following(changes), *_in_groups(changes)]


def writer_of(change: TicketChange) -> int | None:
    """Whose doing a submit is; they are not told of it."""
    return change.actor.user_id or (change.comment.author_id if change.comment else None)


def chosen(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One thing a submit and person, without those who did it."""
    best: dict[tuple[int, int, bool], Candidate] = {}
    for each in candidates:
        is_promise = each.kind == Kind.SLA_WARNING
        if each.user_id == writer_of(each.change) and each.kind != Kind.MENTION_UNSEEN:
            continue
        key = (id(each.change), each.user_id, is_promise)
        known = best.get(key)
        if known is None or _rank(each) < _rank(known):
            best[key] = each
    return list(best.values())


def _rank(candidate: Candidate) -> int:
    return _RANK.index(candidate.kind) if candidate.kind in _RANK else len(_RANK)


def _at_hand(change: TicketChange) -> list[Candidate]:
    """What needs no query: the assignee, and who is told by a rule."""
    found: list[Candidate] = []
    ticket, assignee = change.ticket, change.ticket.assignee_id
    if assignee:
        moved = change.changed("assignee_id")
        if moved is not None and moved.previous_value != assignee:
            found.append(Candidate(change, assignee, Kind.ASSIGNED, _by_rule(moved.cause)))
        hears = assignee in change.shared.get(HEARS_LIVE, ())
        if not (change.is_creation or hears) and _is_from_customer(change.comment):
            found.append(Candidate(change, assignee, Kind.CUSTOMER_REPLIED))
        if _wakes(change):
            found.append(Candidate(change, assignee, Kind.REMINDER))
        found += [Candidate(change, assignee, Kind.SLA_WARNING, data) for data in _promises(change)]
    found += _heard_aside(change)
    told = change.shared.get(TOLD_IN_APP, {})
    found += [
        Candidate(change, pk, Kind.RULE_NOTICE, _by_rule(cause))
        for pk, cause in told.items()
        if pk != ticket.requester_id
    ]
    return found


def _wakes(change: TicketChange) -> bool:
    """Whether the clock brings back a ticket that was put aside."""
    event = change.changed("snoozed_until")
    return event is not None and event.value is None and change.actor.is_system


def _heard_aside(change: TicketChange) -> list[Candidate]:
    """An answer in a side conversation, or a child ticket that is done: for the assignee, and for
    whoever asked.
    """
    found = []
    for event in change.events:
        said = event.value or {}
        is_answer = event.type == EventType.SIDE_REPLY and said.get("is_heard")
        is_done = event.type == EventType.SIDE_CLOSED and said.get("ticket")
        if not (is_answer or is_done and change.actor.is_system):
            continue
        data = {"child": said["ticket"]} if is_done else {}
        people = dict.fromkeys((change.ticket.assignee_id, said.get("asked_by")))
        found += [Candidate(change, pk, Kind.SIDE_REPLY, data) for pk in people if pk]
    return found


def _promises(change: TicketChange) -> list[dict[str, Any]]:
    """The worst of the promises that a submit is about."""
    events = [event for event in change.events if event.type in _SLA]
    events.sort(key=lambda event: event.type != EventType.SLA_BREACH)
    return [
        {"metric": event.field_name, "breached": event.type == EventType.SLA_BREACH}
        for event in events[:1]
    ]


def _by_rule(cause: dict[str, Any] | None) -> dict[str, Any]:
    return {"rule": cause["title"]} if cause and cause.get("title") else {}


def _is_from_customer(comment: Comment | None) -> bool:
    return comment is not None and not comment.is_from_agent


def _mentioned(changes: Sequence[TicketChange]) -> list[Candidate]:
    """Marks in the html; in notes without any, names that were typed."""
    found: list[tuple[TicketChange, list[int]]] = []
    typed: list[tuple[TicketChange, str]] = []
    for change in changes:
        comment = change.comment
        if comment is None or not comment.is_from_agent:
            continue
        if ids := mentions.marked(comment.html):
            found.append((change, ids))
        elif not comment.is_public and mentions.may_mention(comment.reply_text or comment.body):
            typed.append((change, comment.reply_text or comment.body))
    if typed:
        rows = User.objects.staff().filter(is_active=True).values_list("id", "name", "email")
        names = mentions.names_of(rows)
        found += [(change, mentions.named(text, names)) for change, text in typed]
    return [Candidate(change, pk, Kind.MENTION) for change, ids in found for pk in ids]


def _following(changes: Sequence[TicketChange]) -> list[Candidate]:
    by_ticket = {
        change.ticket.pk: change
        for change in changes
        if not change.is_creation and (change.comment or change.changed("status"))
    }
    if not by_ticket:
        return []
    rows = Participant.objects.filter(ticket__in=by_ticket, role=ParticipantRole.FOLLOWER)
    return [
        Candidate(by_ticket[ticket_id], user_id, Kind.FOLLOWED)
        for ticket_id, user_id in rows.values_list("ticket_id", "user_id")
    ]


def _in_groups(changes: Sequence[TicketChange]) -> list[Candidate]:
    """Members who asked to be told what comes to their groups, and of the promises there."""
    wanted = [
        (change, data)
        for change in changes
        if change.ticket.group_id and not change.ticket.assignee_id
        for data in ([None] if change.changed("group_id") else []) + _promises(change)
    ]
    if not wanted:
        return []
    watching = Q(user__notification_choice__app__contains=[Kind.GROUP_ASSIGNED])
    members: dict[int, list[int]] = {}
    rows = Membership.objects.filter(watching, group__in={c.ticket.group_id for c, _ in wanted})
    for group_id, user_id in rows.values_list("group_id", "user_id"):
        members.setdefault(group_id, []).append(user_id)
    return [
        Candidate(change, pk, Kind.GROUP_ASSIGNED if data is None else Kind.SLA_WARNING, data or {})
        for change, data in wanted
        for pk in members.get(change.ticket.group_id or 0, [])
    ]


class People:
    """The people behind candidates, with what they may and want: two queries."""

    def __init__(self, user_ids: Iterable[int]) -> None:
        pushes = PushSubscription.objects.filter(user=OuterRef("pk"))
        rows = (
            User.objects.staff()
            .filter(pk__in=set(user_ids), is_active=True)
            .select_related("notification_choice")
            .prefetch_related("memberships")
            .annotate(has_push=Exists(pushes))
        )
        self.by_id = {person.pk: person for person in rows}
        self._actors = {pk: actor_for(person) for pk, person in self.by_id.items()}

    def may_see(self, user_id: int, ticket: Ticket | None) -> bool:
        """Whether the person may see the ticket now (attacks 27, 34)."""
        actor = self._actors.get(user_id)
        return actor is not None and (ticket is None or policies.may_know_of(actor, ticket))

    def choice(self, user_id: int) -> NotificationChoice | None:
        """What they have chosen; None for who never did."""
        return getattr(self.by_id[user_id], "notification_choice", None)
