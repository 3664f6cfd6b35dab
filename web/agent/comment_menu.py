"""What can be done with one message: its menu, and the two things that cannot be undone."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import Permission
from channels_in.social.names import names_of_deliveries
from channels_in.sources import comments_with_source
from channels_in.stream_selectors import can_change_there
from core import clock
from tickets import policies
from tickets.actions import hide_comment, redact_comment
from tickets.errors import AlreadyLeft, InvalidChange
from tickets.models import Comment
from tickets.selectors.conversations import visible_comment
from web.access import SignedInRequest, workspace
from web.agent.findings import Finding, findings_in
from web.agent.numbers import as_ids

DONE = {"HX-Trigger": "ticket-saved"}


@require_GET
@workspace()
def menu(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """The actions that this reader has for this message."""
    comment = comment_for(request, comment_id)
    actor, now = request.actor, clock.now()
    waits = bool(comment.send_at and comment.send_at > now)
    context = {
        "comment": comment,
        "may_write": actor.can(Permission.COMMENT_INTERNALLY) and not comment.ticket.is_closed,
        "may_reply": actor.can(Permission.REPLY_PUBLICLY) and not comment.ticket.is_closed,
        "may_change_there": actor.can(Permission.REPLY_PUBLICLY) and can_change_there(comment),
        "may_split": policies.may_split(actor) and not waits,
        "may_hide": comment.is_public and not waits and policies.may_hide(actor),
        "may_redact": policies.may_redact(actor),
        "has_source": comment.pk in comments_with_source([comment.pk]),
        "files": len(comment.attachments.all()),
    }
    return render(request, "agent/tickets/_comment_menu.html", context)


@require_http_methods(["GET", "POST"])
@workspace()
def hide(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Ask, then make a public message internal."""
    comment = comment_for(request, comment_id)
    if not policies.may_hide(request.actor):
        raise policies.NotPermitted
    error = ""
    if request.method == "POST":
        try:
            hide_comment(actor=request.actor, comment_id=comment_id)
            return done(request, comment)
        except (InvalidChange, AlreadyLeft) as refused:
            error = str(refused)
    rows = comment.deliveries.filter(state="sent").select_related("recipient").order_by("id")
    called = names_of_deliveries(rows)
    sent = [called.get(row.pk, row.address) for row in rows]
    return dialog(request, "_hide", comment, _("Make this message internal"), error, sent=sent)


@require_http_methods(["GET", "POST"])
@workspace()
def redact(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Choose words and files, then take them out for good."""
    comment = comment_for(request, comment_id)
    if not policies.may_redact(request.actor):
        raise policies.NotPermitted(_("Redacting is for team leads and administrators."))
    form = request.POST
    texts = [text for text in form.getlist("text") if text.strip()]
    error = ""
    if request.method == "POST":
        try:
            if "confirmed" not in form:
                raise InvalidChange("confirmed", _("Confirm that this is to be gone for good."))
            redact_comment(
                actor=request.actor, comment_id=comment_id, texts=texts,
                is_whole=form.get("what") == "whole",
                attachment_ids=as_ids(form.getlist("file")),
            )  # fmt: skip
            return done(request, comment)
        except InvalidChange as refused:
            error = str(refused)
    found: list[Finding] = findings_in(comment.body)
    return dialog(
        request, "_redaction", comment, _("Redact this message"), error, texts=texts,
        found=found, chosen_files=as_ids(form.getlist("file")), what=form.get("what", "words"),
    )  # fmt: skip


def comment_for(request: SignedInRequest, comment_id: int) -> Comment:
    comment = visible_comment(request.actor, comment_id)
    if comment is None:
        raise Http404
    return comment


def dialog(
    request: SignedInRequest, name: str, comment: Comment, title: str, error: str, **more: object
) -> HttpResponse:
    """A question as what stands in a dialog, or as a page of its own."""
    context = {
        "comment": comment, "ticket": comment.ticket, "title": title, "error": error,
        "question": f"agent/tickets/comments/{name}.html", **more,
    }  # fmt: skip
    page = "agent/tickets/comments/" + ("_dialog.html" if request.htmx else "page.html")
    return render(request, page, context, status=422 if error else 200)


def done(
    request: SignedInRequest, comment: Comment, headers: dict[str, str] | None = None
) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers=headers or DONE)
    return redirect(f"{reverse('ticket', args=[comment.ticket_id])}#comment-{comment.pk}")
