"""Live chat: the widget on a site, who writes there, and the chat beside its ticket."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from channels_in.models.account import ChannelAccount
from tickets.models import Channel, Ticket


class Asking(models.TextChoices):
    """How much the widget insists on knowing something before a chat begins."""

    NO = "no", _("Do not ask")
    OPTIONAL = "optional", _("Ask, may be left empty")
    REQUIRED = "required", _("Must be given")


class ChatWidget(models.Model):
    """The widget of a chat account: where it may stand, what it says and asks.

    The account's `address` is the key in the snippet; its colour, hours, group and language are the
    widget's. `texts` are words of the house by language, {"de": {"heading", "greeting", "offline"}}
    (empty: the standard ones). `questions` are asked before a chat, in order: {"key", "label",
    "kind", "choices", "is_required"}. The secret signs who a visitor is; after a rotation the old
    one counts until `old_secret_ends_at`.
    """

    class Side(models.TextChoices):
        END = "end", _("Where lines end (right; left in Arabic)")
        START = "start", _("Where lines begin (left; right in Arabic)")

    account = models.OneToOneField(ChannelAccount, on_delete=models.CASCADE, related_name="widget")
    sites = ArrayField(models.CharField(max_length=261), default=list, blank=True)  # origins
    side = models.CharField(max_length=5, choices=Side, default=Side.END)
    logo = models.CharField(max_length=64, blank=True, default="")  # a key of core.storage.blobs
    texts = models.JSONField(default=dict, blank=True)
    questions = models.JSONField(default=list, blank=True)
    asks_name = models.CharField(max_length=8, choices=Asking, default=Asking.OPTIONAL)
    asks_email = models.CharField(max_length=8, choices=Asking, default=Asking.OPTIONAL)
    offers_help = models.BooleanField(default=True)  # articles first, a person one click away
    takes_files = models.BooleanField(default=True)
    away_seconds = models.PositiveIntegerField(default=60)  # then answers go by mail
    reply_account = models.ForeignKey(
        ChannelAccount, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the address whose mail goes on with chats; empty: the default one
    sealed_secret = models.TextField()
    sealed_old_secret = models.TextField(blank=True, default="")
    old_secret_ends_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"widget {self.account_id}"


class Visitor(models.Model):
    """A browser on which somebody met the widget. Its token is a secret that only it knows.

    `user` is the person it is taken for, once something was written. Only a `is_verified` one has
    been vouched for by the site (a signature over external id and, if given, mail); a name or mail
    that was typed proves nothing.
    """

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="visitors")
    key = models.CharField(max_length=32, unique=True)  # names it in ids; not a secret
    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="visitors"
    )
    name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(max_length=254, blank=True, default="")
    external_id = models.CharField(max_length=200, blank=True, default="")
    is_verified = models.BooleanField(default=False)
    is_email_verified = models.BooleanField(default=False)
    page_url = models.CharField(max_length=1000, blank=True, default="")
    page_title = models.CharField(max_length=200, blank=True, default="")
    referrer = models.CharField(max_length=1000, blank=True, default="")
    user_agent = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=35, blank=True, default="")  # BCP 47
    time_zone = models.CharField(max_length=64, blank=True, default="")  # IANA name
    blocked_at = models.DateTimeField(null=True)  # since then nothing of theirs is let in
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "external_id"], name="visitor_vouched_for",
                condition=Q(is_verified=True),
            ),
            models.Index(fields=["seen_at"], name="visitor_by_time"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name or self.email or f"visitor {self.key[:8]}"


class ChatState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    OFFERED = "offered", _("Offered")
    ACTIVE = "active", _("Active")
    HELD = "held", _("On hold")
    ENDED = "ended", _("Ended")

    @classmethod
    def queued(cls) -> tuple[ChatState, ...]:
        return (cls.WAITING, cls.OFFERED)

    @classmethod
    def living(cls) -> tuple[ChatState, ...]:
        return (cls.WAITING, cls.OFFERED, cls.ACTIVE, cls.HELD)


class EndedBy(models.TextChoices):
    VISITOR = "visitor", _("The visitor")
    AGENT = "agent", _("An agent")
    SYSTEM = "system", _("The system")


class Chat(models.Model):
    """What is live about a ticket of channel `chat`; its messages are the ticket's comments.

    waiting → offered → active ⇄ held → ended; an offer that is not taken goes back to waiting, and
    so does an ended chat whose visitor writes again. `first_accepted_at` stays, `accepted_at` is of
    the agent now. Read marks are comment ids: `visitor_got` came to the visitor's page,
    `visitor_read` was on their screen, `house_read` was on an agent's.
    """

    key = models.CharField(max_length=32, unique=True)  # names it for the visitor
    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="chats")
    visitor = models.ForeignKey(Visitor, on_delete=models.PROTECT, related_name="chats")
    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="chat")
    state = models.CharField(max_length=7, choices=ChatState, default=ChatState.WAITING)
    queued_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    offered_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="chat_offers"
    )
    accepted_at = models.DateTimeField(null=True)
    first_accepted_at = models.DateTimeField(null=True)
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="chats"
    )
    hold_reason = models.CharField(max_length=200, blank=True, default="")
    held_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=7, choices=EndedBy, blank=True, default="")
    visitor_got = models.BigIntegerField(default=0)
    visitor_read = models.BigIntegerField(default=0)
    house_read = models.BigIntegerField(default=0)
    answers = models.JSONField(default=list, blank=True)  # [[question, answer]] from before it
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ChatState.values), name="chat_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ChatState.ENDED, ended_at__isnull=False)
                | (~Q(state=ChatState.ENDED) & Q(ended_at=None)),
                name="chat_ended_at_while_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=ChatState.OFFERED, offered_at__isnull=False)
                | (~Q(state=ChatState.OFFERED) & Q(offered_at=None)),
                name="chat_offered_at_while_offered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["account", "queued_at", "id"], name="chat_queue",
                condition=Q(state__in=["waiting", "offered"]),
            ),
            models.Index(
                fields=["agent", "id"], name="chat_of_agent",
                condition=Q(state__in=["active", "held"]),
            ),
            models.Index("visitor", F("id").desc(), name="chat_of_visitor"),
            models.Index(
                "account", F("accepted_at").desc(), name="chat_accepted",
                condition=Q(accepted_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"chat {self.key[:8]} ({self.state})"

    @property
    def channel(self) -> str:
        return Channel.CHAT

    @property
    def is_living(self) -> bool:
        return self.state != ChatState.ENDED

    @property
    def is_queued(self) -> bool:
        return self.state in ChatState.queued()
