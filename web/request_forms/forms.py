"""What a visitor fills in besides the custom fields."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.portal.forms import FilesField

TRAP = "website"  # people do not see it; programs fill in everything


class VisitorForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=100,
        error_messages={"required": _("Write your name.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254,
        error_messages={
            "required": _("Write your e-mail address: we answer there."),
            "invalid": _("This is not a whole e-mail address."),
        },
    )  # fmt: skip
    subject = forms.CharField(
        label=_("Subject"), max_length=200,
        error_messages={"required": _("Say in a few words what this is about.")},
    )  # fmt: skip
    body = forms.CharField(
        label=_("How can we help?"), max_length=100_000,
        error_messages={"required": _("Describe what happened.")},
    )  # fmt: skip
    attachments = FilesField(label=_("Files"), required=False, allow_empty_file=True)
