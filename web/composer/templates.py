"""Approved texts of a network, for when the customer wrote too long ago for a free one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.roles import Permission
from channels_in.networks.templates import Offer, offer_of
from channels_in.networks.ways import connection_for
from channels_in.whatsapp.templates import Template
from core.html import from_text
from tickets import policies
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Ticket
from web.access import SignedInRequest, workspace

VALUE = "value-"  # before the names of a template's fields in a form
LENGTH = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a template as a form asks for it."""

    name: str
    label: str
    value: str


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def templates(request: SignedInRequest, number: int) -> HttpResponse:
    """The templates of a way; with one chosen its fields and how it will read."""
    ticket = policies.visible_ticket(request.actor, number)
    offer = _offer(ticket, request.GET.get("way", ""))
    chosen = offer.named(request.GET.get("template", ""))
    values = _values(request.GET)
    context = {
        "ticket": ticket, "offer": offer, "chosen": chosen, "way": request.GET.get("way", ""),
        "fields": _asked(chosen, values) if chosen else [],
        "preview": chosen.filled(values) if chosen else "",
    }  # fmt: skip
    name = "_template_preview" if "preview" in request.GET else "_templates"
    return render(request, f"agent/composer/{name}.html", context)


def template_draft(
    form: QueryDict, ticket: Ticket, author_id: int, written: CommentDraft | None
) -> CommentDraft | None:
    """The reply that a chosen template makes; what was written where none was chosen.

    Raises InvalidChange for one that is gone, has empty fields, or stands beside another text.
    """
    key = form.get("template", "")
    if not key or form.get("kind") == "internal":
        return written
    if written and (written.body or written.upload_ids):
        raise InvalidChange(
            "template", _("A template leaves without other text or files. Empty the text first.")
        )
    template = _offer(ticket, form.get("way", "")).named(key)
    if template is None:
        raise InvalidChange("template", _("This template is gone. Choose another."))
    values = _values(form)
    if template.missing(values):
        raise InvalidChange("template", _("Fill in every field of the template."))
    text = template.filled(values)
    draft = written or CommentDraft(author_id=author_id, body="")
    metadata = {**draft.metadata, "template": template.as_metadata(values)}
    return replace(draft, body=text, html=from_text(text), reply_text=text, metadata=metadata)


def _offer(ticket: Ticket, way: str) -> Offer:
    connection = connection_for(ticket, way.partition(":")[0])
    return offer_of(connection) if connection else Offer([])


def _values(form: QueryDict) -> Mapping[str, str]:
    return {
        name.removeprefix(VALUE): form.get(name, "").replace("\0", "")[:LENGTH]
        for name in form
        if name.startswith(VALUE)
    }


def _asked(template: Template, values: Mapping[str, str]) -> list[Asked]:
    parts = {"header": _("In the heading"), "body": _("In the text"), "button": _("In the button")}
    fields = []
    for name in template.fields:
        part, _dot, field = name.partition(".")
        fields.append(Asked(f"{VALUE}{name}", f"{parts[part]}: {field}", values.get(name, "")))
    return fields
