"""A rule's form: its title and switches, and the two builders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from macros.models import RuleKind, TriggerCategory
from tickets.conditions import Purpose
from web.access import SignedInRequest
from web.admin.forms import PageForm
from web.agent.numbers import as_id
from web.builder import conditions, effects
from web.builder.conditions import ConditionBuilder
from web.builder.effects import EffectBuilder
from web.builder.refusals import Refusable
from web.builder.texts import placeholders

REHEARSE = "rehearse"  # the button that tries the draft on the past instead of saving it
CREATED = {"all": [{"field": "update_type", "operator": "is", "value": "Create"}]}


class RuleForm(PageForm):
    title = forms.CharField(
        label=_("Title"), max_length=150,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Give the rule a title that says what it does.")},
    )  # fmt: skip
    description = forms.CharField(
        label=_("Why it is there"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("For colleagues who wonder next year."),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Switched on"), required=False)


class TriggerForm(RuleForm):
    category = forms.TypedChoiceField(
        label=_("Category"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = TriggerCategory.objects.order_by("position", "id").values_list("pk", "name")
        self.fields["category"].choices = list(rows)  # type: ignore[attr-defined]


@dataclass(slots=True)
class Editor(Refusable):
    """Everything on the page; `op` is a button that only changes the form, or REHEARSE."""

    form: Any
    conditions: ConditionBuilder
    effects: EffectBuilder
    op: str = ""

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.form, "conditions": self.conditions, "effects": self.effects,
            "refusal": self.refusal, "revision": self.revision,
            "placeholders": placeholders(with_dynamic=True),
        }  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Whether the form was sent to be saved or rehearsed, not only to be changed."""
        return self.op in ("", REHEARSE) and self.form.is_bound

    def is_right(self) -> bool:
        """Whether it was sent as a whole, and all of it is right."""
        if not self.is_whole:
            return False
        checks = [self.form.is_valid(), self.conditions.check(), self.effects.check()]
        return all(checks)

    @property
    def expected_revision(self) -> int | None:
        return as_id(self.revision)


def editor_of(
    request: SignedInRequest,
    rule: Any,
    form: type[RuleForm],
    purpose: Purpose,
    kind: RuleKind,
) -> Editor:
    """What was sent, with its `op` carried out; else what is stored; else a beginning."""
    if request.method == "POST":
        return _sent(request, form, purpose, kind)
    first = CREATED if purpose is Purpose.TRIGGER else {}
    initial = {
        "title": rule.title if rule else "",
        "description": rule.description if rule else "",
        "is_active": rule.is_active if rule else True,
        "category": getattr(rule, "category_id", None) or request.GET.get("category"),
    }
    return Editor(
        form(initial=initial),
        conditions.from_json(rule.conditions if rule else first, purpose, request.actor),
        effects.from_json(rule.effects if rule else [], kind, request.actor),
        revision=str(rule.revision) if rule else "",
    )


def _sent(
    request: SignedInRequest, form: type[RuleForm], purpose: Purpose, kind: RuleKind
) -> Editor:
    op = request.POST.get("op", "")
    made = Editor(
        form(request.POST) if op in ("", REHEARSE) else form(initial=request.POST),
        conditions.from_form(request.POST, purpose, request.actor),
        effects.from_form(request.POST, kind, request.actor),
        op=op, revision=request.POST.get("revision", ""),
    )  # fmt: skip
    where, _dot, what = op.partition(".")
    if where == "c":
        made.conditions.operate(what)
    elif where == "e":
        made.effects.operate(what)
    return made
