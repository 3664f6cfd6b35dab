"""What customers fill in. Rules are the actions'; these only take the words and files along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from core import html
from tickets.actions import keep_upload
from tickets.drafts import CommentDraft
from tickets.errors import InvalidChange
from tickets.models import Channel

_LONGEST = 100_000  # letters; a book chapter
_MOST_FILES = 10


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to _MOST_FILES."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = [file for file in (data or []) if file]
        if len(given) > _MOST_FILES:
            raise forms.ValidationError(
                _("Send at most %(n)d files with one message."), params={"n": _MOST_FILES}
            )
        return [super(FilesField, self).clean(file, initial) for file in given]


class ReplyForm(forms.Form):
    body = forms.CharField(label=_("Your reply"), max_length=_LONGEST, required=False)
    attachments = FilesField(label=_("Files"), required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("body") or values.get("attachments")) and not self.errors:
            self.add_error("body", _("Write something, or add a file."))
        return values


class RequestForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject"), max_length=200,
        error_messages={"required": _("Say in a few words what this is about.")},
    )  # fmt: skip
    body = forms.CharField(
        label=_("How can we help?"), max_length=_LONGEST,
        error_messages={"required": _("Describe what happened.")},
    )  # fmt: skip
    attachments = FilesField(label=_("Files"), required=False, allow_empty_file=True)


class RatingForm(forms.Form):
    score = forms.ChoiceField(choices=[("good", ""), ("bad", "")])
    comment = forms.CharField(max_length=10_000, required=False)


def comment_from(form: forms.Form, actor: Actor) -> CommentDraft:
    """The comment of a valid form; its files are stored. Raises InvalidChange for one too large."""
    assert actor.user_id is not None  # noqa: S101  customers_only lets nobody else in
    body = form.cleaned_data["body"]
    return CommentDraft(
        author_id=actor.user_id, body=body, html=html.from_text(body), channel=Channel.WEB,
        upload_ids=_kept(form.cleaned_data["attachments"], actor),
    )  # fmt: skip


def _kept(files: Sequence[UploadedFile], actor: Actor) -> tuple[int, ...]:
    return tuple(keep_upload(actor=actor, file=file, filename=file.name or "").pk for file in files)


def refuse(form: forms.Form, error: InvalidChange) -> None:
    """Show an action's refusal beside the field it is about."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
