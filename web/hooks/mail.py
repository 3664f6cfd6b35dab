"""Where mail providers post (docs/mail.md): no session, no form; a post proves itself."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_in.email.webhooks import (
    HookRefused,
    HookTooLarge,
    HookUnreadable,
    server_of_hook,
    take,
)

logger = logging.getLogger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["POST", "HEAD"])
def mail(request: HttpRequest, provider: str, hook_token: str, kind: str) -> HttpResponse:
    """200 when everything in the post is stored; 503 asks the provider to try again.

    404: no such address; 403: no proof; 413: too large; 400: not what this provider posts. HEAD is
    how some providers look whether the address exists.
    """
    try:
        server = server_of_hook(provider, hook_token, kind)
        if server is None:
            return HttpResponse(status=404)
        if request.method == "POST":
            take(server, kind, request)
    except HookRefused:
        logger.warning("hook.refused", extra={"provider": provider, "kind": kind})
        return HttpResponse(status=403)
    except HookTooLarge:
        return HttpResponse(status=413)
    except HookUnreadable:
        logger.exception("hook.unreadable", extra={"provider": provider, "kind": kind})
        return HttpResponse(status=400)
    except DatabaseError:
        logger.exception("hook.not_stored", extra={"provider": provider, "kind": kind})
        return HttpResponse(status=503)
    return HttpResponse(status=200)
