"""Would this automation run on this ticket, and when? And the tickets it looks at next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from core import clock
from macros.automations.upcoming import next_due, progress
from macros.models import Automation
from macros.selectors.automation_trials import Prospect, automation_trial
from macros.selectors.rules import automation_for
from tickets.conditions import InvalidCondition
from tickets.errors import TicketNotFound
from tickets.models import Ticket
from web.access import SignedInRequest
from web.admin.rules.access import rules_page
from web.admin.rules.consequences import Consequences, consequences
from web.admin.rules.judged import Judged, judged
from web.admin.rules.kinds import AUTOMATIONS
from web.admin.rules.presenting import names_for
from web.admin.rules.trying import named_ticket
from web.templatetags.builder import exactly

DUE_SHOWN = 25
# The colour of the answer, the answer, and why.
_WORDS = {
    Prospect.NOW: (
        "ok", gettext_lazy("Would run now"),
        gettext_lazy("Its conditions hold: it runs within a minute."),
    ),
    Prospect.PAUSED: (
        "waiting", gettext_lazy("Would run later"),
        gettext_lazy("Its conditions hold, but it ran here less than an hour ago (%(ran)s). "
                     "It runs again on %(due)s, if they still hold then."),
    ),
    Prospect.LATER: (
        "waiting", gettext_lazy("Would run later"),
        gettext_lazy("If nothing changes on the ticket until then, it runs on %(due)s."),
    ),
    Prospect.NEVER: (
        "off", gettext_lazy("Would not run"),
        gettext_lazy("Time alone does not make it run: something on the ticket has to change."),
    ),
    Prospect.DONE: (
        "off", gettext_lazy("Has done its part"),
        gettext_lazy("It ran on %(ran)s, and its conditions have held ever since. "
                     "It runs again after they have ended and begun anew."),
    ),
    Prospect.FAILED: (
        "trouble", gettext_lazy("Has failed here"),
        gettext_lazy("It tried on %(ran)s and failed. "
                     "It tries again when the ticket changes or the automation is saved."),
    ),
    Prospect.SPENT: (
        "off", gettext_lazy("Would not run"),
        gettext_lazy("It has run on this ticket as often as it may, and does not run any more."),
    ),
    Prospect.LEFT_ALONE: (
        "off", gettext_lazy("Would not run"),
        gettext_lazy("The ticket is closed or deleted: automations leave it alone."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """The answer in words; `then` only where it would run: now, or by itself some time."""

    ticket: Ticket
    tone: str
    title: str
    sentence: str
    times: str
    rows: list[Judged]
    then: Consequences | None


@require_safe
@rules_page
def show(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """The question, its answer when a ticket is named in the address, and what is due next."""
    automation, asked = automation_for(request.actor, rule_id), request.GET.get("ticket")
    error, trial = "", None
    if asked is not None:
        try:
            trial = _try(automation, named_ticket(request.actor, asked))
        except TicketNotFound:
            error = _("There is no such ticket that you may see.")
        except InvalidCondition as problem:
            error = str(problem)
    share = progress(automation)
    context = {
        "of": AUTOMATIONS, "rule": automation, "tab": "test", "asked": asked or "",
        "error": error, "trial": trial, "now": clock.now(),
        "due": next_due(actor=request.actor, automation=automation, limit=DUE_SHOWN),
        "percent": None if share is None else int(share * 100),
    }  # fmt: skip
    return render(request, "admin/rules/automation_test.html", context)


def _try(automation: Automation, ticket: Ticket) -> Trial:
    """Judged as of now; what it would do as of the moment at which it would do it."""
    found = automation_trial(automation, ticket)
    conditions, effects = found.automation.conditions, found.automation.effects
    names = names_for([(conditions, effects)])
    rows = judged(conditions, found.situation(found.now), names)
    then = None
    if found.would_run:
        then = consequences(effects, found.situation(found.due_at or found.now), names)
    tone, title, sentence = _WORDS[found.prospect]
    moments = {
        "due": exactly(found.due_at) if found.due_at else "",
        "ran": exactly(found.ran_at) if found.ran_at else "",
    }
    said = [sentence % moments]
    if found.due_at and not found.would_run:  # its conditions end and begin again by themselves
        said.append(_("By time alone that is on %(due)s.") % moments)
    return Trial(ticket, tone, str(title), " ".join(said), _times(found.runs), rows, then)


def _times(runs: int) -> str:
    """How often it ran on this ticket; empty for never."""
    words = ngettext(
        "It has run once on this ticket.", "It has run %(n)s times on this ticket.", runs
    )  # fmt: skip
    return words % {"n": runs} if runs else ""
