from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knowledge.actions import vote
from knowledge.selectors.help_centre import article_to_read
from web.help_centre.access import Reader, browser_of, help_page, is_within, reader_of
from web.knowledge.bodies import path_of

PER_HOUR = 60


@require_POST
@help_page
def create(request: Reader, article_id: int) -> HttpResponse:
    """Whether the article helped; only by POST, so that a link scanner never votes (attack 43)."""
    reader = reader_of(request)
    found = article_to_read(reader, article_id, request.language).translation
    if not is_within(request, "help-vote", limit=PER_HOUR, seconds=3600):
        messages.error(request, _("That were many votes. Try again in an hour."))
        return redirect(path_of(found))
    is_helpful = request.POST.get("helpful") == "1"
    vote(
        actor=reader, translation_id=found.pk, is_helpful=is_helpful,
        browser=browser_of(request),
    )  # fmt: skip
    request.session[f"voted-{found.pk}"] = "yes" if is_helpful else "no"
    return redirect(f"{path_of(found)}#helpful")
