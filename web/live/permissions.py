"""What a websocket may hear, asked anew from the database: rights end while a page stays open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.actor import Actor, actor_for
from accounts.models import User
from accounts.roles import Permission
from notifications.selectors import unread_count
from tickets import policies
from tickets.models import Ticket
from tickets.selectors.views import visible_views


def actor_of_session(session_key: str | None) -> Actor | None:
    """The member of staff whose living session this is; None after sign-out, a changed password,
    deactivation, or the loss of the workspace."""
    return actors_of_sessions([session_key]).get(session_key) if session_key else None


def actors_of_sessions(keys: Collection[str | None]) -> dict[str | None, Actor]:
    """The same for many at once, without those that have ended: three queries."""
    rows = Session.objects.filter(
        session_key__in=[key for key in keys if key], expire_date__gt=timezone.now()
    )
    holders = {row.session_key: row.get_decoded() for row in rows}
    ids = [int(held[SESSION_KEY]) for held in holders.values() if SESSION_KEY in held]
    people = User.objects.welcome().prefetch_related("memberships").in_bulk(ids)
    actors: dict[str | None, Actor] = {}
    for key, held in holders.items():
        user = people.get(int(held.get(SESSION_KEY, 0)))
        if user is None or not _is_of(user, held):
            continue
        actor = actor_for(user)
        if actor.can(Permission.USE_WORKSPACE):
            actors[key] = actor
    return actors


def _is_of(user: User, held: dict[str, str]) -> bool:
    """Whether a session was begun with the password that the person has now, as get_user asks."""
    if held.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    known = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    mark = held.get(HASH_SESSION_KEY, "")
    return any(constant_time_compare(mark, each) for each in known)


def may_watch_ticket(actor: Actor, ticket_id: int) -> bool:
    return policies.visible_tickets(actor).filter(pk=ticket_id).exists()


def state_of(actor: Actor, names: Collection[tuple[str, int | None]]) -> dict[str, Any]:
    """How tickets and notifications that may be watched are now; nothing is asked for others."""
    state: dict[str, Any] = {}
    if tickets := [pk for kind, pk in names if kind == "ticket" and pk]:
        rows = Ticket.objects.filter(pk__in=tickets)
        state["versions"] = dict(rows.values_list("pk", "version"))
    if any(kind == "user" for kind, _ in names):
        state["unread"] = unread_count(actor)
    return state


def may_watch_view(actor: Actor, view_id: int) -> bool:
    return any(view.pk == view_id for view in visible_views(actor))


def visible_among(actor: Actor, ticket_ids: Collection[int]) -> set[int]:
    """Those of the tickets that the actor may know of; no query for people who see all."""
    if actor.ticket_access == "all":
        return set(ticket_ids)
    rows = policies.visible_tickets(actor).filter(pk__in=ticket_ids)
    return set(rows.values_list("pk", flat=True))
