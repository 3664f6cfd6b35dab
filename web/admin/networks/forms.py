"""The guided form of a network, made from what the network asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_in.models import Connection
from channels_in.networks.network import NO, YES, Field, Network, is_yes
from tickets.models import Schedule
from web.admin.forms import KEPT, LANGUAGES, AddressForm, PageForm, choices, group_choices


class ConnectForm(PageForm):
    """One input a field of the network. Secrets are never shown again; empty keeps the stored."""

    def __init__(
        self, *args: Any, network: Network, connection: Connection | None = None, **kwargs: Any
    ) -> None:
        self.network = network
        if connection:
            kwargs.setdefault("initial", _shown(network, connection))
        super().__init__(*args, **kwargs)
        for field in network.fields:
            self.fields[field.name] = _input(field, is_kept=field.is_secret and bool(connection))

    def given(self) -> dict[str, str]:
        """What was typed, by field."""
        return {field.name: self._typed(field) for field in self.network.fields}

    def _typed(self, field: Field) -> str:
        typed = self.cleaned_data.get(field.name, "")
        return (YES if typed else NO) if field.is_switch else typed


def _shown(network: Network, connection: Connection) -> dict[str, Any]:
    """The stored settings as inputs take them: a switch is on or off."""
    switches = [field for field in network.fields if field.is_switch]
    kept = connection.settings
    return kept | {row.name: is_yes(kept.get(row.name, row.default)) for row in switches}


def _input(field: Field, *, is_kept: bool) -> forms.Field:
    if field.is_switch:
        return forms.BooleanField(
            label=str(field.label), help_text=str(field.help), required=False,
            initial=is_yes(field.default),
            widget=forms.CheckboxInput(attrs={"aria-describedby": f"{field.name}-help"}),
        )  # fmt: skip
    may_be_empty = is_kept or field.is_generated or bool(field.default)
    attributes = {
        "class": "input", "dir": "ltr", "spellcheck": "false", "autocomplete": "off",
        "aria-describedby": f"{field.name}-help",
    }  # fmt: skip
    widget: forms.Widget = forms.TextInput(attrs=attributes)
    if field.is_secret:
        widget = forms.PasswordInput(attrs=attributes | {"autocomplete": "new-password"})
    return forms.CharField(
        label=str(field.label), help_text=KEPT if is_kept else str(field.help),
        initial=field.default, required=field.is_required and not may_be_empty,
        max_length=4000, widget=widget,
    )  # fmt: skip


class AccountForm(PageForm):
    """What customers see as sender, and who answers when."""

    name = AddressForm.base_fields["name"]
    group = AddressForm.base_fields["group"]
    schedule = forms.ChoiceField(label=_("Business hours"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), required=False,
        help_text=_("Spoken to people whose own language is not known."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = Schedule.objects.order_by("name").values_list("pk", "name")
        choices(self, "group", group_choices())
        choices(self, "schedule", [("", _("Always")), *hours])
        choices(self, "language", [("", _("Not set")), *((code, code) for code in LANGUAGES)])
