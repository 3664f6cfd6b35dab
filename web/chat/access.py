"""Who may use a widget's doors: a visitor by the secret of their browser, and how often."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.errors import InvalidPerson
from channels_in.chat.errors import ChatNotFound
from channels_in.chat.identity import hash_of
from channels_in.models import ChannelAccount, Visitor
from tickets.errors import InvalidChange, TicketClosed
from tickets.models import Channel
from web import limits

HEADER = "X-Visitor"
BODY_BYTES = 32_000


class VisitorRequest(HttpRequest):
    """A request of somebody at a widget."""

    account: ChannelAccount
    visitor: Visitor


def account_of(key: str) -> ChannelAccount | None:
    """The active widget with this key."""
    accounts = ChannelAccount.objects.filter(channel=Channel.CHAT, is_active=True, address=key)
    return accounts.select_related("widget__reply_account", "schedule", "group").first()


def visitor_of(key: str, token: str) -> Visitor | None:
    """Whose secret this is, at this widget and no other (attack 36)."""
    if not token or len(token) > 100:
        return None
    visitors = Visitor.objects.filter(token_hash=hash_of(token), blocked_at=None)
    found = visitors.filter(
        account__address=key, account__channel=Channel.CHAT, account__is_active=True
    )
    return found.select_related("account__widget__reply_account", "user__merged_into").first()


def at_widget(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A door whose first argument is a widget's key; 404 for one that is not there.

    There is no session in it, so there is nothing to forge: what counts is the header, which no
    other site's page can send here.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: Any, key: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        account = account_of(key)
        if account is None:
            return refusal("gone", 404)
        if not is_own_origin(request):
            return refusal("origin", 403)
        request.account = account
        return view(request, *args, **kwargs)

    return guarded


def by_visitor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """the same for a visitor; 403 for a secret that is none, so that the widget begins anew."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def guarded(request: Any, key: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        visitor = visitor_of(key, request.headers.get(HEADER, ""))
        if visitor is None:
            return refusal("unknown", 403)
        if not is_own_origin(request):
            return refusal("origin", 403)
        request.visitor, request.account = visitor, visitor.account
        try:
            return view(request, *args, **kwargs)
        except ChatNotFound:
            return refusal("gone", 404)
        except TicketClosed:
            return refusal("closed", 409)
        except (InvalidChange, InvalidPerson) as error:
            return refusal(str(error), 422)

    return guarded


def is_own_origin(request: HttpRequest) -> bool:
    """The widget's frame is a page of ours: other pages have nothing to ask here."""
    origin = request.headers.get("Origin", "")
    return not origin or origin == f"{request.scheme}://{request.get_host()}"


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request; empty for anything else."""
    if int(request.headers.get("Content-Length") or 0) > BODY_BYTES:
        return {}
    try:
        value = json.loads(request.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def refusal(why: str, status: int) -> JsonResponse:
    return JsonResponse({"error": why}, status=status)


def is_calm(visitor: Visitor) -> bool:
    """Whether this visitor may say one more thing for now (attack 51)."""
    return limits.take("chat-say", visitor.key, limit=settings.CHAT_MESSAGES_PER_MINUTE, seconds=60)


def is_calm_address(what: str, address: str, *, limit: int, seconds: int) -> bool:
    """The same for everybody at one network address together."""
    return limits.take(f"chat-{what}", address, limit=limit, seconds=seconds)
