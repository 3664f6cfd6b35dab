"""A chat to read and to keep, by the link of a mail or of the widget."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from channels_in.chat.conversation import chat_of_transcript, transcript_of
from channels_in.chat.errors import ChatNotFound
from channels_in.chat.transcripts import read_link_token, text_of


@require_safe
@never_cache
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The whole conversation, or as a file with `?file=1`; 404 once the link has ended."""
    chat_id = read_link_token(token)
    if chat_id is None:
        raise Http404
    try:
        chat = chat_of_transcript(chat_id)
    except ChatNotFound as error:
        raise Http404 from error
    if request.GET.get("file"):
        text = text_of(chat, time_zone=chat.visitor.time_zone)
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="chat-{chat.ticket_id}.txt"'
        response["X-Content-Type-Options"] = "nosniff"
    else:
        context = {"chat": chat, "said": transcript_of(chat), "token": token}
        response = render(request, "chat/transcript.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
