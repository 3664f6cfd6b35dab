"""Service levels: policies, and what became of them on each ticket (domain-standards.md §4)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from macros.models.rules import Rule
from tickets.models import Schedule, Ticket


class Metric(models.TextChoices):
    """What can be promised, by Zendesk's names."""

    FIRST_REPLY = "first_reply_time", _("First reply")
    NEXT_REPLY = "next_reply_time", _("Next reply")
    PERIODIC_UPDATE = "periodic_update_time", _("Periodic update")
    PAUSABLE_UPDATE = "pausable_update_time", _("Pausable update")
    REQUESTER_WAIT = "requester_wait_time", _("Requester wait")
    AGENT_WORK = "agent_work_time", _("Agent work")
    TOTAL_RESOLUTION = "total_resolution_time", _("Total resolution")


class SlaPolicy(Rule):
    """A promise for the tickets that meet its conditions; the first one by position counts.

    `targets` are `[{"priority", "metric", "target" (minutes), "business_hours"}]`, with
    "target_in_seconds" where that is no whole minute; the priority ""
    is that of tickets without one. `warnings` are fractions of a target, in order. `settings` are
    the switches of macros.sla.policies.Switches that differ from their defaults.
    """

    effects = None  # a promise changes no ticket
    conditions = models.JSONField(default=dict)
    targets = models.JSONField(default=list)
    schedule = models.ForeignKey(
        Schedule, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # empty: the ticket's, else the house's
    warnings = models.JSONField(default=list)
    settings = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("SLA policy")
        verbose_name_plural = _("SLA policies")
        indexes = [
            models.Index(
                fields=["position", "id"], name="sla_policy_in_order", condition=Q(is_active=True)
            )
        ]


class SlaState(models.Model):
    """What the seven metrics of a ticket have measured so far; independent of targets.

    `metrics` is what macros.sla.metrics.Measures makes of it. `version` is the ticket's at that
    time: a ticket that went on without being measured is measured anew from its history.
    `policy_id` and its revision name the policy in force; no foreign key, because a policy may be
    deleted while a hundred thousand tickets still name it.
    """

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="sla_state"
    )
    policy_id = models.BigIntegerField(null=True)
    revision = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField()
    metrics = models.JSONField()

    def __str__(self) -> str:
        return f"measures of #{self.ticket_id}"


class ClockStatus(models.TextChoices):
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    FULFILLED = "fulfilled", _("Fulfilled")


class SlaClock(models.Model):
    """One promise on one ticket as it stands; derived from SlaState and the policy's target.

    `elapsed_seconds` is what had passed at `counted_at` (business seconds with `is_business`).
    `breach_at` is when the target is or was reached, while the clock runs. `due_at` is the next
    moment at which the tick has something to note: a warning or the breach.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="sla_clocks")
    metric = models.CharField(max_length=24, choices=Metric)
    instance = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=9, choices=ClockStatus)
    policy_id = models.BigIntegerField()
    policy_title = models.CharField(max_length=150)
    revision = models.PositiveIntegerField()
    target_seconds = models.PositiveIntegerField()
    is_business = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    applied_at = models.DateTimeField()
    counted_at = models.DateTimeField()
    elapsed_seconds = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)  # fractions that are still to come
    breach_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    fulfilled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "metric"], name="sla_clock_once")]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="sla_clock_due", condition=Q(due_at__isnull=False)
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.metric} of #{self.ticket_id}"


class MetricEventType(models.TextChoices):
    """Zendesk's metric events, and warnings."""

    ACTIVATE = "activate", _("Started")
    PAUSE = "pause", _("Paused")
    FULFILL = "fulfill", _("Fulfilled")
    APPLY_SLA = "apply_sla", _("Target set")
    WARN = "warn", _("Warning")
    BREACH = "breach", _("Breached")
    UPDATE_STATUS = "update_status", _("Measured")


class MetricEvent(models.Model):
    """What happened to a metric of a ticket. Append only; reports and screens are made of it.

    `time` is when it happened, which may lie before `written_at`, by which exports go on.
    `details`: of apply_sla the policy, target (minutes), priority and whether in business hours;
    of update_status the minutes so far, {"calendar", "business"}; of breach and warn the target
    that was in force.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="metric_events")
    metric = models.CharField(max_length=24, choices=Metric)
    instance_id = models.PositiveIntegerField()
    type = models.CharField(max_length=13, choices=MetricEventType)
    time = models.DateTimeField()
    written_at = models.DateTimeField()
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "time", "id"], name="metric_event_of_ticket"),
            models.Index(fields=["written_at", "id"], name="metric_event_for_export"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.type} of #{self.ticket_id}"


class SlaRecount(models.Model):
    """Open tickets judged anew after policies or business hours changed, in the background.

    It goes on after `last_ticket_id`, so that a crash costs one batch.
    """

    reason = models.CharField(max_length=200)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    last_ticket_id = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="sla_recount_unfinished", condition=Q(finished_at=None)
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reason}: {self.done} of {self.total}"
