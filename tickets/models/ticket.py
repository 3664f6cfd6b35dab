from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Group, Organization
from tickets.models.field import TicketForm
from tickets.models.schedule import Schedule

# `snoozed_until` of a ticket that sleeps until its customer writes: a moment that does not come.
UNTIL_REPLY = datetime(9000, 1, 1, tzinfo=UTC)


class Status(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Open")
    PENDING = "pending", _("Pending")
    HOLD = "hold", _("On hold")
    SOLVED = "solved", _("Solved")
    CLOSED = "closed", _("Closed")

    @classmethod
    def unsolved(cls) -> tuple[Status, ...]:
        return (cls.NEW, cls.OPEN, cls.PENDING, cls.HOLD)

    @classmethod
    def done(cls) -> tuple[Status, ...]:
        return (cls.SOLVED, cls.CLOSED)


class Priority(models.TextChoices):
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class TicketType(models.TextChoices):
    QUESTION = "question", _("Question")
    INCIDENT = "incident", _("Incident")
    PROBLEM = "problem", _("Problem")
    TASK = "task", _("Task")


class Channel(models.TextChoices):
    """Zendesk's `via.channel`: the way a ticket or comment came in."""

    EMAIL = "email", _("E-mail")
    WEB = "web", _("Web form")
    CHAT = "chat", _("Chat")
    MESSENGER = "messenger", "Messenger"
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    SMS = "sms", _("Text message")
    X = "x", "X"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    REDDIT = "reddit", "Reddit"
    CUSTOM = "custom", _("Own channel")
    PHONE = "phone", _("Phone")
    API = "api", "API"
    SYSTEM = "system", _("System")

    @property
    def answers_by_mail(self) -> bool:
        """Whether what came in this way is answered by e-mail; the others have a way back."""
        return self in (Channel.EMAIL, Channel.WEB, Channel.PHONE, Channel.API, Channel.SYSTEM)


class TicketQuerySet(models.QuerySet["Ticket"]):
    def existing(self) -> TicketQuerySet:
        return self.filter(deleted_at=None)

    def unsolved(self) -> TicketQuerySet:
        return self.filter(status__in=Status.unsolved())

    def with_people(self) -> TicketQuerySet:
        return self.select_related("requester", "assignee", "group", "organization")

    def for_lists(self, *more: str) -> TicketQuerySet:
        """With people, and only the columns that tables of tickets show or are ordered by.

        `more` are wide columns that only some of them show.
        """
        return self.with_people().only(
            "subject", "status", "priority", "channel", "tags", "preview", "version",
            "created_at", "updated_at", "solved_at", "requester_updated_at",
            "assignee_updated_at", "assigned_at", "due_at", "sla_next_breach_at", "type",
            "satisfaction", "replies", "reopens", "language", "snoozed_until", *more,
            "requester", "assignee", "group", "organization",
            "requester__name", "requester__email", "assignee__name", "assignee__email",
            "assignee__photo", "assignee__role",
            "group__name", "organization__name",
        )  # fmt: skip


class Ticket(models.Model):
    """One customer's matter. Written only by tickets.actions; the id is the number people see.

    Column meanings follow Zendesk's ticket object (domain-standards.md §1). `preview` is the start
    of the latest public comment, kept here so that lists need no second table. `generated_at` moves
    on every change, also the system's, and is what exports page on. `version` counts submits.
    """

    subject = models.CharField(max_length=998)  # RFC 5322 §2.1.1: the longest line
    status = models.CharField(max_length=8, choices=Status, default=Status.NEW)
    type = models.CharField(max_length=8, choices=TicketType, blank=True, default="")
    priority = models.CharField(max_length=6, choices=Priority, blank=True, default="")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="requested_tickets"
    )
    submitter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submitted_tickets"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="assigned_tickets",
    )  # fmt: skip
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="tickets"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    via_source = models.JSONField(default=dict, blank=True)  # {"from": {}, "to": {}, "rel": null}
    recipient = models.CharField(max_length=254, blank=True, default="")
    external_id = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001
    language = models.CharField(max_length=35, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    custom_fields = models.JSONField(default=dict, blank=True)  # {field id as text: value}
    problem = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="incidents"
    )
    followup_source = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followups"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged_tickets"
    )
    is_public = models.BooleanField(default=True)  # has at least one public comment
    satisfaction = models.CharField(max_length=16, default="unoffered")
    preview = models.CharField(max_length=200, blank=True, default="")
    due_at = models.DateTimeField(null=True, blank=True)
    schedule = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # the business hours that count for it; empty: those of the house
    form = models.ForeignKey(
        TicketForm, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    snoozed_until = models.DateTimeField(null=True, blank=True)  # asleep while set
    sla_next_breach_at = models.DateTimeField(null=True, blank=True)
    replies = models.PositiveIntegerField(default=0)  # public ones of agents after the opening
    reopens = models.PositiveIntegerField(default=0)
    assignee_stations = models.PositiveIntegerField(default=0)
    group_stations = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    generated_at = models.DateTimeField()
    status_updated_at = models.DateTimeField()
    latest_comment_at = models.DateTimeField(null=True)
    requester_updated_at = models.DateTimeField(null=True)
    assignee_updated_at = models.DateTimeField(null=True)
    initially_assigned_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deletion_reason = models.CharField(max_length=8, blank=True, default="")  # "spam" or nothing
    scrubbed_at = models.DateTimeField(null=True)  # deleted for good: no text is left
    version = models.PositiveIntegerField(default=1)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="ticket_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(type__in=["", *TicketType.values]), name="ticket_type_is_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__in=["", *Priority.values]), name="ticket_priority_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.NEW) | Q(assignee=None),
                name="ticket_new_has_no_assignee",
            ),
            models.CheckConstraint(
                condition=Q(assignee=None) | Q(group__isnull=False),
                name="ticket_assignee_implies_group",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.done(), solved_at__isnull=False)
                | (~Q(status__in=Status.done()) & Q(solved_at=None)),
                name="ticket_solved_at_while_done",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at=None)),
                name="ticket_closed_at_while_closed",
            ),
            models.CheckConstraint(
                condition=Q(problem=None) | Q(type=TicketType.INCIDENT),
                name="ticket_only_incidents_have_a_problem",
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(type=TicketType.TASK),
                name="ticket_only_tasks_are_due",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(status=Status.CLOSED),
                name="ticket_merged_is_closed",
            ),
            models.UniqueConstraint(fields=["external_id"], name="ticket_external_id_once"),
        ]
        indexes = [
            # One index for each list that people open; all leave deleted tickets out. Those that
            # views count by know who sleeps (tickets.view_conditions).
            models.Index(
                F("updated_at").desc(), F("id").desc(), name="ticket_unsolved",
                include=["snoozed_until"],
                condition=Q(deleted_at=None, status__in=Status.unsolved()),
            ),
            models.Index(
                "assignee", F("updated_at").desc(), F("id").desc(), name="ticket_unsolved_of",
                include=["snoozed_until"],
                condition=Q(deleted_at=None, status__in=Status.unsolved()),
            ),
            models.Index(
                F("updated_at").desc(), F("id").desc(), name="ticket_unassigned",
                include=["snoozed_until"],
                condition=Q(deleted_at=None, status__in=Status.unsolved(), assignee=None),
            ),
            models.Index(
                "group", F("updated_at").desc(), F("id").desc(), name="ticket_unsolved_in_group",
                include=["snoozed_until"],
                condition=Q(deleted_at=None, status__in=Status.unsolved()),
            ),
            models.Index(
                "status", F("updated_at").desc(), F("id").desc(), name="ticket_by_status",
                include=["snoozed_until"],
                condition=Q(deleted_at=None),
            ),
            models.Index(
                F("solved_at").desc(), F("id").desc(), name="ticket_solved",
                condition=Q(deleted_at=None, solved_at__isnull=False),
            ),
            models.Index(
                F("updated_at").desc(), F("id").desc(), name="ticket_all",
                condition=Q(deleted_at=None),
            ),
            models.Index(
                "requester", F("created_at").desc(), F("id").desc(), name="ticket_of_requester"
            ),
            models.Index(
                "organization", F("created_at").desc(), F("id").desc(),
                name="ticket_of_organization", condition=Q(organization__isnull=False),
            ),
            models.Index("generated_at", "id", name="ticket_for_export"),
            models.Index(
                "sla_next_breach_at", name="ticket_next_breach",
                condition=Q(deleted_at=None, sla_next_breach_at__isnull=False),
            ),
            models.Index(
                "group", F("created_at"), name="ticket_created_in_group",
                condition=Q(deleted_at=None),
            ),
            GinIndex(fields=["tags"], name="ticket_tags"),
            models.Index(
                "snoozed_until", "id", name="ticket_snoozed",
                condition=Q(deleted_at=None, snoozed_until__isnull=False),
            ),
            models.Index(
                F("deleted_at").desc(), F("id").desc(), name="ticket_deleted",
                condition=Q(deleted_at__isnull=False, scrubbed_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def number(self) -> int:
        return self.pk

    @property
    def is_open(self) -> bool:
        return self.status in Status.unsolved()

    @property
    def is_closed(self) -> bool:
        return self.status == Status.CLOSED

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None

    @property
    def is_snoozed_until_reply(self) -> bool:
        return self.snoozed_until == UNTIL_REPLY

    @property
    def waits_for_us(self) -> bool:
        """Whether the customer spoke last on an unsolved ticket."""
        if self.status not in (Status.NEW, Status.OPEN) or self.requester_updated_at is None:
            return False
        answered_at = self.assignee_updated_at
        return answered_at is None or self.requester_updated_at > answered_at

    @property
    def subject_or_placeholder(self) -> str:
        return self.subject or str(_("(no subject)"))
