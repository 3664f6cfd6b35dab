from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from channels_in.models.account import ChannelAccount
from channels_in.models.server import Login, OAuthGrant, Security


class OutgoingServer(models.Model):
    """How mail of one address leaves: through its own SMTP server or a mail provider.

    An address without one sends through EMAIL_URL. Secrets are sealed (core.crypto). Mail is signed
    (DKIM) when `dkim_domain`, `dkim_selector` and a key are there.
    """

    class Kind(models.TextChoices):
        DEFAULT = "default", _("The server of this installation")
        SMTP = "smtp", _("An SMTP server")
        PROVIDER = "provider", _("A mail provider")

    account = models.OneToOneField(
        ChannelAccount, on_delete=models.CASCADE, related_name="outgoing"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    host = models.CharField(max_length=253, blank=True, default="")
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=8, choices=Security, default=Security.STARTTLS)
    login = models.CharField(max_length=8, choices=Login, default=Login.PASSWORD)
    username = models.CharField(max_length=254, blank=True, default="")
    sealed_password = models.TextField(blank=True, default="")
    grant = models.ForeignKey(OAuthGrant, null=True, blank=True, on_delete=models.PROTECT)
    provider = models.CharField(max_length=30, blank=True, default="")  # Anymail's name of it
    sealed_provider_settings = models.TextField(blank=True, default="")  # JSON for Anymail
    sealed_webhook_secret = models.TextField(
        blank=True, default=""
    )  # "user:password", as Anymail's
    dkim_domain = models.CharField(max_length=253, blank=True, default="")
    dkim_selector = models.CharField(max_length=63, blank=True, default="")
    sealed_dkim_key = models.TextField(blank=True, default="")  # PEM
    error = models.CharField(max_length=500, blank=True, default="")  # of the latest attempt
    failures = models.PositiveIntegerField(default=0)  # in a row
    failed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)  # after refused logins nobody knocks before this

    def __str__(self) -> str:
        return f"{self.kind} for {self.account_id}"


class LocalMail(models.Model):
    """A mail that went to the local outbox instead of a server; shown by /dev/mail."""

    sender = models.CharField(max_length=254)
    recipients = models.JSONField()
    subject = models.CharField(max_length=998, blank=True, default="")
    message_id = models.CharField(max_length=255, blank=True, default="")
    raw = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="local_mail_latest")]

    def __str__(self) -> str:
        return self.subject
