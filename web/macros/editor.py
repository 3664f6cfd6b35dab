"""The form of a macro: its words, whose it is, what it does, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Group
from accounts.roles import Permission
from macros.actions import MacroDraft
from macros.actions.macros import EVERYONE, GROUP, PERSONAL, scope_of
from macros.models import Macro, MacroFile, RuleKind
from tickets.models import Attachment
from web.access import SignedInRequest
from web.admin.forms import PageForm
from web.agent.numbers import as_id, as_ids
from web.builder import effects
from web.builder.effects import EffectBuilder
from web.builder.refusals import Refusable
from web.builder.texts import placeholders


class MacroForm(PageForm):
    title = forms.CharField(
        label=_("Title"), max_length=150,
        help_text=_("“Category::Name” puts it under a category."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Give the macro a title that says when to use it.")},
    )  # fmt: skip
    restriction = forms.ChoiceField(label=_("For"))
    description = forms.CharField(
        label=_("When to use it"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    is_active = forms.BooleanField(label=_("Offered to agents"), required=False)

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [(PERSONAL, _("Only me"))]
        if may_share:
            groups = Group.objects.filter(is_active=True).order_by("name", "id")
            choices += [(f"{GROUP}:{pk}", name) for pk, name in groups.values_list("pk", "name")]
            choices.append((EVERYONE, _("Everyone")))
        self.fields["restriction"].choices = choices  # type: ignore[attr-defined]


@dataclass(slots=True)
class Editor(Refusable):
    """Everything on the page; `op` is a button that only changes the form."""

    form: MacroForm
    effects: EffectBuilder
    files: list[MacroFile]
    uploads: list[Attachment] = field(default_factory=list)
    op: str = ""

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.form, "effects": self.effects, "files": self.files,
            "uploads": self.uploads, "refusal": self.refusal, "revision": self.revision,
            "placeholders": placeholders(with_dynamic=True),
        }  # fmt: skip

    def may_save(self) -> bool:
        """Whether the form was sent to be saved, and all of it is right."""
        if self.op or not self.form.is_bound:
            return False
        has_files = bool(self.files or self.uploads)
        if has_files and all(not row.name for row in self.effects.rows):
            self.effects.rows.clear()
        checks = [self.form.is_valid(), self.effects.check()]
        return all(checks)

    @property
    def draft(self) -> MacroDraft:
        cleaned = self.form.cleaned_data
        scope, _colon, group = cleaned["restriction"].partition(":")
        made = self.effects.as_json()
        if self.files:
            made.append({"field": "attachments", "value": [file.pk for file in self.files]})
        return MacroDraft(
            title=cleaned["title"], description=cleaned["description"],
            is_active=cleaned["is_active"], scope=scope, group_id=as_id(group), effects=made,
            upload_ids=[upload.pk for upload in self.uploads],
        )  # fmt: skip


def editor_of(request: SignedInRequest, macro: Macro | None) -> Editor:
    """What was sent, with its `op` carried out; else what is stored; else a beginning."""
    may_share = request.actor.can(Permission.MANAGE_RULES)
    if request.method == "POST":
        return _sent(request, macro, may_share)
    stored = [each for each in (macro.effects if macro else []) if each["field"] != "attachments"]
    first = [{"field": "comment_value", "value": {"mode": "append", "text": ""}}]
    initial = {
        "title": macro.title if macro else "",
        "description": macro.description if macro else "",
        "is_active": macro.is_active if macro else True,
        "restriction": _restriction(macro),
    }
    return Editor(
        MacroForm(initial=initial, may_share=may_share),
        effects.from_json(stored if macro else first, RuleKind.MACRO, request.actor),
        _files_of(macro, _named(macro)),
        revision=str(macro.revision) if macro else "",
    )


def _sent(request: SignedInRequest, macro: Macro | None, may_share: bool) -> Editor:
    op = request.POST.get("op", "")
    form = (
        MacroForm(initial=request.POST, may_share=may_share)
        if op
        else MacroForm(request.POST, may_share=may_share)
    )
    kept = [pk for pk in as_ids(request.POST.getlist("file")) if pk in _named(macro)]
    waiting = Attachment.objects.filter(
        pk__in=as_ids(request.POST.getlist("upload")), comment=None,
        uploaded_by_id=request.actor.user_id,
    )  # fmt: skip
    made = Editor(
        form, effects.from_form(request.POST, RuleKind.MACRO, request.actor),
        _files_of(macro, kept), list(waiting.order_by("id")), op=op,
        revision=request.POST.get("revision", ""),
    )  # fmt: skip
    where, _dot, what = op.partition(".")
    if where == "e":
        made.effects.operate(what)
    return made


def _named(macro: Macro | None) -> list[int]:
    effects_of = macro.effects if macro else []
    return [pk for each in effects_of if each["field"] == "attachments" for pk in each["value"]]


def _files_of(macro: Macro | None, ids: Sequence[int]) -> list[MacroFile]:
    found = macro.files.in_bulk(ids) if macro and ids else {}
    return [found[pk] for pk in ids if pk in found]


def _restriction(macro: Macro | None) -> str:
    if macro is None:
        return PERSONAL
    scope = scope_of(macro)
    return f"{GROUP}:{macro.group_id}" if scope == GROUP else scope
