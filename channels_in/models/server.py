"""What connections to other people's mail servers have in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Security(models.TextChoices):
    TLS = "tls", _("TLS")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("None (this machine only)")


class Login(models.TextChoices):
    PASSWORD = "password", _("Password")
    OAUTH2 = "oauth2", _("OAuth 2")


class OAuthGrant(models.Model):
    """Consent to read and send mail for an address, as refresh and access tokens (RFC 6749 §6).

    All tokens and the client's secret are sealed (core.crypto).
    """

    token_url = models.URLField(max_length=500)
    client_id = models.CharField(max_length=255)
    sealed_client_secret = models.TextField(blank=True, default="")
    scope = models.CharField(max_length=500, blank=True, default="")
    sealed_refresh_token = models.TextField()
    sealed_access_token = models.TextField(blank=True, default="")
    expires_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"grant {self.pk} of {self.client_id}"
