from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from channels_in.models.account import ChannelAccount
from channels_in.models.inbound import InboundItem
from tickets.models import Channel, Comment, Ticket


class Tier(models.TextChoices):
    """What a post deserves (`channels_in.social.triage`)."""

    TICKET = "ticket", _("Needs us")
    SECOND = "second", _("Second tier")
    ALONE = "alone", _("Left alone")


class PostKind(models.TextChoices):
    OUTAGE = "outage", _("Outage")
    URGENT = "urgent", _("Urgent")
    COMPLAINT = "complaint", _("Complaint")
    QUESTION = "question", _("Question")
    PRAISE = "praise", _("Praise")
    MENTION = "mention", _("Mention")
    ARGUING = "arguing", _("Arguing")
    SPAM = "spam", _("Spam")


class PostState(models.TextChoices):
    OPEN = "open", _("Open")
    TICKET = "ticket", _("Ticket")
    ANSWERED = "answered", _("Answered")
    LIKED = "liked", _("Liked")
    LEFT = "left", _("Left alone")
    GONE = "gone", _("Taken down")


class StreamRules(models.Model):
    """What becomes of the public posts of one account; without a row the usual rules hold.

    `tiers` has the kinds that are treated otherwise than usual. `always` and `never` are phrases, a
    line each: a post with one becomes a ticket, or is left alone, whatever triage says.
    """

    account = models.OneToOneField(
        ChannelAccount, on_delete=models.CASCADE, related_name="stream_rules"
    )
    tiers = models.JSONField(default=dict, blank=True)  # {kind: tier}
    always = models.TextField(blank=True, default="")
    never = models.TextField(blank=True, default="")
    signs_initials = models.BooleanField(default=True)  # replies end in ^SB
    first_answer = models.TextField(blank=True, default="")  # the beginning of a private one
    first_public_answer = models.TextField(blank=True, default="")  # stands before a first one
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "stream rules"

    def __str__(self) -> str:
        return f"stream rules of {self.account_id}"


class StreamIncident(models.Model):
    """Posts of several people about one thing within a short time: perhaps something is broken.

    It is likely until a person declares it (a problem ticket, and one public statement) or says
    that it is none. `words` say what the posts have in common.
    """

    class State(models.TextChoices):
        LIKELY = "likely", _("Likely incident")
        DECLARED = "declared", _("Incident")
        DISMISSED = "dismissed", _("No incident")

    words = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.LIKELY)
    problem = models.ForeignKey(
        Ticket, null=True, blank=True, on_delete=models.SET_NULL, related_name="stream_incidents"
    )
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-last_at", "-id"], name="stream_incident_latest")]

    def __str__(self) -> str:
        return " ".join(self.words)


class StreamPost(models.Model):
    """A public post that came in, with what triage says of it and what people decided.

    `kind`, `urgency`, `sentiment`, `language` and `reasons` are triage's; `tier` is what holds,
    `was_tier` what triage said where a person decided otherwise. Its ticket is its item's.
    """

    class Sentiment(models.TextChoices):
        POSITIVE = "positive", _("Positive")
        NEUTRAL = "neutral", _("Neutral")
        NEGATIVE = "negative", _("Negative")

    item = models.OneToOneField(InboundItem, on_delete=models.CASCADE, related_name="stream_post")
    account = models.ForeignKey(
        ChannelAccount, on_delete=models.PROTECT, related_name="stream_posts"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    external_id = models.CharField(max_length=255)  # the network's
    conversation = models.CharField(max_length=255, blank=True, default="")
    answers = models.CharField(max_length=255, blank=True, default="")  # the id it answers
    answers_us = models.BooleanField(default=False)
    quotes_us = models.BooleanField(default=False)
    url = models.CharField(max_length=500, blank=True, default="")
    author = models.CharField(max_length=254)  # the identity's value
    handle = models.CharField(max_length=254, blank=True, default="")  # as people read it
    author_name = models.CharField(max_length=200, blank=True, default="")
    author_url = models.CharField(max_length=500, blank=True, default="")
    followers = models.PositiveBigIntegerField(null=True)
    reactions = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    sentiment = models.CharField(max_length=8, choices=Sentiment, default=Sentiment.NEUTRAL)
    kind = models.CharField(max_length=10, choices=PostKind)
    urgency = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    tier = models.CharField(max_length=6, choices=Tier)
    was_tier = models.CharField(max_length=6, choices=Tier, blank=True, default="")
    state = models.CharField(max_length=8, choices=PostState)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    incident = models.ForeignKey(
        StreamIncident, null=True, on_delete=models.SET_NULL, related_name="posts"
    )
    private_since = models.DateTimeField(null=True)  # the talk went on out of sight
    closed_loop_at = models.DateTimeField(null=True)  # and the public was told of its end
    posted_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "external_id"], name="stream_post_once")
        ]
        indexes = [
            models.Index(fields=["-posted_at", "-id"], name="stream_post_latest"),
            models.Index(fields=["state", "-posted_at"], name="stream_post_by_state"),
            models.Index(fields=["incident"], name="stream_post_of_incident"),
            models.Index(
                fields=["private_since"], name="stream_post_open_loop",
                condition=Q(private_since__isnull=False, closed_loop_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.channel}:{self.external_id}"


class DeedState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("On its way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Not known whether it was done")


class StreamDeed(models.Model):
    """What we do on a network that is no reply: a like, a statement, an edit, a deletion.

    Kept like a delivery: written down before it begins and after it ended; what a dead worker had
    begun is `unknown` and not repeated by itself, except likes and deletions, which may be.
    """

    class Kind(models.TextChoices):
        LIKE = "like", _("Like")
        STATEMENT = "statement", _("Public statement")
        EDIT = "edit", _("Edit")
        DELETE = "delete", _("Deletion")

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(max_length=10, choices=Kind)
    target = models.CharField(max_length=255, blank=True, default="")  # the network's id
    text = models.TextField(blank=True, default="")
    post = models.ForeignKey(StreamPost, null=True, on_delete=models.SET_NULL, related_name="deeds")
    incident = models.ForeignKey(
        StreamIncident, null=True, on_delete=models.SET_NULL, related_name="deeds"
    )
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="deeds")
    state = models.CharField(max_length=8, choices=DeedState, default=DeedState.QUEUED)
    error = models.CharField(max_length=500, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")
    url = models.CharField(max_length=500, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "target"], name="stream_like_once",
                condition=Q(kind="like") & ~Q(state="failed"),
            ),
            models.UniqueConstraint(
                fields=["incident", "account"], name="stream_statement_once",
                condition=Q(kind="statement") & ~Q(state="failed"),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"], name="stream_deed_due",
                condition=Q(state__in=["queued", "sending"]),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} by {self.account_id}: {self.state}"
