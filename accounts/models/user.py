from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.folded import folded
from accounts.models.organization import Sharing
from accounts.roles import ASSIGNABLE, PERMISSIONS, STAFF, Role


class UserQuerySet(models.QuerySet["User"]):
    def staff(self) -> UserQuerySet:
        return self.filter(role__in=STAFF)

    def assignable(self) -> UserQuerySet:
        return self.filter(role__in=ASSIGNABLE, is_active=True)

    def customers(self) -> UserQuerySet:
        return self.filter(role=Role.CUSTOMER)

    def welcome(self) -> UserQuerySet:
        """Who may sign in: neither put away, nor merged, nor suspended."""
        return self.filter(is_active=True, suspended_at=None)

    def present(self) -> UserQuerySet:
        """People who stand for themselves: not those that were merged into somebody."""
        return self.filter(merged_into=None)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Reads only: users are made by accounts.actions."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class TicketAccess(models.TextChoices):
    """Which tickets a member of staff sees."""

    ALL = "all", _("All tickets")
    GROUPS = "groups", _("Tickets of their groups")
    ASSIGNED = "assigned", _("Tickets assigned to them")


class User(AbstractBaseUser):
    """A person: customer or staff. One person has many identities (addresses, numbers, handles)."""

    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)  # noqa: DJ001
    role = models.CharField(max_length=20, choices=Role, default=Role.CUSTOMER)
    is_active = models.BooleanField(default=True)
    organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.SET_NULL,
        related_name="people",
    )  # fmt: skip
    organization_access = models.CharField(
        max_length=7, choices=Sharing, blank=True, default=""
    )  # of a customer, beside what their organization shares with everybody
    ticket_access = models.CharField(max_length=10, choices=TicketAccess, default=TicketAccess.ALL)
    language = models.CharField(max_length=35, blank=True, default="")  # BCP 47
    time_zone = models.CharField(max_length=64, blank=True, default="")  # IANA name
    signature = models.TextField(blank=True, default="")
    notes = models.TextField(blank=True, default="")
    tags = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    custom_fields = models.JSONField(default=dict, blank=True)  # {key of a PersonField: value}
    # A kind of Identity: how they would like to be answered; empty: the way they wrote last.
    prefers = models.CharField(max_length=12, blank=True, default="")
    suspended_at = models.DateTimeField(
        null=True, blank=True
    )  # since then nothing of theirs is let in
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_people"
    )  # who they turned out to be; such a row is inactive and has no address
    theme = models.CharField(
        max_length=6,
        choices=[("system", _("System")), ("light", _("Light")), ("dark", _("Dark"))],
        default="system",
    )
    list_density = models.CharField(
        max_length=11,
        choices=[("comfortable", _("Comfortable")), ("compact", _("Compact"))],
        default="comfortable",
    )
    photo = models.CharField(max_length=64, blank=True, default="")  # a key of core.storage.blobs
    has_letter_keys = models.BooleanField(default=True)  # j, k, r … act without Ctrl
    sends_with_enter = models.BooleanField(default=False)  # else Ctrl+Enter sends
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    folded_name = folded("name", max_length=400)

    objects = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="user_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(organization_access__in=Sharing.values),
                name="user_organization_access_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_lower_case",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_active=False, email=None),
                name="user_merged_is_a_pointer",
            ),
        ]
        indexes = [
            models.Index(fields=["role", "name"], name="user_staff", condition=~Q(role="customer")),
            # Lists of customers by name and by age, and every name by its beginning.
            models.Index(
                fields=["folded_name", "id"], name="user_customers",
                condition=Q(role="customer", merged_into=None),
            ),
            models.Index(
                F("created_at").desc(), F("id").desc(), name="user_latest_customers",
                condition=Q(role="customer", merged_into=None),
            ),
            GinIndex(OpClass("folded_name", name="gin_trgm_ops"), name="user_name_parts"),
            GinIndex(fields=["tags"], name="user_tags"),
            models.Index(
                F("suspended_at").desc(), F("id").desc(), name="user_suspended",
                condition=Q(suspended_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.email or f"#{self.pk}"

    @property
    def permissions(self) -> frozenset[str]:
        return PERMISSIONS[self.role] if self.may_sign_in else frozenset()

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    @property
    def may_sign_in(self) -> bool:
        return self.is_active and not self.is_suspended

    def can(self, permission: str) -> bool:
        return permission in self.permissions

    @property
    def is_customer(self) -> bool:
        return self.role == Role.CUSTOMER

    @property
    def is_staff_member(self) -> bool:
        return self.role in STAFF

    @property
    def display_name(self) -> str:
        return str(self)

    @property
    def first_name(self) -> str:
        """The first word of the name, or the whole of it where names are written without spaces."""
        return self.display_name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        words = [word for word in self.display_name.replace("@", " ").split() if word[0].isalnum()]
        letters = words[0][:1] + (words[-1][:1] if len(words) > 1 else "") if words else "?"
        return letters.upper()


class IdentityKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    X = "x", "X"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    MESSENGER = "messenger", "Messenger"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    REDDIT = "reddit", "Reddit"
    CHAT = "chat", _("Chat visitor")
    CUSTOM = "custom", _("Own channel")
    EXTERNAL = "external", _("External id")


class Identity(models.Model):
    """One way to reach and recognise a person. `value` is normalised: lower case, E.164, bare
    handle.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=12, choices=IdentityKind)
    value = models.CharField(max_length=254)
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True)
    undeliverable_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="identity_once"),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=models.Q(is_primary=True),
                name="identity_one_primary_a_kind",
            ),
        ]
        indexes = [
            models.Index(OpClass("value", name="text_pattern_ops"), name="identity_beginnings"),
            GinIndex(OpClass("value", name="gin_trgm_ops"), name="identity_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None
