"""The widget's doors over HTTP: meeting, saying, hearing, where there is no websocket."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import InvalidPerson
from channels_in.actions.chat import (
    Surroundings,
    introduce_visitor,
    meet_visitor,
    note_received,
    note_surroundings,
    vouch_for_visitor,
)
from channels_in.chat import intake
from channels_in.chat.conversation import chat_of, messages_after, messages_before
from channels_in.chat.identity import vouched_for
from channels_in.chat.spoken import BadMessage, line_text, read_spoken
from channels_in.models import Visitor
from web.chat import shapes
from web.chat.access import (
    VisitorRequest,
    at_widget,
    body_of,
    by_visitor,
    is_calm,
    is_calm_address,
    refusal,
)


@require_POST
@at_widget
def meet(request: VisitorRequest) -> HttpResponseBase:
    """A token for a browser that has none, or whose customer is another one now."""
    limit = settings.CHAT_VISITORS_PER_HOUR
    if not is_calm_address("meet", _address(request), limit=limit, seconds=3600):
        return refusal("slow", 429)
    asked = body_of(request)
    visitor, token = meet_visitor(account=request.account, around=around(request, asked))
    vouch(visitor, asked)
    return JsonResponse({"token": token, "visitor": shapes.visitor_json(visitor)}, status=201)


@require_POST
@by_visitor
def say(request: VisitorRequest) -> HttpResponseBase:
    """201 when the message is stored, however often it comes; 429: not now, keep it."""
    if not is_calm(request.visitor):
        return refusal("slow", 429)
    try:
        spoken = read_spoken(body_of(request))
    except BadMessage:
        return refusal("unreadable", 422)
    intake.store(request.visitor, spoken)
    intake.process(request.visitor, spoken.client_id)
    return JsonResponse({"taken": spoken.client_id}, status=201)


@require_GET
@by_visitor
def hear(request: VisitorRequest) -> HttpResponseBase:
    """The chat and its latest messages; 204 while nothing has happened since `version`."""
    chat, told = shapes.welcome(request.visitor)
    version = f"{chat.ticket.version}.{int(chat.updated_at.timestamp() * 1000)}" if chat else "0"
    if request.GET.get("version") == version:
        return HttpResponse(status=204)
    return JsonResponse({**told, "version": version})


@require_GET
@by_visitor
def earlier(request: VisitorRequest, chat_key: str) -> HttpResponseBase:
    """Messages before one, for who scrolls up."""
    chat = chat_of(request.visitor, chat_key)
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
    said = messages_before(chat, number) if number else messages_after(chat)
    return JsonResponse({"messages": shapes.messages_json(said)})


@require_POST
@by_visitor
def received(request: VisitorRequest, chat_key: str) -> HttpResponseBase:
    """Receipts: what the page has shown (`got`), and what was looked at (`read`)."""
    chat = chat_of(request.visitor, chat_key)
    asked = body_of(request)
    note_received(chat_id=chat.pk, got=_id(asked.get("got")), read=_id(asked.get("read")))
    return HttpResponse(status=204)


@require_POST
@by_visitor
def introduce(request: VisitorRequest) -> HttpResponseBase:
    """Name and address as the visitor types them, where they are, and the site's word for them."""
    asked = body_of(request)
    note_surroundings(visitor=request.visitor, around=around(request, asked))
    vouch(request.visitor, asked)
    introduce_visitor(
        visitor=request.visitor, name=line_text(asked, "name", 200),
        email=line_text(asked, "email", 254),
    )  # fmt: skip
    return JsonResponse({"visitor": shapes.visitor_json(request.visitor)})


def vouch(visitor: Visitor, asked: dict[str, Any]) -> None:
    """Take the site's signed word. Raises InvalidPerson for another customer than before."""
    vouched = vouched_for(visitor.account.widget, asked.get("identity"))
    if vouched:
        vouch_for_visitor(visitor=visitor, vouched=vouched)
    elif visitor.is_verified and asked.get("identity") is not None:
        raise InvalidPerson("identity", "The signature is not valid.")


def around(request: HttpRequest, asked: dict[str, Any]) -> Surroundings:
    """What the page says of itself; the browser's name comes from its own header."""
    return Surroundings(
        page_url=line_text(asked, "page_url", 1000), page_title=line_text(asked, "page_title", 200),
        referrer=line_text(asked, "referrer", 1000), language=line_text(asked, "language", 35),
        time_zone=line_text(asked, "time_zone", 64),
        user_agent=request.headers.get("User-Agent", ""),
    )  # fmt: skip


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _id(value: object) -> int:
    return value if isinstance(value, int) and 0 < value < 2**63 else 0
