"""What a websocket may hear, asked anew from the database: rights end while a page stays open."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from accounts.actor import Actor, actor_for
from accounts.roles import Permission
from tickets import policies
from tickets.selectors.views import visible_views

_sessions = import_module(settings.SESSION_ENGINE)


def actor_of_session(session_key: str | None) -> Actor | None:
    """The member of staff whose living session this is; None after sign-out, a changed password,
    deactivation, or the loss of the workspace."""
    if not session_key:
        return None
    request = HttpRequest()
    request.session = _sessions.SessionStore(session_key)
    user = get_user(request)  # checks the session's hash against the password's
    if not user.is_authenticated:
        return None
    actor = actor_for(user)
    return actor if actor.can(Permission.USE_WORKSPACE) else None


def may_watch_ticket(actor: Actor, ticket_id: int) -> bool:
    return policies.visible_tickets(actor).filter(pk=ticket_id).exists()


def may_watch_view(actor: Actor, view_id: int) -> bool:
    return any(view.pk == view_id for view in visible_views(actor))


def visible_among(actor: Actor, ticket_ids: Collection[int]) -> set[int]:
    """Those of the tickets that the actor may know of; no query for people who see all."""
    if actor.ticket_access == "all":
        return set(ticket_ids)
    rows = policies.visible_tickets(actor).filter(pk__in=ticket_ids)
    return set(rows.values_list("pk", flat=True))
