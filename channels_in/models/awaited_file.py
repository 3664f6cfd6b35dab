from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_in.models.account import ChannelAccount
from tickets.models import Comment


class AwaitedFileState(models.TextChoices):
    WAITING = "waiting", _("On its way")
    GIVEN_UP = "given_up", _("Not fetched")


class AwaitedFile(models.Model):
    """A file of a customer's message that still lies with the network.

    The row goes once the file is an attachment. `error` is why it is not one yet, or never will be.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="awaited_files")
    reference = models.CharField(max_length=2000)
    filename = models.CharField(max_length=255, blank=True, default="")
    content_type = models.CharField(max_length=127, blank=True, default="")
    state = models.CharField(
        max_length=8, choices=AwaitedFileState, default=AwaitedFileState.WAITING
    )
    error = models.CharField(max_length=300, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="awaited_file_due",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["comment"], name="awaited_file_of_comment"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.filename or self.reference[:40]
