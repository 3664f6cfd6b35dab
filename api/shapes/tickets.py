"""Tickets as Zendesk's ticket object: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/

Plain dicts: a list of 100 through a ModelSerializer costs several times as much. What a ticket's
own row does not hold is loaded for all tickets of a page at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.actor import Actor
from api.shapes.times import stamp
from api.shapes.via import via
from tickets import policies
from tickets.models import (
    Comment,
    Participant,
    ParticipantRole,
    SatisfactionRating,
    Score,
    Ticket,
    TicketField,
    TicketType,
)


@dataclass(slots=True)
class _Around:
    """What belongs to the tickets of a page without being in their rows."""

    descriptions: dict[int, str]
    ccs: dict[int, list[int]]
    followers: dict[int, list[int]]
    followups: dict[int, list[int]]
    ratings: dict[int, SatisfactionRating]
    field_ids: list[int]
    with_incidents: set[int]


_UNRATED = (Score.UNOFFERED, Score.OFFERED)


def ticket_shapes(tickets: Sequence[Ticket], actor: Actor, base: str) -> list[dict[str, Any]]:
    """The tickets as this actor may see them: customers get no internal properties."""
    is_staff = policies.may_see_internal(actor)
    around = _around(tickets, actor, is_staff)
    shapes = [_shape(ticket, around, base) for ticket in tickets]
    if not is_staff:
        for shape in shapes:
            shape |= {"tags": [], "external_id": None, "problem_id": None, "has_incidents": False}
    return shapes


def ticket_shape(ticket: Ticket, actor: Actor, base: str) -> dict[str, Any]:
    return ticket_shapes([ticket], actor, base)[0]


def _around(tickets: Sequence[Ticket], actor: Actor, is_staff: bool) -> _Around:
    ids = [ticket.pk for ticket in tickets]
    comments = Comment.objects.filter(ticket_id__in=ids)
    fields = TicketField.objects.filter(is_active=True)
    if not is_staff:
        comments = comments.released()
        fields = fields.filter(is_visible_to_customers=True)
    first = comments.order_by("ticket_id", "created_at", "id").distinct("ticket_id")
    ccs: dict[int, list[int]] = defaultdict(list)
    followers: dict[int, list[int]] = defaultdict(list)
    people = Participant.objects.filter(ticket_id__in=ids, is_accepted=True).order_by("id")
    for ticket_id, user_id, role in people.values_list("ticket_id", "user_id", "role"):
        if role == ParticipantRole.CC:
            ccs[ticket_id].append(user_id)
        elif is_staff:
            followers[ticket_id].append(user_id)
    followups: dict[int, list[int]] = defaultdict(list)
    later = policies.visible_tickets(actor).filter(followup_source_id__in=ids).order_by("id")
    for source_id, pk in later.values_list("followup_source_id", "id"):
        followups[source_id].append(pk)
    return _Around(
        descriptions=dict(first.values_list("ticket_id", "body")),
        ccs=ccs,
        followers=followers,
        followups=followups,
        ratings=_ratings(tickets),
        field_ids=list(fields.order_by("position", "id").values_list("id", flat=True)),
        with_incidents=_with_incidents(tickets),
    )


def _ratings(tickets: Sequence[Ticket]) -> dict[int, SatisfactionRating]:
    rated = [ticket.pk for ticket in tickets if ticket.satisfaction not in _UNRATED]
    found = SatisfactionRating.objects.filter(ticket_id__in=rated) if rated else []
    return {rating.ticket_id: rating for rating in found}


def _with_incidents(tickets: Sequence[Ticket]) -> set[int]:
    problems = [ticket.pk for ticket in tickets if ticket.type == TicketType.PROBLEM]
    if not problems:
        return set()
    incidents = Ticket.objects.existing().filter(problem_id__in=problems)
    return set(incidents.values_list("problem_id", flat=True).distinct())


def _shape(ticket: Ticket, around: _Around, base: str) -> dict[str, Any]:
    pk = ticket.pk
    ccs = around.ccs.get(pk, [])
    values = ticket.custom_fields
    custom = [{"id": field_id, "value": values.get(str(field_id))} for field_id in around.field_ids]
    return {
        "url": f"{base}/tickets/{pk}.json",
        "id": pk,
        "external_id": ticket.external_id,
        "via": via(ticket.channel, ticket.via_source),
        "created_at": stamp(ticket.created_at),
        "updated_at": stamp(ticket.updated_at),
        "generated_timestamp": int(ticket.generated_at.timestamp()),
        "type": ticket.type or None,
        "subject": ticket.subject,
        "raw_subject": ticket.subject,
        "description": around.descriptions.get(pk, ""),
        "priority": ticket.priority or None,
        "status": "deleted" if ticket.deleted_at else ticket.status,
        "recipient": ticket.recipient or None,
        "requester_id": ticket.requester_id,
        "submitter_id": ticket.submitter_id,
        "assignee_id": ticket.assignee_id,
        "organization_id": ticket.organization_id,
        "group_id": ticket.group_id,
        "collaborator_ids": ccs,
        "follower_ids": around.followers.get(pk, []),
        "email_cc_ids": ccs,
        "forum_topic_id": None,
        "problem_id": ticket.problem_id,
        "has_incidents": pk in around.with_incidents,
        "is_public": ticket.is_public,
        "due_at": stamp(ticket.due_at),
        "tags": ticket.tags,
        "custom_fields": custom,
        "fields": custom,
        "satisfaction_rating": _rating(ticket, around.ratings.get(pk)),
        "sharing_agreement_ids": [],
        "custom_status_id": None,
        "encoded_id": "",
        "followup_ids": around.followups.get(pk, []),
        "via_followup_source_id": ticket.followup_source_id,
        "ticket_form_id": ticket.form_id,
        "brand_id": None,
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": False,
    }


def _rating(ticket: Ticket, rating: SatisfactionRating | None) -> dict[str, Any]:
    if rating is None or ticket.satisfaction in _UNRATED:
        return {"score": str(ticket.satisfaction)}
    good = rating.score in (Score.GOOD, Score.GOOD_WITH_COMMENT)
    return {
        "id": rating.pk,
        "score": "good" if good else "bad",
        "comment": rating.comment or None,
    }
