"""Playing the customer: answers and new mail, delivered through the real listener."""

from __future__ import annotations

from email.message import EmailMessage

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from channels_in.messages import Address
from channels_in.models import LocalMail
from web.dev.access import only_with_local_mail
from web.dev.delivering import NotDelivered, deliver
from web.dev.forms import AnswerForm, MailForm
from web.dev.letters import answer, compose, read
from web.dev.mail import letter_page


@require_POST
@only_with_local_mail
def reply(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Answer a mail as its receiver."""
    letter = read(get_object_or_404(LocalMail, pk=mail_id))
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return letter_page(request, letter, form, status=422)
    try:
        deliver(answer(letter, form.cleaned_data["body"], _files(form)))
    except (NotDelivered, ValueError) as error:
        return letter_page(request, letter, form, refusal=str(error), status=502)
    messages.success(request, _("Sent. It arrives as any mail does: through the SMTP listener."))
    return redirect("dev:message", mail_id)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with_local_mail
def new(request: HttpRequest) -> HttpResponse:
    """Write to the support address as anybody."""
    form = MailForm(request.POST, request.FILES) if request.method == "POST" else MailForm()
    if not form.is_bound:
        return _show(request, form, "", 200)
    if not form.is_valid():
        return _show(request, form, "", 422)
    try:
        deliver(_mail(form))
    except (NotDelivered, ValueError) as error:
        return _show(request, form, str(error), 502)
    messages.success(request, _("Sent. An acknowledgement should appear here in a moment."))
    return redirect("dev:mail")


def _mail(form: forms.Form) -> EmailMessage:
    values = form.cleaned_data
    sender = Address(values["name"], values["sender"])
    return compose(
        sender, Address("", values["to"]), values["subject"], values["body"], _files(form)
    )


def _files(form: forms.Form) -> list[UploadedFile]:
    return [form.cleaned_data["file"]] if form.cleaned_data.get("file") else []


def _show(request: HttpRequest, form: MailForm, refusal: str, status: int) -> HttpResponse:
    context = {"form": form, "refusal": refusal}
    return render(request, "dev/mail/new.html", context, status=status)
