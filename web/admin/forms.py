"""The forms of the settings pages. What may be saved is judged by the actions; forms read types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Group
from channels_in.models import Login, Mailbox, Security
from tickets.errors import InvalidChange
from tickets.models import Schedule

LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl",
    "sv", "th", "tr", "uk", "vi", "zh-Hans", "zh-Hant",
)  # fmt: skip
KEPT = _("Leave empty to keep the stored one")


class PageForm(forms.Form):
    """Fields with the house's classes; errors are tied to their fields for readers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("class", _class_of(field.widget))
            if field.help_text:
                field.widget.attrs["aria-describedby"] = f"{name}-help"

    def full_clean(self) -> None:
        """Django's, and each refused field says where its error stands."""
        super().full_clean()
        for name in self.errors:
            self._mark(name)

    def _mark(self, name: str) -> None:
        if name in self.fields:
            attrs = {"aria-invalid": "true", "aria-describedby": f"{name}-error"}
            self.fields[name].widget.attrs |= attrs

    def refuse(self, error: InvalidChange) -> None:
        """Show what an action refused at its field, or above the form."""
        name = error.field if error.field in self.fields else None
        self.add_error(name, str(error))
        if name:
            self._mark(name)


class AddressForm(PageForm):
    address = forms.CharField(
        label=_("E-mail address"), max_length=254,
        help_text=_("What customers write to, such as support@company.com."),
        widget=forms.EmailInput(
            attrs={"placeholder": "support@company.com", "autocomplete": "off", "autofocus": True}
        ),
        error_messages={"required": _("Write the address that customers write to.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name"), max_length=100, required=False,
        help_text=_("What customers see as the sender."),
    )  # fmt: skip
    group = forms.ChoiceField(
        label=_("Group"), required=False, help_text=_("Who gets the tickets that come in here.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "group", group_choices())


class DetailsForm(PageForm):
    name = AddressForm.base_fields["name"]
    group = AddressForm.base_fields["group"]
    language = forms.ChoiceField(
        label=_("Language"), required=False,
        help_text=_("Spoken to people whose own language is not known."),
    )  # fmt: skip
    schedule = forms.ChoiceField(
        label=_("Business hours"), required=False,
        help_text=_("When somebody works on this mail."),
    )  # fmt: skip
    signature = forms.CharField(
        label=_("Signature"), required=False, max_length=10_000, strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "true"}),
    )  # fmt: skip
    brand_color = forms.CharField(
        label=_("Brand colour"), required=False, max_length=7,
        help_text=_("Of the line and the links in mail from here, such as #1f6feb."),
        widget=forms.TextInput(attrs={"placeholder": "#1f6feb", "autocomplete": "off"}),
    )  # fmt: skip
    quotes_history = forms.BooleanField(
        label=_("Quote the conversation beneath each reply"), required=False
    )

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices(self, "group", group_choices())
        choices(self, "language", [("", _("Not set")), *languages])
        hours = Schedule.objects.order_by("name").values_list("pk", "name")
        choices(self, "schedule", [("", _("Always")), *hours])


class ServerForm(PageForm):
    """Where a mail server is, and how it lets us in."""

    example = "mail.company.com"

    host = forms.CharField(
        label=_("Server"), max_length=253, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the name of the server.")},
    )  # fmt: skip
    port = forms.IntegerField(
        label=_("Port"), min_value=1, max_value=65535,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5}),
    )  # fmt: skip
    security = forms.ChoiceField(label=_("Encryption"), choices=Security.choices)
    login = forms.ChoiceField(label=_("Sign in with"), choices=Login.choices)
    username = forms.CharField(
        label=_("User name"), max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the user name of the mailbox.")},
    )  # fmt: skip
    password = forms.CharField(
        label=_("Password"), max_length=1000, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, has_password: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].widget.attrs["placeholder"] = self.example
        _say_kept(self, "password", has_password)


class MailboxForm(ServerForm):
    example = "imap.company.com"
    field_order = ("protocol",)

    protocol = forms.ChoiceField(label=_("Protocol"), choices=Mailbox.Protocol.choices)
    folder = forms.CharField(
        label=_("Folder"), max_length=255, required=False,
        widget=forms.TextInput(attrs={"list": "folders", "autocomplete": "off"}),
    )  # fmt: skip
    afterwards = forms.ChoiceField(
        label=_("Afterwards"), choices=Mailbox.Afterwards.choices,
        help_text=_("What happens on the server to mail that was fetched."),
    )  # fmt: skip
    move_to = forms.CharField(
        label=_("Move to"), max_length=255, required=False,
        widget=forms.TextInput(attrs={"list": "folders", "autocomplete": "off"}),
    )  # fmt: skip


class SmtpForm(ServerForm):
    example = "smtp.company.com"

    username = forms.CharField(
        label=_("User name"), max_length=254, required=False,
        help_text=_("Empty when the server asks for none."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class ConsentForm(PageForm):
    """A client of our own at Google, Microsoft or elsewhere, and perhaps a token from there."""

    provider = forms.ChoiceField(label=_("Provider"))
    client_id = forms.CharField(
        label=_("Client id"), max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the client's id.")},
    )  # fmt: skip
    client_secret = forms.CharField(
        label=_("Client secret"), max_length=1000, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    refresh_token = forms.CharField(
        label=_("Refresh token"), max_length=8000, required=False,
        help_text=_("Only when you have one already; otherwise ask for consent below."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, providers: Iterable[tuple[str, str]], has_secret: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices(self, "provider", providers)
        _say_kept(self, "client_secret", has_secret)
        _say_kept(self, "refresh_token", has_secret)


class ScheduleForm(PageForm):
    name = forms.CharField(
        label=_("Name"), max_length=100,
        widget=forms.TextInput(attrs={"placeholder": _("Office hours")}),
        error_messages={"required": _("Give these hours a name.")},
    )  # fmt: skip
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64,
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        error_messages={"required": _("Choose a time zone of the list.")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("Public holidays of"), max_length=120, required=False,
        widget=forms.TextInput(attrs={
            "list": "places", "autocomplete": "off", "placeholder": _("Country, or country: part"),
        }),
        help_text=_("They are days off in every year."),
    )  # fmt: skip


def group_choices() -> list[tuple[Any, Any]]:
    """Every group, and none."""
    return [("", _("No group")), *Group.objects.order_by("name", "pk").values_list("pk", "name")]


def as_number(text: Any) -> int | None:
    """An id out of a choice; None for the empty one."""
    return int(text) if text and str(text).isdecimal() else None


def choices(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
    field.choices = list(choices)


def _say_kept(form: forms.Form, name: str, is_stored: bool) -> None:
    if is_stored:
        form.fields[name].widget.attrs["placeholder"] = str(KEPT)


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.Select):
        return "select"
    return "" if isinstance(widget, forms.CheckboxInput) else "input"
