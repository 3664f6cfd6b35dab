"""What the pages of request forms share: which form, which language, which frame may show it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_cache_control

from channels_in.models import RequestForm

SPOKEN = ("en", "de", "fr")  # by the pages: locale
THEMES = ("light", "dark", "system")


def form_page(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """A page of an active request form, in the form's language or the visitor's. Others are 404."""

    @wraps(page)
    def guarded(request: HttpRequest, form_slug: str, **kwargs: Any) -> HttpResponseBase:
        form = active_forms().filter(account__address=form_slug).first()
        if form is None:
            raise Http404
        with translation.override(language_of(request, form)):
            response = page(request, form, **kwargs)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def active_forms() -> Any:
    forms = RequestForm.objects.filter(account__is_active=True)
    return forms.select_related("account", "ticket_form").order_by("account__name", "id")


def language_of(request: HttpRequest, form: RequestForm) -> str:
    """What the site asked for, else the form's own, else the browser's."""
    wanted = (request.GET.get("lang", ""), form.account.language, translation.get_language() or "")
    spoken = (tag.split("-")[0].lower() for tag in wanted)
    return next((tag for tag in spoken if tag in SPOKEN), SPOKEN[0])


def framed(response: HttpResponse, form: RequestForm) -> HttpResponse:
    """Let the form's sites, and its settings here, show this page in a frame; nobody else may."""
    response._csp_replace = {"frame-ancestors": ["'self'", *form.sites]}  # type: ignore[attr-defined]
    response.xframe_options_exempt = True  # it knows no list of sites
    return response


def network_of(request: HttpRequest) -> str:
    """The visitor's network, /24 or /56: what a single sender can change addresses within.

    Never by a header that a client can write (attack 41).
    """
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    length = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False))
