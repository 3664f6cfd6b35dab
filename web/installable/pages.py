"""What makes the help desk an app on a phone or a desk: manifest, service worker, offline page.

All are the same for everybody and can be read by anybody.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

_WORKER = Path(settings.BASE_DIR) / "static" / "js" / "service-worker.js"
_MARK = '"{{ settings }}"'


@require_safe
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest (W3C), in the language of whoever installs it."""
    return JsonResponse(
        {
            "id": "/", "name": settings.SITE_NAME, "short_name": settings.SITE_NAME[:12].strip(),
            "description": _("Tickets of customers, answered together."),
            "lang": get_language(), "dir": "rtl" if get_language_bidi() else "ltr",
            "start_url": reverse("home_page"), "scope": "/", "display": "standalone",
            "background_color": "#f7f7f8", "theme_color": "#ffffff",
            "icons": [
                {"src": static(f"icons/{name}.png"), "sizes": f"{size}x{size}",
                 "type": "image/png", "purpose": purpose}
                for name, size, purpose in (
                    ("app-192", 192, "any"), ("app-512", 512, "any"),
                    ("app-maskable-192", 192, "maskable"), ("app-maskable-512", 512, "maskable"),
                )
            ],
            "shortcuts": [
                {"name": _("New ticket"), "url": reverse("new_ticket")},
                {"name": _("Views"), "url": reverse("views")},
                {"name": _("Notifications"), "url": reverse("notifications")},
            ],
        },
        content_type="application/manifest+json",
    )  # fmt: skip


@require_safe
@cache_control(max_age=86_400, public=True)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """What asks without having read a page (feed readers, files and API answers in a tab)."""
    return HttpResponseRedirect(static("icons/app-192.png"))


@require_safe
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker with the addresses of what it keeps; at the root, so that it serves all pages."""
    shell = [reverse("offline"), static("css/offline.css"), static("icons/app-192.png")]
    version = hashlib.sha256("".join([_source(), *shell]).encode()).hexdigest()[:12]
    values = {"version": version, "shell": shell, "offline": shell[0], "icon": shell[2]}
    script = _source().replace(_MARK, json.dumps(json.dumps(values)))
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(max_age=3600, public=True)
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the service worker while there is no connection; it names nobody."""
    return render(request, "installable/offline.html")


@cache
def _source() -> str:
    return _WORKER.read_text()
