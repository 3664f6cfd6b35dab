"""Forwarding a message: a side conversation by mail begins with it and its files."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets.actions.uploads import keep_copy
from tickets.drafts import NewFile
from tickets.models import Attachment, Comment
from web.access import SignedInRequest, workspace
from web.agent.comment_menu import comment_for
from web.templatetags.ui import exact

LIMIT = 100_000  # letters that are taken along
SUBJECT = 990


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def forward(request: SignedInRequest, comment_id: int) -> HttpResponse:
    """Subject, text and copies of the files, as the form of a new side conversation takes them."""
    comment = comment_for(request, comment_id)
    copies = [keep_copy(actor=request.actor, source=_source(file)) for file in _files(comment)]
    content = {
        "form": reverse("new_side_mail", args=[comment.ticket_id]),
        "subject": _("Fwd: %(subject)s") % {"subject": comment.ticket.subject[:SUBJECT]},
        "body": _text(comment),
        "uploads": [{"id": each.pk, "name": each.filename, "size": each.size} for each in copies],
    }
    return JsonResponse(content)


def _files(comment: Comment) -> list[Attachment]:
    return list(comment.attachments.order_by("id"))


def _source(file: Attachment) -> NewFile:
    return NewFile(file.key, file.filename, file.content_type, file.size, file.sha256)


def _text(comment: Comment) -> str:
    when = exact(timezone.localtime(comment.created_at))
    lines = [
        "",
        "",
        _("---- Forwarded message ----"),
        _("From: %(name)s") % {"name": comment.author.display_name},
        _("Date: %(when)s") % {"when": when},
        "",
        (comment.reply_text or comment.body)[:LIMIT],
    ]
    return "\n".join(lines)
