from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_LONGEST = 1_000_000


class AnswerForm(forms.Form):
    body = forms.CharField(
        label=_("Reply"), max_length=_LONGEST,
        error_messages={"required": _("Write a reply first.")},
    )  # fmt: skip
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)


class MailForm(forms.Form):
    """A mail of a stranger; empty subjects and texts are allowed, to see what comes of them."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    sender = forms.EmailField(label=_("From"), max_length=254)
    to = forms.EmailField(label=_("To"), max_length=254)
    subject = forms.CharField(label=_("Subject"), max_length=900, required=False)
    body = forms.CharField(label=_("Text"), max_length=_LONGEST, required=False)
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        first = {"name": "Robin Example", "sender": "robin@example.net"}
        kwargs.setdefault("initial", {**first, "to": settings.SUPPORT_ADDRESS})
        super().__init__(*args, **kwargs)
