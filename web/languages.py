"""The languages of the pages: which there are, and which one a request is answered in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

# Each language under its own name, so that everybody finds theirs.
OWN_NAMES: list[tuple[str, str]] = [(code, str(name)) for code, name in settings.LANGUAGES]


class LanguageMiddleware(LocaleMiddleware):
    """The language that the person has chosen; for others what their browser asks for.

    Behind the middleware that knows who it is. Visitors without a session cost no query.
    """

    def process_request(self, request: HttpRequest) -> None:
        chosen = _chosen(request)
        if not chosen:
            super().process_request(request)
            return
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language()


def _chosen(request: HttpRequest) -> str:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return ""
    code = request.user.language
    return code if request.user.is_staff_member and code in dict(settings.LANGUAGES) else ""
