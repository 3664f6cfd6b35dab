"""Remote images of a message: the click that shows them, and each one through our own server."""

from __future__ import annotations

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from core.fetch import CannotFetch
from tickets.selectors.conversations import visible_comment
from web import remote_images
from web.access import SignedInRequest, signed_in, workspace
from web.agent.message_html import shown_html
from web.templatetags.ui import file_url


@require_POST
@workspace()
def show_all(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """A message's html with its remote images. A POST: no link in a mail can do the click."""
    comment = visible_comment(request.actor, comment_id)
    if comment is None:
        raise Http404
    if not request.htmx:
        return redirect("ticket", comment.ticket_id)
    files = [file for file in comment.attachments.all() if file.content_id and file.is_image]
    html = remote_images.with_sources(comment.html, comment)
    shown = shown_html(html, {file.content_id: file_url(file) for file in files})
    context = {"comment": comment, "html": shown.html}
    return render(request, "agent/tickets/_images_shown.html", context)


@require_GET
@signed_in
def show(request: SignedInRequest, token: str) -> HttpResponse:
    """One remote image, for readers of the comment whose html names it."""
    numbers = remote_images.read_token(token)
    comment = visible_comment(request.actor, numbers[0]) if numbers else None
    url = remote_images.address_of(comment.html, numbers[1]) if comment and numbers else None
    if url is None:
        raise Http404
    if not connection.in_atomic_block:
        connection.close()  # back into the pool: a slow server must not hold one
    try:
        content = remote_images.content_of(url)
    except CannotFetch:
        return HttpResponse(status=404, headers={"Cache-Control": "private, max-age=300"})
    response = HttpResponse(content, content_type=remote_images.type_of(content))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = f"private, max-age={remote_images.KEPT_SECONDS}"
    return response
