"""What all deeds of agents in chats share: who may, and how named errors are answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from channels_in.chat.errors import CannotJoin, ChatNotFound
from channels_in.models import Chat
from tickets.errors import InvalidChange, TicketError
from web.access import SignedInRequest, workspace
from web.errors import answer


def deed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """POST by an agent who answers customers; scripts get `{"said", "url"}` or `{"error"}`."""

    @require_POST
    @workspace(Permission.REPLY_PUBLICLY)
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ChatNotFound as error:
            raise Http404 from error
        except TicketError as error:
            status = 422 if isinstance(error, CannotJoin | InvalidChange) else 409
            if request.htmx:
                return JsonResponse({"error": str(error)}, status=status)
            return answer(request, 409, message=str(error))

    return guarded


def done(request: SignedInRequest, chat: Chat, words: str = "") -> HttpResponse:
    """To the ticket, with what was done."""
    url = reverse("ticket", args=[chat.ticket_id])
    if request.htmx:
        return JsonResponse({"said": words, "url": url})
    if words:
        messages.success(request, words)
    return redirect(url)
