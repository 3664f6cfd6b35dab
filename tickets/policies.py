"""Who may see and do what with a ticket: one policy for pages, API, websockets and rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q

from accounts.actor import Actor
from accounts.models import Sharing
from accounts.roles import Permission
from tickets.drafts import CommentDraft, TicketDraft
from tickets.errors import NotPermitted, TicketNotFound
from tickets.models import Participant, ParticipantRole, Ticket, TicketField, TicketForm
from tickets.models.ticket import TicketQuerySet

# What a customer's submit may carry besides a comment: who else hears of it, and "it is solved".
CUSTOMER_FIELDS = {"cc_ids", "status"}


def visible_tickets(actor: Actor) -> TicketQuerySet:
    """The existing tickets this actor may know of, as a queryset to filter further."""
    return _within_reach(actor, Ticket.objects.existing())


def visible_deleted_tickets(actor: Actor) -> TicketQuerySet:
    """Deleted tickets that can be brought back: all for leads, spam for who handles what is held.

    As far as the actor saw them before.
    """
    deleted = Ticket.objects.filter(deleted_at__isnull=False, scrubbed_at=None)
    if actor.is_customer:
        return deleted.none()
    if not actor.can(Permission.DELETE_TICKETS):
        if not actor.can(Permission.HANDLE_SUSPENDED):
            return deleted.none()
        deleted = deleted.filter(deletion_reason="spam")
    return _within_reach(actor, deleted)


def _within_reach(actor: Actor, tickets: TicketQuerySet) -> TicketQuerySet:
    if actor.is_system:
        return tickets
    if actor.is_customer:
        if actor.user_id is None:
            return tickets.none()
        return tickets.filter(of_own(actor.user_id) | _shared_with(actor), is_public=True)
    if not actor.can(Permission.VIEW_TICKETS):
        return tickets.none()
    if actor.ticket_access == "groups":
        return tickets.filter(Q(group_id__in=actor.group_ids) | Q(assignee_id=actor.user_id))
    if actor.ticket_access == "assigned":
        return tickets.filter(assignee_id=actor.user_id)
    return tickets


def of_own(user_id: int) -> Q:
    """Tickets that a customer asked for, or takes part in as an accepted CC."""
    taking_part = Participant.objects.filter(
        user_id=user_id, role=ParticipantRole.CC, is_accepted=True
    )
    return Q(requester_id=user_id) | Q(pk__in=taking_part.values("ticket_id"))


def _shared_with(actor: Actor) -> Q:
    """Requests of the actor's company, as far as it shares them or lets this person read them.

    Whoever has left the company, or has not signed in, has none of them (attack 35).
    """
    if actor.organization_id is None or actor.organization_access is None:
        return Q(pk__in=[])
    of_company = Q(organization_id=actor.organization_id)
    if actor.organization_access != Sharing.NONE:
        return of_company
    return of_company & Q(organization__sharing__in=(Sharing.VIEW, Sharing.COMMENT))


def takes_part(actor: Actor, ticket: Ticket) -> bool:
    """Whether a customer is the requester or an accepted CC: a query for who is not the first."""
    if ticket.requester_id == actor.user_id:
        return True
    return Ticket.objects.filter(of_own(actor.user_id or 0), pk=ticket.pk).exists()


def may_answer_as_customer(actor: Actor, ticket: Ticket) -> bool:
    """Whether a customer who sees a ticket may write on it; colleagues only when they are let."""
    if takes_part(actor, ticket):
        return True
    if actor.organization_access == Sharing.COMMENT:
        return True
    company = ticket.organization
    return company is not None and company.sharing == Sharing.COMMENT


def reaches(actor: Actor, ticket: Ticket) -> bool:
    """The same for a member of staff and an existing ticket in memory: no query."""
    if not actor.can(Permission.VIEW_TICKETS) or actor.is_customer:
        return False
    if actor.ticket_access == "groups":
        return ticket.group_id in actor.group_ids or ticket.assignee_id == actor.user_id
    return actor.ticket_access != "assigned" or ticket.assignee_id == actor.user_id


def visible_ticket(actor: Actor, number: int) -> Ticket:
    """The ticket with its people loaded. Raises TicketNotFound when absent or hidden alike."""
    ticket = visible_tickets(actor).with_people().filter(pk=number).first()
    if ticket is None:
        raise TicketNotFound(number)
    return ticket


def may_know_of(actor: Actor, ticket: Ticket) -> bool:
    """`visible_tickets` for a ticket at hand and one of the staff: no query."""
    if ticket.is_deleted or not actor.can(Permission.VIEW_TICKETS):
        return False
    if actor.ticket_access == "all" or ticket.assignee_id == actor.user_id:
        return True
    return actor.ticket_access == "groups" and ticket.group_id in actor.group_ids


def lock_visible_ticket(actor: Actor, number: int, *, also_deleted: bool = False) -> Ticket:
    """The same for writing: the row stays locked until the transaction ends."""
    tickets = visible_tickets(actor)
    if also_deleted:
        tickets = tickets | visible_deleted_tickets(actor)
    ticket = tickets.select_for_update(of=("self",), no_key=True).filter(pk=number).first()
    if ticket is None:
        raise TicketNotFound(number)
    return ticket


def may_see_internal(actor: Actor) -> bool:
    """Whether internal notes, followers and audits may be shown to this actor."""
    return actor.is_system or (not actor.is_customer and actor.can(Permission.VIEW_TICKETS))


def require(actor: Actor, permission: str) -> None:
    if not actor.can(permission):
        raise NotPermitted


def require_can_edit(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may change a ticket's properties."""
    require(actor, Permission.EDIT_TICKETS)


def may_redact(actor: Actor) -> bool:
    """Whether the actor may take words and files out of messages for good: those who hold the
    permission, and with AGENTS_MAY_REDACT everybody who edits tickets.
    """
    is_open_to_agents = settings.AGENTS_MAY_REDACT and actor.can(Permission.EDIT_TICKETS)
    return is_open_to_agents or actor.can(Permission.REDACT_MESSAGES)


def may_split(actor: Actor) -> bool:
    """Whether the actor may make a ticket of its own of a message."""
    return actor.can(Permission.EDIT_TICKETS)


def may_hide(actor: Actor) -> bool:
    """Whether the actor may make a public message internal."""
    return actor.can(Permission.EDIT_TICKETS) and actor.can(Permission.REPLY_PUBLICLY)


def require_can_create(actor: Actor, drafts: Sequence[TicketDraft]) -> None:
    """Customers may open public tickets for themselves, agents for anybody.

    An agent may hand in what the requester wrote; it counts as the requester's word, and the audit
    names the agent. Nobody writes in a third person's name (attack 33).
    """
    if actor.is_system:
        return
    for draft in drafts:
        if draft.created_at and not actor.can(Permission.IMPORT_TICKETS):
            raise NotPermitted("Only imports may say when a ticket came.")
        if actor.is_customer:
            _require_customer_may_open(actor, draft)
        elif not actor.can(Permission.EDIT_TICKETS):
            raise NotPermitted("You can only read tickets and write internal notes.")
        elif draft.comment.author_id not in (actor.user_id, draft.requester_id):
            raise NotPermitted("You can only write in your own name, or hand in the requester's.")


def _require_customer_may_open(actor: Actor, draft: TicketDraft) -> None:
    is_own = (
        actor.user_id is not None
        and draft.requester_id == actor.user_id == draft.comment.author_id
        and draft.submitter_id in (None, actor.user_id)
    )
    if not is_own_form(draft.form_id) or not are_own_fields(draft.custom_fields):
        raise NotPermitted("You cannot set this property of a ticket.")
    internal = (draft.assignee_id, draft.group_id, draft.organization_id, draft.follower_ids,
                draft.problem_id, draft.due_at, draft.external_id, draft.is_silent)  # fmt: skip
    if not is_own or any(internal) or draft.status != "new" or not draft.comment.is_public:
        raise NotPermitted("You can only open tickets for yourself.")


def is_own_form(form_id: int | None) -> bool:
    """Whether customers may choose this form; no query when they chose none."""
    if form_id is None:
        return True
    forms = TicketForm.objects.filter(pk=form_id, is_active=True, is_visible_to_customers=True)
    return forms.exists()


def are_own_fields(values: Mapping[str, Any]) -> bool:
    """Whether all these custom fields are shown to customers; no query when there are none."""
    ids = {int(key) for key in values if str(key).isdecimal()}
    if len(ids) != len(values):
        return False
    if not ids:
        return True
    fields = TicketField.objects.filter(pk__in=ids, is_active=True, is_visible_to_customers=True)
    return fields.count() == len(ids)


def require_can_update(
    actor: Actor, ticket: Ticket, given: dict[str, Any], comment: CommentDraft | None
) -> None:
    """Raise NotPermitted when the actor may not make this submit on a ticket they can see."""
    if actor.is_system:
        return
    if comment and comment.author_id != actor.user_id:
        raise NotPermitted("You can only write in your own name.")
    if actor.is_customer:
        _require_customer_may(actor, ticket, given, comment)
        return
    if comment:
        kind = Permission.REPLY_PUBLICLY if comment.is_public else Permission.COMMENT_INTERNALLY
        if not actor.can(kind):
            raise NotPermitted("You may write internal notes, but not answer customers.")
    if given:
        require_can_edit(actor)


def _require_customer_may(
    actor: Actor, ticket: Ticket, given: dict[str, Any], comment: CommentDraft | None
) -> None:
    if given and not takes_part(actor, ticket):
        raise NotPermitted("You can read this request of a colleague, but not change it.")
    if comment and not may_answer_as_customer(actor, ticket):
        raise NotPermitted("You can read this request of a colleague, but not answer it.")
    if comment and not comment.is_public:
        raise NotPermitted("Internal notes are for agents.")
    if not given.keys() <= CUSTOMER_FIELDS or given.get("status", "solved") != "solved":
        raise NotPermitted("You cannot change this property of a ticket.")
