"""How long a reply is as its network counts, said beside the text while somebody writes."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from channels_in.adapters import CHANNELS, Capabilities
from channels_in.networks.privacy import carried_by
from channels_in.sms.segments import UCS2, segments_of
from channels_in.social.openings import begun_with, opening_of
from tickets import policies
from tickets.models import Channel
from web.access import SignedInRequest, workspace
from web.reply_check.gathering import text_in

NEAR = 0.8  # of the limit, from where on the length is said


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def length(request: SignedInRequest, number: int) -> HttpResponse:
    """The length of what is written, for the chosen way: `words` (empty while it is far from the
    limit) and whether it is over.
    """
    ticket = policies.visible_ticket(request.actor, number)
    channel = request.POST.get("way", "").partition(":")[0]
    if channel not in CHANNELS:
        return JsonResponse({"words": "", "isOver": False})
    text = begun_with(text_in(request.POST).strip(), opening_of(ticket, channel))
    capabilities = carried_by(channel, ticket)
    size = capabilities.counts(text)
    is_over = bool(capabilities.length_limit and size > capabilities.length_limit)
    words = _sms_words(text) if channel == Channel.SMS else _words(capabilities, size)
    return JsonResponse({"words": words, "isOver": is_over})


def _words(capabilities: Capabilities, size: int) -> str:
    limit = capabilities.length_limit
    if limit is None or size < limit * NEAR:
        return ""
    left = limit - size
    if left < 0:
        return ngettext("%(n)d too many", "%(n)d too many", -left) % {"n": -left}
    return ngettext("%(n)d left", "%(n)d left", left) % {"n": left}


def _sms_words(text: str) -> str:
    """Each message costs; letters outside the GSM alphabet make all of them shorter."""
    found = segments_of(text)
    if not found.count:
        return ""
    parts = ngettext("%(n)d message", "%(n)d messages", found.count) % {"n": found.count}
    said = _("%(parts)s · %(left)d left in it") % {"parts": parts, "left": found.left}
    if found.encoding == UCS2:
        letters = " ".join(found.culprits[:3])
        said = _("%(said)s · short ones because of %(letters)s") % {
            "said": said, "letters": letters
        }  # fmt: skip
    return said
