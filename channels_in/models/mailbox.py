from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_in.models.account import ChannelAccount
from channels_in.models.server import Login, OAuthGrant, Security


class Mailbox(models.Model):
    """A mailbox on another server whose mail is fetched for one of our addresses.

    `uid_validity` and `last_uid` say how far an IMAP folder has been read (RFC 3501 §2.3.1.1): they
    move only after the messages are committed here, so that a crash fetches again and the funnel
    recognises what it knows. POP3 has `seen_uidls` (RFC 1939 §7) for mail left on the server.
    """

    class Protocol(models.TextChoices):
        IMAP = "imap", "IMAP"
        POP3 = "pop3", "POP3"

    class Afterwards(models.TextChoices):
        SEEN = "seen", _("Mark as read")
        MOVE = "move", _("Move to a folder")
        DELETE = "delete", _("Delete from the server")
        LEAVE = "leave", _("Leave as it is")

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="mailboxes")
    protocol = models.CharField(max_length=4, choices=Protocol, default=Protocol.IMAP)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(max_length=8, choices=Security, default=Security.TLS)
    login = models.CharField(max_length=8, choices=Login, default=Login.PASSWORD)
    username = models.CharField(max_length=254)
    sealed_password = models.TextField(blank=True, default="")
    grant = models.ForeignKey(OAuthGrant, null=True, blank=True, on_delete=models.PROTECT)
    folder = models.CharField(max_length=255, default="INBOX")
    afterwards = models.CharField(max_length=6, choices=Afterwards, default=Afterwards.SEEN)
    move_to = models.CharField(max_length=255, blank=True, default="")
    is_active = models.BooleanField(default=True)

    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    seen_uidls = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)  # the latest visit that went well
    fetched_at = models.DateTimeField(null=True)  # the latest message
    error = models.CharField(max_length=500, blank=True, default="")  # empty: all is well
    failures = models.PositiveIntegerField(default=0)  # in a row
    failed_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "host", "port", "username", "folder"], name="mailbox_once"
            ),
            models.CheckConstraint(
                condition=~Q(login=Login.OAUTH2) | Q(grant__isnull=False),
                name="mailbox_oauth2_has_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username} at {self.host}/{self.folder}"
