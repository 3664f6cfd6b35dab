"""Block and allow lists: whose mail is always let through, and whose never."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from channels_in.actions import allow_sender, block_sender, remove_rule
from channels_in.models import SenderRule
from channels_in.selectors import sender_rules_page
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import settings_page

LINES_LIMIT = 5_000
REFUSED_SHOWN = 20
_ACTIONS = {SenderRule.Decision.ALLOW: allow_sender, SenderRule.Decision.BLOCK: block_sender}


@require_http_methods(["GET", "POST"])
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """The rules, searched; and one more."""
    if request.method == "GET":
        return _page(request)
    pattern, note = request.POST.get("pattern", ""), request.POST.get("note", "")
    try:
        rule = _decide(request, pattern, note)
    except InvalidChange as error:
        return _page(request, error=str(error), status=422)
    messages.success(request, _("%(pattern)s is on the list.") % {"pattern": rule.pattern})
    return redirect("admin:senders")


@require_http_methods(["GET", "POST"])
@settings_page
def bring_in(request: SignedInRequest) -> HttpResponse:
    """Many at once, one a line; what cannot be read is said line by line, the rest is saved."""
    if request.method == "GET":
        return render(request, "admin/senders/import.html", {"decisions": _decisions()})
    lines = [line.strip() for line in request.POST.get("lines", "").splitlines() if line.strip()]
    done, refused = _bring(request, lines[:LINES_LIMIT])
    if lines and len(lines) <= LINES_LIMIT and not refused:
        text = ngettext("%(n)d line is on the list.", "%(n)d lines are on the list.", done)
        messages.success(request, text % {"n": done})
        return redirect("admin:senders")
    context = {
        "decisions": _decisions(), "done": done, "refused": refused[:REFUSED_SHOWN],
        "refused_count": len(refused), "is_empty": not lines,
        "too_many": len(lines) > LINES_LIMIT and LINES_LIMIT,
        "lines": "\n".join([*(line for line, _why in refused), *lines[LINES_LIMIT:]]),
        "decision": request.POST.get("decision"), "note": request.POST.get("note", ""),
    }  # fmt: skip
    return render(request, "admin/senders/import.html", context, status=422)


@require_POST
@settings_page
def remove(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """Take a sender off the list."""
    remove_rule(actor=request.actor, rule_id=rule_id)
    messages.success(request, _("Taken off the list."))
    return redirect("admin:senders")


def _bring(request: SignedInRequest, lines: list[str]) -> tuple[int, list[tuple[str, str]]]:
    """How many were saved, and what was refused with the reason."""
    done, refused = 0, []
    for line in lines:
        try:
            _decide(request, line.lstrip("-*•; "), request.POST.get("note", ""))
            done += 1
        except InvalidChange as error:
            refused.append((line[:300], str(error)))
    return done, refused


def _decide(request: SignedInRequest, pattern: str, note: str) -> SenderRule:
    decision = request.POST.get("decision", "")
    if decision not in SenderRule.Decision.values:
        raise InvalidChange("decision", _("Choose whether to block or to allow."))
    act = _ACTIONS[SenderRule.Decision(decision)]
    return act(actor=request.actor, pattern=pattern, note=note)


def _page(request: SignedInRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    search, decision = request.GET.get("q", ""), request.GET.get("decision", "")
    page = sender_rules_page(
        request.actor, search=search, decision=decision, cursor=request.GET.get("cursor", "")
    )
    context = {
        "page": page, "rows": page.rows, "q": search, "chosen": decision, "error": error,
        "decisions": _decisions(), "values": request.POST,
    }  # fmt: skip
    return render(request, "admin/senders/index.html", context, status=status)


def _decisions() -> list[tuple[str, str]]:
    return [(SenderRule.Decision.BLOCK, _("Block")), (SenderRule.Decision.ALLOW, _("Allow"))]
