"""Language, time zone, appearance, keys."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.actions import UserChanges, choose_keys, set_theme, update_user
from accounts.models import User
from accounts.roles import Permission
from web.access import SignedInRequest, workspace
from web.admin.forms import PageForm
from web.languages import OWN_NAMES

THEMES = (
    ("system", gettext_lazy("As the system")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
)


def _zones() -> list[tuple[str, str]]:
    own = gettext_lazy("The help desk's (%(zone)s)")
    names = sorted(name for name in available_timezones() if "/" in name and "Etc/" not in name)
    return [
        ("", own % {"zone": settings.TIME_ZONE}),
        *((name, name.replace("_", " ")) for name in [*names, "UTC"]),
    ]


class PreferencesForm(PageForm):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False,
        help_text=gettext_lazy(
            "Of the pages, of mails and messages to you. Not of what customers read."
        ),
    )  # fmt: skip
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), required=False)
    theme = forms.ChoiceField(
        label=gettext_lazy("Appearance"), choices=THEMES, widget=forms.RadioSelect
    )
    has_letter_keys = forms.BooleanField(
        label=gettext_lazy("Single letters act: j and k to move, r to reply, ? for the list"),
        required=False,
    )
    sends_with_enter = forms.ChoiceField(
        label=gettext_lazy("Submit what you wrote with"), widget=forms.RadioSelect,
        choices=(
            ("", gettext_lazy("Ctrl+Enter (Enter begins a new line)")),
            ("1", gettext_lazy("Enter (Shift+Enter begins a new line)")),
        ), required=False,
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        browsers = _("The browser's")
        self.fields["language"].choices = [("", browsers), *OWN_NAMES]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = _zones()  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.USE_WORKSPACE)
def show(request: SignedInRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, initial=_values(request.user))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "personal/preferences.html", {"form": form}, status=status)
    _save(request, form.cleaned_data)
    with translation.override(form.cleaned_data["language"] or translation.get_language()):
        messages.success(request, _("Saved."))
    return redirect("personal:preferences")


def _values(user: User) -> dict[str, object]:
    return {
        "language": user.language if user.language in dict(OWN_NAMES) else "",
        "time_zone": user.time_zone, "theme": user.theme,
        "has_letter_keys": user.has_letter_keys,
        "sends_with_enter": "1" if user.sends_with_enter else "",
    }  # fmt: skip


def _save(request: SignedInRequest, made: dict[str, str]) -> None:
    actor = request.actor
    changes = UserChanges(language=made["language"], time_zone=made["time_zone"])
    update_user(actor=actor, user_id=request.user.pk, changes=changes)
    choose_keys(
        actor=actor, has_letter_keys=bool(made["has_letter_keys"]),
        sends_with_enter=bool(made["sends_with_enter"]),
    )  # fmt: skip
    set_theme(actor=actor, theme=made["theme"])
