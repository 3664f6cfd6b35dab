from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from accounts.actions import set_password
from accounts.actor import actor_for
from accounts.models import User


class AskForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class _SavedByAction:
    """Django's checks of a new password, the write by the accounts' own action."""

    user: User
    cleaned_data: dict[str, Any]

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password1"]
        set_password(actor=actor_for(self.user), user=self.user, password=password)
        return self.user


class NewPasswordForm(_SavedByAction, SetPasswordForm):
    """A new password for somebody who has proven that the mailbox is theirs."""


class ChangePasswordForm(_SavedByAction, PasswordChangeForm):
    """The same for somebody who knows the old one."""
