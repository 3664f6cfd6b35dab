"""Checked values of a client's ticket as the drafts that tickets.actions take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accounts.actions import find_or_create_customers
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from api.bodies import Values
from api.uploads import upload_ids
from core.html import sanitize, to_text
from tickets.drafts import UNSET, CommentDraft, TicketChanges, TicketDraft
from tickets.models import Channel, Status, Ticket
from tickets.selectors.conversations import people_of

# What a customer's draft is made of; the rest is for staff and left aside.
_CUSTOMERS_OWN = {"subject", "comment", "via_followup_source_id"}
_PLAIN = ("subject", "status", "assignee_id", "group_id", "organization_id", "problem_id", "due_at")


def new_ticket(actor: Actor, values: Values) -> TicketDraft:
    """A draft; people named by address are found or made. Raises NotPermitted."""
    if actor.is_customer:
        values = {name: value for name, value in values.items() if name in _CUSTOMERS_OWN}
    me = actor.user_id or 0
    requester_id = _requester(actor, values) or me
    submitter_id = values.get("submitter_id") or me
    return TicketDraft(
        subject=values.get("subject", ""),
        status=values.get("status", Status.NEW),
        comment=_comment(values["comment"], actor, author_id=submitter_id),
        requester_id=requester_id,
        submitter_id=submitter_id,
        channel=Channel.API,
        recipient=values.get("recipient") or "",
        external_id=values.get("external_id") or None,
        tags=tuple(values.get("tags", ())),
        custom_fields=_custom_fields(values),
        cc_ids=tuple(values.get("collaborator_ids") or _members(actor, values, "email_ccs", ())),
        follower_ids=tuple(_members(actor, values, "followers", ())),
        followup_source_id=values.get("via_followup_source_id"),
        type=values.get("type") or "",
        priority=values.get("priority") or "",
        assignee_id=values.get("assignee_id"),
        group_id=values.get("group_id"),
        organization_id=values.get("organization_id"),
        problem_id=values.get("problem_id"),
        due_at=values.get("due_at"),
        form_id=values.get("ticket_form_id"),
    )


def ticket_changes(actor: Actor, ticket: Ticket, values: Values) -> TicketChanges:
    """The properties a client wants changed. Values that stay the same are left out."""
    given: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    for name in ("type", "priority"):
        if name in values:
            given[name] = values[name] or ""
    if "external_id" in values:
        given["external_id"] = values["external_id"] or None
    if "ticket_form_id" in values:
        given["form_id"] = values["ticket_form_id"]
    if requester_id := _requester(actor, values):
        given["requester_id"] = requester_id
    given = {name: value for name, value in given.items() if getattr(ticket, name) != value}
    if "tags" in values and values["tags"] != ticket.tags:
        given["tags"] = tuple(values["tags"])
    if values.get("custom_fields"):
        given["custom_fields"] = _custom_fields(values)
    return TicketChanges(**given, **_member_lists(actor, ticket, values))


def new_comment(actor: Actor, values: Values) -> CommentDraft | None:
    if "comment" not in values:
        return None
    return _comment(values["comment"], actor, author_id=actor.user_id or 0)


def _comment(comment: Values, actor: Actor, *, author_id: int) -> CommentDraft:
    is_public = comment.get("public", True)
    is_own = comment.get("author_id", author_id) == actor.user_id
    # Numbers of colleagues are for colleagues, as in the composer: customers are shown names.
    has_mentions = actor.is_agent and is_own and not is_public
    html = sanitize(comment.get("html_body", ""), keep_mentions=has_mentions)
    body = comment.get("body", "")
    return CommentDraft(
        author_id=comment.get("author_id", author_id),
        body=body if body.strip() else to_text(html),
        html=html,
        is_public=is_public,
        channel=Channel.API,
        upload_ids=upload_ids(comment.get("uploads", ()), actor),
    )


def _requester(actor: Actor, values: Values) -> int | None:
    if person := values.get("requester"):
        return _found_or_made(actor, [(person["email"], person.get("name", ""))])[0]
    requester_id: int | None = values.get("requester_id")
    return requester_id


def _found_or_made(actor: Actor, people: Sequence[tuple[str, str]]) -> list[int]:
    if not actor.can(Permission.EDIT_PEOPLE):
        raise NotPermitted("Only agents may name people by their address.")
    names = {email.strip().lower(): name.strip() for email, name in people}
    users = find_or_create_customers(names_by_email=names)
    return [users[email.strip().lower()].pk for email, _ in people]


def _custom_fields(values: Values) -> dict[str, Any]:
    return {str(item["id"]): item["value"] for item in values.get("custom_fields", ())}


def _member_lists(actor: Actor, ticket: Ticket, values: Values) -> dict[str, Any]:
    """CCs and followers where the client names any; UNSET ones stay."""
    if not {"collaborator_ids", "email_ccs", "followers"} & values.keys():
        return {}
    people = people_of(ticket, actor)
    ccs = [row.user_id for row in people.ccs if row.is_accepted]
    followers = [row.user_id for row in people.followers]
    wanted = _members(actor, values, "email_ccs", values.get("collaborator_ids", ccs))
    reading = _members(actor, values, "followers", followers)
    return {
        "cc_ids": tuple(wanted) if wanted != ccs else UNSET,
        "follower_ids": tuple(reading) if reading != followers else UNSET,
    }


def _members(actor: Actor, values: Values, name: str, present: Sequence[int]) -> list[int]:
    """`present` with the entries of a list of CCs or followers put in and taken out."""
    entries = values.get(name, ())
    unknown = [entry for entry in entries if not entry.get("user_id")]
    people = [(entry["user_email"], entry.get("user_name", "")) for entry in unknown]
    found = iter(_found_or_made(actor, people) if people else ())
    members = list(present)
    for entry in entries:
        user_id = entry.get("user_id") or next(found)
        if entry["action"] == "delete":
            members = [pk for pk in members if pk != user_id]
        elif user_id not in members:
            members.append(user_id)
    return members
