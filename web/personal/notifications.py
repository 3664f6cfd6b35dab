"""What the reader is told, and how: each kind by each way."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from notifications.actions import Choices, choose
from notifications.choices import choice_of, zone_of
from notifications.models import ALWAYS, Digest, Kind, NotificationChoice, RuleMails
from web.access import SignedInRequest, workspace
from web.admin.forms import PageForm
from web.notifications.push import public_key
from web.notifications.words import ICONS

SHOWN = [kind for kind in Kind if kind != Kind.MENTION_UNSEEN]
_KINDS = [(kind.value, kind.label) for kind in SHOWN]


class NotificationsForm(PageForm):
    app = forms.MultipleChoiceField(choices=_KINDS, required=False)
    push = forms.MultipleChoiceField(choices=_KINDS, required=False)
    mail = forms.MultipleChoiceField(choices=_KINDS, required=False)
    digest = forms.ChoiceField(
        label=gettext_lazy("A mail with what you have not read"), choices=Digest.choices
    )
    digest_hour = forms.TypedChoiceField(
        label=gettext_lazy("At"), coerce=int, choices=[(hour, f"{hour}:00") for hour in range(24)]
    )
    rule_mails = forms.ChoiceField(
        label=gettext_lazy("When a trigger or an automation would mail you"),
        choices=RuleMails.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    shows_toasts = forms.BooleanField(
        label=gettext_lazy("Show a short message at the foot of the page"), required=False
    )
    push_shows_subject = forms.BooleanField(
        label=gettext_lazy("Show the ticket's subject in messages of the browser"), required=False,
        help_text=gettext_lazy("They can be read on a locked screen."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.USE_WORKSPACE)
def show(request: SignedInRequest) -> HttpResponse:
    choice = choice_of(request.user)
    form = NotificationsForm(request.POST or None, initial=_values(choice))
    if request.method == "POST" and form.is_valid():
        choose(actor=request.actor, choices_made=Choices(**form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("personal:notifications")
    context = {
        "form": form,
        "rows": [_row(kind, choice) for kind in SHOWN],
        "push_key": public_key(),
        "zone": zone_of(request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "personal/notifications.html", context, status=status)


def _values(choice: NotificationChoice) -> dict[str, object]:
    return {
        "digest": choice.digest, "digest_hour": choice.digest_hour,
        "rule_mails": choice.rule_mails, "shows_toasts": choice.shows_toasts,
        "push_shows_subject": choice.push_shows_subject,
    }  # fmt: skip


def _row(kind: Kind, choice: NotificationChoice) -> dict[str, object]:
    return {
        "kind": kind, "icon": ICONS[kind], "is_always": kind in ALWAYS,
        "ways": [
            ("app", _("In the app"), kind in choice.app or kind in ALWAYS, kind in ALWAYS),
            ("push", _("Browser"), kind in choice.push, False),
            ("mail", _("Mail"), kind in choice.mail, False),
        ],
    }  # fmt: skip
