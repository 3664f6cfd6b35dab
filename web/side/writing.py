"""The form in which a side conversation is written: its editor, its draft, taking it back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.roles import Permission
from tickets.actions import take_back_side_message
from tickets.errors import AlreadyLeft, TicketClosed
from tickets.models import SideMessage, Ticket
from tickets.selectors.drafts import my_draft
from tickets.selectors.side import side_thread
from tickets.side_policies import require_ticket
from web.access import SignedInRequest, workspace
from web.composer.drafts import shape
from web.composer.parts import ComposerUrls, articles_url

FIELD = "side-body"


@dataclass(frozen=True, slots=True)
class Writing:
    """What the form's element begins with. `draft_url`: where its draft lies."""

    place: str
    draft_url: str
    draft_json: str
    urls: ComposerUrls


def writing_of(
    request: SignedInRequest, ticket: Ticket, place: str, hint: str, *, is_refused: bool = True
) -> Writing:
    """One query. A form that `is_refused` comes back with the text that was sent."""
    sent = request.POST if is_refused else QueryDict()
    draft = shape(my_draft(request.actor, ticket.pk, place))
    urls = ComposerUrls(
        articles=articles_url(), css=" side-area", rows=4, field=FIELD, hint=hint, is_small=True,
        text=sent.get("body", ""), html=sent.get("html", ""),
    )  # fmt: skip
    url = reverse("composer:draft_at", args=[ticket.pk, place])
    return Writing(place, url, json.dumps(draft), urls)


def noted(answer: HttpResponse, number: int, message: SideMessage | None) -> HttpResponse:
    """Tell the page that the ticket has changed, and how a message can be taken back."""
    said: dict[str, object] = {"ticket-saved": {}}
    if message and message.send_at:
        url = reverse("side_take_back", args=[number, message.conversation.uuid, message.pk])
        words = _("Sent in the side conversation")
        said["undoable"] = {"words": words, "url": url, "until": message.send_at.isoformat()}
    answer["HX-Trigger"] = json.dumps(said)
    return answer


@require_POST
@workspace(Permission.REPLY_PUBLICLY)
def take_back(
    request: SignedInRequest, number: int, side_id: UUID, message_id: int
) -> HttpResponse:
    """Stop a message; the answer says which form has its text now."""
    require_ticket(request.actor, number)
    side_thread(request.actor, side_id, number)  # of this ticket
    try:
        taken = take_back_side_message(actor=request.actor, uuid=side_id, message_id=message_id)
    except (AlreadyLeft, TicketClosed) as error:
        return JsonResponse({"error": str(error)}, status=409)
    args = [number, taken.uuid] if taken.uuid else [number]
    url = reverse("side_thread" if taken.uuid else "new_side_mail", args=args)
    return JsonResponse({"side": url}, headers={"HX-Trigger": "ticket-saved"})
