"""The form of an SLA policy: for which tickets, how soon, and what saving it would mean."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from macros.actions.sla import (
    SlaPolicyDraft,
    create_sla_policy,
    preview_sla_policy,
    update_sla_policy,
)
from macros.errors import InvalidRule
from macros.models import SlaPolicy
from macros.selectors.rules import policy_for
from macros.sla.metrics import Switches
from tickets.conditions import Purpose
from tickets.models import Schedule
from web.access import SignedInRequest
from web.admin.rules.access import REFUSALS, rules_page
from web.admin.rules.editor import REHEARSE, RuleForm
from web.admin.rules.kinds import POLICIES
from web.admin.rules.rehearsing import begin, stretches
from web.admin.rules.targets import lines_of, targets_in, typed_lines
from web.agent.numbers import as_id
from web.builder import conditions

SWITCHES = {
    "first_reply_on_agent_message": gettext_lazy("First reply: also when an agent's own public "
                                                 "message opens the ticket"),
    "first_reply_on_agent_note": gettext_lazy("First reply: also when an agent's internal note "
                                              "opens it for a customer"),
    "first_reply_on_light_agent": gettext_lazy("First reply: also when a light agent opens it for "
                                               "a customer"),
    "internal_notes_update": gettext_lazy("Periodic update: an internal note counts as well"),
    "next_reply_on_requester_only": gettext_lazy("Next reply: only the requester's messages wait "
                                                 "for one"),
}  # fmt: skip


_WHOLE = ("", "preview", REHEARSE)  # what takes the form as it is; other buttons change it


class PolicyForm(RuleForm):
    schedule = forms.TypedChoiceField(
        label=gettext_lazy("Business hours"), coerce=int, empty_value=None, required=False
    )
    warnings = forms.CharField(
        label=gettext_lazy("Warn when so much of the time has passed"), required=False,
        max_length=60, widget=forms.TextInput(attrs={"placeholder": "75 %", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Schedule.objects.order_by("name", "id").values_list("pk", "name")
        self.fields["schedule"].choices = [  # type: ignore[attr-defined]
            ("", _("those of the ticket, else of the house")), *rows,
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@rules_page
def new(request: SignedInRequest) -> HttpResponse:
    """A new policy."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@rules_page
def edit(request: SignedInRequest, rule_id: int) -> HttpResponse:
    """Change a policy; the clocks of open tickets go on."""
    return _form(request, policy_for(request.actor, rule_id))


def _form(request: SignedInRequest, policy: SlaPolicy | None) -> HttpResponse:
    context, op = _read(request, policy), request.POST.get("op", "")
    where, _dot, what = op.partition(".")
    if where == "c":
        context["conditions"].operate(what)
    elif request.method == "POST" and op in _WHOLE:
        try:
            if _is_right(context):
                draft = _draft(request, context)
                if not op:
                    return _saved(request, policy, draft)
                if op == REHEARSE:
                    return begin(request, draft, policy.pk if policy else None)
                context["effect"] = preview_sla_policy(
                    actor=request.actor, draft=draft, policy_id=policy.pk if policy else None
                )
        except REFUSALS as error:
            context["refusal"] = str(error)
            context["revision"] = getattr(error, "revision", context["revision"])
    context["stretches"] = stretches(request)
    status = 422 if request.method == "POST" and op in ("", REHEARSE) else 200
    return render(request, "admin/rules/policy.html", context, status=status)


def _read(request: SignedInRequest, policy: SlaPolicy | None) -> dict[str, Any]:
    """What was sent, else what is stored, else a beginning."""
    data, actor = request.POST, request.actor
    context: dict[str, Any] = {"of": POLICIES, "rule": policy, "tab": "edit"}
    if request.method == "POST":
        is_draft = data.get("op", "") not in _WHOLE
        form = PolicyForm(initial=data) if is_draft else PolicyForm(data)
        made = conditions.from_form(data, Purpose.SLA, actor)
        lines, on = typed_lines(data.dict()), set(data.getlist("switch"))
    else:
        form = PolicyForm(initial=_initial(policy))
        made = conditions.from_json(policy.conditions if policy else {}, Purpose.SLA, actor)
        lines = lines_of(policy.targets if policy else [])
        settings = {**asdict(Switches()), **(policy.settings if policy else {})}
        on = {name for name, value in settings.items() if value}
    switches = [(name, words, name in on) for name, words in SWITCHES.items()]
    revision = data.get("revision", str(policy.revision) if policy else "")
    return {**context, "form": form, "conditions": made, "lines": lines, "switches": switches,
            "revision": revision}  # fmt: skip


def _initial(policy: SlaPolicy | None) -> dict[str, Any]:
    if policy is None:
        return {"is_active": True, "warnings": "75 %"}
    warnings = ", ".join(f"{each * 100:g} %" for each in policy.warnings)
    return {"title": policy.title, "description": policy.description, "warnings": warnings,
            "is_active": policy.is_active, "schedule": policy.schedule_id}  # fmt: skip


def _is_right(context: dict[str, Any]) -> bool:
    builder = context["conditions"]
    if not any(row.name for row in builder.rows):
        for group in builder.groups:  # no conditions at all: every ticket
            group.rows.clear()
    return all([context["form"].is_valid(), builder.check()])


def _draft(request: SignedInRequest, context: dict[str, Any]) -> SlaPolicyDraft:
    """Raises InvalidRule."""
    cleaned = context["form"].cleaned_data
    return SlaPolicyDraft(
        title=cleaned["title"], description=cleaned["description"],
        is_active=cleaned["is_active"], conditions=context["conditions"].as_json(),
        targets=targets_in(context["lines"]), schedule_id=cleaned["schedule"],
        warnings=_warnings(cleaned["warnings"]),
        settings={name: is_on for name, _words, is_on in context["switches"]},
    )  # fmt: skip


def _warnings(text: str) -> list[float]:
    parts = text.replace("%", " ").replace(",", " ").split()
    try:
        return [float(part) / 100 for part in parts]
    except ValueError as error:
        raise InvalidRule(_("Write warnings as percents, such as 75 %.")) from error


def _saved(
    request: SignedInRequest, policy: SlaPolicy | None, draft: SlaPolicyDraft
) -> HttpResponse:
    if policy is None:
        create_sla_policy(actor=request.actor, draft=draft)
    else:
        update_sla_policy(
            actor=request.actor, policy_id=policy.pk, draft=draft,
            expected_revision=as_id(request.POST.get("revision", "")),
        )  # fmt: skip
    messages.success(request, _("“%(title)s” was saved.") % {"title": draft.title})
    return redirect(POLICIES.index)
