"""The link in each digest that ends them: a page with a button, and one click for mail programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core import ids
from notifications.actions import unsubscribe_from_digest
from web.notifications.digest import UNSUBSCRIBE


@csrf_exempt  # mail programs post without a cookie (RFC 8058); the token is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, since programs that scan mail follow links; the button does."""
    numbers = ids.read(UNSUBSCRIBE, token[:200])
    if numbers is None:
        raise Http404
    if request.method == "POST":
        unsubscribe_from_digest(user_id=numbers[0])
    return render(request, "lone/unsubscribe.html", {"is_done": request.method == "POST"})
