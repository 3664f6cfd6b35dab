"""Macros in the composer: the list, what one would do, applying it, keeping a reply as one.

Nothing here changes the ticket: what was applied stands in the form until the agent submits it.
Without a number the ticket is the one that a form for a new ticket describes so far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Permission
from core import html
from macros.actions import copy_files, save_reply_as_macro
from macros.actions.macro_uses import as_applied
from macros.effects import InvalidEffect, labels_of
from macros.errors import InvalidRule, RuleGone
from macros.macro_plans import STACK_LIMIT, Preview, Reply, Step, preview
from macros.models import Macro
from macros.selectors.macros import LIMIT, categories_of, category_of, usable_macro, usable_macros
from macros.selectors.suggestions import suggested_macros
from tickets import policies
from tickets.errors import InvalidChange
from tickets.models import Attachment, Status, Ticket
from web.access import SignedInRequest, workspace
from web.agent.applied import applied_in
from web.agent.drafted import form_fields, ticket_in_form
from web.agent.numbers import as_id

TEXT_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A macro in the list. `short` is its title without the category."""

    macro: Macro
    category: str
    short: str
    does: str


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def index(request: SignedInRequest, number: int | None = None) -> HttpResponse:
    """The macros one may apply to a ticket: those that fit first, then by category."""
    ticket = _ticket(request, number)
    macros = list(usable_macros(request.actor)[:LIMIT])
    context = {
        "suggested": [_choice(macro) for macro in suggested_macros(macros, ticket, request.actor)],
        "categories": [
            (category.name, [_choice(macro) for macro in category.macros])
            for category in categories_of(macros)
        ],
        "ticket": ticket,
    }
    return render(request, "agent/macros/_picker.html", context)


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def show(request: SignedInRequest, number: int | None = None) -> HttpResponse:
    """What one more macro would make of the reply and the ticket."""
    try:
        found = _tried(request, number)
    except (RuleGone, InvalidChange) as error:
        return render(request, "agent/tickets/_refused.html", {"message": str(error)}, status=409)
    context = {"step": found.steps[-1], "text": _text_of(found.steps[-1])}
    return render(request, "agent/macros/_preview.html", context)


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def apply(request: SignedInRequest, number: int | None = None) -> HttpResponse:
    """One more macro for the form: text, kind, CCs and copies of its files; fields as a chip."""
    try:
        found = _tried(request, number)
    except (RuleGone, InvalidChange) as error:
        return JsonResponse({"error": str(error)}, status=409)
    uploads = copy_files(actor=request.actor, files=found.steps[-1].files)
    answer = {**_for_form(found, uploads), "chips": _chips(request, found)}
    return JsonResponse(answer if number else {**answer, "fields": form_fields(found)})


@require_GET
@workspace(Permission.COMMENT_INTERNALLY)
def chips(request: SignedInRequest, number: int | None = None) -> HttpResponse:
    """The applied macros (`?macro=id:revision` each) with what they will change."""
    ticket = _ticket(request, number)
    try:
        macros = as_applied(request.actor, applied_in(request.GET.getlist("macro")))
    except InvalidChange as error:
        return HttpResponse(str(error), status=409, content_type="text/plain")
    return HttpResponse(_chips(request, preview(macros, ticket, request.actor)))


@require_POST
@workspace(Permission.COMMENT_INTERNALLY)
def keep_reply(request: SignedInRequest) -> HttpResponse:
    """Keep what somebody has written as a macro of their own."""
    try:
        macro = save_reply_as_macro(
            actor=request.actor, title=request.POST.get("title", ""),
            body=request.POST.get("body", ""), is_public=request.POST.get("kind") != "internal",
        )  # fmt: skip
    except (InvalidRule, InvalidEffect) as error:
        return JsonResponse({"error": str(error)}, status=422)
    said = _("Saved as your macro “%(title)s”") % {"title": macro.title}
    return JsonResponse({"said": said}, status=201)


def _ticket(request: SignedInRequest, number: int | None) -> Ticket:
    if number is None:
        return ticket_in_form(request.POST or request.GET, request.actor)
    return policies.visible_ticket(request.actor, number)


def _tried(request: SignedInRequest, number: int | None) -> Preview:
    """The form's macros (`macro`) and one more (`add`) on the ticket.

    Raises TicketNotFound, RuleGone, InvalidChange.
    """
    ticket = _ticket(request, number)
    stack = as_applied(request.actor, applied_in(request.POST.getlist("macro")))
    if len(stack) >= STACK_LIMIT:
        raise InvalidChange("macros", _("More macros than that do not fit into one reply."))
    macro = usable_macro(request.actor, as_id(request.POST.get("add", "")) or 0)
    reply = Reply(
        before=_posted(request, "before"), after=_posted(request, "after"),
        is_public=request.POST.get("kind") != "internal",
    )  # fmt: skip
    return preview([*stack, macro], ticket, request.actor, reply=reply, written=len(stack))


def _for_form(found: Preview, uploads: list[Attachment]) -> dict[str, Any]:
    """What the last macro puts into the form."""
    step = found.steps[-1]
    return {
        "macro": f"{step.macro.pk}:{step.macro.revision}",
        "before": found.reply.before,
        "after": found.reply.after,
        "pieces": [
            {"mode": text.mode, "html": _html(text.text, text.is_html)} for text in step.texts
        ],
        "texts": [_plain(text.text, text.is_html) for text in step.texts],
        "replaces": any(text.mode == "set" for text in step.texts),
        "kind": {None: "", True: "public", False: "internal"}[step.is_public],
        "ccs": [person.email for person in step.ccs],
        "uploads": [{"id": file.pk, "name": file.filename, "size": file.size} for file in uploads],
        "problems": step.problems,
    }


def _posted(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\x00", "")[:TEXT_LIMIT]


def _chips(request: HttpRequest, found: Preview) -> str:
    status = found.ticket.status if "status" in found.fields else ""
    context = {
        "steps": found.steps,
        "status": status,
        "status_label": Status(status).label if status else "",
    }
    return render_to_string("agent/macros/_chips.html", context, request=request)


def _choice(macro: Macro) -> Choice:
    category, short = category_of(macro.title)
    does = ", ".join(dict.fromkeys(labels_of(macro.effects)))
    return Choice(macro, category, short, does)


def _text_of(step: Step) -> str:
    return "\n\n".join(_plain(text.text, text.is_html) for text in step.texts)


def _html(text: str, is_html: bool) -> str:
    return html.sanitize(text, keep_styles=False) if is_html else html.from_text(text)


def _plain(text: str, is_html: bool) -> str:
    return (html.to_text(text) if is_html else text).strip("\n")
