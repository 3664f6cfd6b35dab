"""The pages on which anybody can write to us, hosted here or framed by another site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from channels_in.models import RequestForm
from channels_in.request_forms.storing import Stored
from web.fields.asking import Asking, ask_customers
from web.request_forms.accents import stylesheet_of
from web.request_forms.access import THEMES, active_forms, form_page, framed
from web.request_forms.forms import TRAP, VisitorForm
from web.request_forms.sending import Sending, is_within_hard_limit, keep
from web.request_forms.slips import new_slip, read_slip


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request form as it stands, before it is sent or with what was refused."""

    form: RequestForm
    fields: VisitorForm
    asking: Asking
    is_embedded: bool
    notice: str = ""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The only form there is, or all of them to choose among; without any, one signs in."""
    forms = list(active_forms())
    if not forms:
        return redirect("portal:new_request")
    if len(forms) == 1:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("request_forms:form", args=[forms[0].slug]) + query)
    return render(request, "request_forms/index.html", {"forms": forms, "theme": "system"})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@form_page
def show(request: HttpRequest, form: RequestForm, *, is_embedded: bool = False) -> HttpResponse:
    """The form; when it is sent it is stored, and only then "thank you" is said."""
    if request.method != "POST":
        subject = request.GET.get("subject", "")[:200]
        return _show(request, _page(form, is_embedded, subject=subject))
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_FORM_MAX_BYTES:
        words = _("Your files are too large together. Please send fewer, or smaller ones.")
        return _show(request, _page(form, is_embedded, notice=words), 413)
    page = _page(form, is_embedded, request)
    slip = read_slip(request.POST.get("slip", ""), form)
    if slip is None:
        words = _("This page was open for too long. Please look it over and send it again.")
        return _again(request, page, words, 403)
    if not is_within_hard_limit(request):
        words = _("That were many requests. Wait a little, then send this one again.")
        return _again(request, page, words, 429)
    if not page.fields.is_valid() or page.asking.answers.errors:
        return _show(request, page, 422)
    sending = Sending(request, form, slip, page.fields.cleaned_data, page.asking.answers.values)
    if keep(sending) is Stored.SPENT:
        words = _("You have sent a request from this page already. Is this another one? Send it.")
        return _again(request, page, words, 409)
    return redirect(_thanks_url(request, form, is_embedded, is_proved=sending.is_proved))


@require_safe
@form_page
def thanks(request: HttpRequest, form: RequestForm, *, is_embedded: bool = False) -> HttpResponse:
    """What happens next."""
    context = _frame(request, form, is_embedded) | {"is_held": "held" in request.GET}
    response = render(request, "request_forms/thanks.html", context)
    return framed(response, form) if is_embedded else response


@require_safe
@form_page
def accent(request: HttpRequest, form: RequestForm) -> HttpResponse:
    """The form's colour as a style sheet."""
    css = stylesheet_of(form.account.brand_color)
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": "max-age=300"})


def _page(
    form: RequestForm,
    is_embedded: bool,
    request: HttpRequest | None = None,
    *,
    notice: str = "",
    subject: str = "",
) -> RequestPage:
    """The form as it is new, or with what `request` sent."""
    initial = {"subject": subject}
    fields = VisitorForm(request.POST, request.FILES) if request else VisitorForm(initial=initial)
    asking = ask_customers(
        form.ticket_form, request.POST if request else None, has_fields=bool(form.ticket_form)
    )
    return RequestPage(form, fields, asking, is_embedded, notice)


def _again(request: HttpRequest, page: RequestPage, words: str, status: int) -> HttpResponse:
    page.fields.add_error(None, words)
    return _show(request, page, status)


def _show(request: HttpRequest, page: RequestPage, status: int = 200) -> HttpResponse:
    is_wrong = status == 422  # the page's slip has brought nothing yet, and its sum stays good
    slip = request.POST.get("slip", "")[:500] if is_wrong else new_slip(page.form).text
    context = _frame(request, page.form, page.is_embedded) | {
        "fields": page.fields, "questions": page.asking.questions, "slip": slip,
        "nonce": read_slip(slip, page.form), "trap": TRAP, "notice": page.notice,
        "proof": request.POST.get("proof", "")[:20] if is_wrong else "",
        "most_bytes": settings.REQUEST_FORM_MAX_BYTES,
    }  # fmt: skip
    response = render(request, "request_forms/form.html", context, status=status)
    return framed(response, page.form) if page.is_embedded else response


def _frame(request: HttpRequest, form: RequestForm, is_embedded: bool) -> dict[str, Any]:
    theme = request.GET.get("theme", "")
    return {
        "request_form": form, "is_embedded": is_embedded,
        "theme": theme if theme in THEMES else "system",
        "LANGUAGE_CODE": get_language(),
        "text_direction": "rtl" if get_language_bidi() else "ltr",
    }  # fmt: skip


def _thanks_url(
    request: HttpRequest, form: RequestForm, is_embedded: bool, *, is_proved: bool
) -> str:
    name = "request_forms:embedded_thanks" if is_embedded else "request_forms:thanks"
    query = request.GET.copy()
    if not is_proved:
        query["held"] = "1"
    return reverse(name, args=[form.slug]) + (f"?{query.urlencode()}" if query else "")
