from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from channels_in.models.account import ChannelAccount
from tickets.models import TicketForm

USUAL_DIFFICULTY = 17  # bits: some 130,000 hashes, half a second of a phone


class RequestForm(models.Model):
    """A page on which anybody can write to us, hosted here and embedded elsewhere.

    Its account (channel `web`) holds what all ways in have: address (the slug), name, group,
    language, colour. `sites` are the origins whose pages may frame it, as CSP writes them.
    `difficulty` is the proof of work that is asked, in leading zero bits of SHA-256; 0 asks none.
    """

    account = models.OneToOneField(
        ChannelAccount, on_delete=models.CASCADE, related_name="request_form"
    )
    ticket_form = models.ForeignKey(
        TicketForm, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    intro = models.CharField(max_length=1000, blank=True, default="")
    thanks = models.CharField(max_length=1000, blank=True, default="")
    sites = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    difficulty = models.PositiveSmallIntegerField(default=USUAL_DIFFICULTY)
    takes_files = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(difficulty__lte=24), name="request_form_is_bearable"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        return self.account.address

    @property
    def title(self) -> str:
        return self.account.name
