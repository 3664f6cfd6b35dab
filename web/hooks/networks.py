"""Where networks post: no session, no form; the network's own signature proves a post."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from channels_in.networks.hooks import connection_of_hook, take
from channels_in.networks.network import BadSignature, NetworkError, WebhookRequest
from core.crypto import CannotUnseal

MAX_BODY = 3 * 1024 * 1024  # networks post texts and links; files are fetched

logger = logging.getLogger(__name__)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST", "HEAD"])
def network(request: HttpRequest, channel: str, hook_key: str) -> HttpResponse:
    """What the network wants to hear, once everything is stored; 503 asks it to try again.

    404: no such address; 403: no proof; 413: too large; 400: not what this network posts.
    """
    connection = connection_of_hook(channel, hook_key)
    if connection is None:
        return HttpResponse(status=404)
    log = {"channel": channel, "connection": connection.pk}
    try:
        answer = take(connection, _read(request))
    except (BadSignature, CannotUnseal):
        logger.warning("hook.refused", extra=log)
        return HttpResponse(status=403)
    except RequestDataTooBig:
        return HttpResponse(status=413)
    except (ValueError, KeyError, TypeError):
        logger.exception("hook.unreadable", extra=log)
        return HttpResponse(status=400)
    except (DatabaseError, NetworkError):
        logger.exception("hook.not_stored", extra=log)
        return HttpResponse(status=503)
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)


def _read(request: HttpRequest) -> WebhookRequest:
    """The post as it came. `url` is the public one, which some networks sign."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdigit() or int(length) > MAX_BODY:
        raise RequestDataTooBig
    body = request.read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise RequestDataTooBig
    query = request.META.get("QUERY_STRING", "")
    return WebhookRequest(
        method=request.method or "GET",
        url=f"{settings.SITE_URL}{request.path}" + (f"?{query}" if query else ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        query=request.GET.dict(), body=body,
    )  # fmt: skip
