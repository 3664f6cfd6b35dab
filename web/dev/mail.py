"""`/dev/mail`: what went out, as its receivers would see it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from channels_in.models import LocalMail
from channels_in.selectors import local_mails
from web.dev.access import only_with_local_mail
from web.dev.forms import AnswerForm
from web.dev.letters import Letter, read


@require_safe
@only_with_local_mail
def index(request: HttpRequest) -> HttpResponse:
    """All kept mail, latest first."""
    context = {"page": local_mails(request.GET.get("cursor", "")), "selected": 0}
    return render(request, "dev/mail/index.html", context)


@require_safe
@only_with_local_mail
def listing(request: HttpRequest) -> HttpResponse:
    """The first page as a fragment, asked for every few seconds; 204 while nothing is new."""
    page = local_mails()
    newest = str(page.rows[0].pk) if page.rows else ""
    if newest == request.GET.get("newest", ""):
        return HttpResponse(status=204)
    selected = request.GET.get("selected", "")
    context = {"page": page, "selected": int(selected) if selected.isdecimal() else 0}
    return render(request, "dev/mail/_list.html", context)


@require_safe
@only_with_local_mail
def show(request: HttpRequest, mail_id: int) -> HttpResponse:
    return letter_page(request, read(get_object_or_404(LocalMail, pk=mail_id)), AnswerForm())


def letter_page(
    request: HttpRequest, letter: Letter, form: forms.Form, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """One mail beside the list, with a form that may have been refused."""
    context = {
        "page": local_mails(), "selected": letter.mail.pk, "letter": letter, "form": form,
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "dev/mail/show.html", context, status=status)


@require_safe
@only_with_local_mail
def file(request: HttpRequest, mail_id: int, index: int) -> HttpResponse:
    """An attachment, to be saved: never shown (attack 17)."""
    files = read(get_object_or_404(LocalMail, pk=mail_id)).message.attachments
    if index >= len(files):
        raise Http404
    chosen = files[index]
    response = HttpResponse(chosen.content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=chosen.filename or "file"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
