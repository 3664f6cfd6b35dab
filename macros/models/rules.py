"""Rules as people write them: triggers, automations, macros; what was changed; what they did."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Group
from tickets.models import Audit, Ticket


class RuleKind(models.TextChoices):
    TRIGGER = "trigger", _("Trigger")
    AUTOMATION = "automation", _("Automation")
    MACRO = "macro", _("Macro")
    SLA_POLICY = "sla_policy", _("SLA policy")
    ROUTING = "routing", _("Routing")
    CONTENT = "content", _("Dynamic content")


class Rule(models.Model):
    """What all rules have. `effects` are `[{"field", "value"}]`, Zendesk's actions.

    `revision` counts the changes; each is kept in RuleRevision. `error` is a sentence about why the
    rule does not work (a deleted group, a broken text); it is shown to its owner.
    """

    title = models.CharField(max_length=150)
    description = models.CharField(max_length=1000, blank=True, default="")
    is_active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=0)
    effects = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=500, blank=True, default="")
    failed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class TriggerCategory(models.Model):
    """A heading over triggers; they run category by category, each in its own order."""

    name = models.CharField(max_length=100, unique=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "trigger categories"

    def __str__(self) -> str:
        return self.name


class Trigger(Rule):
    """Runs when a ticket is created or changed and its conditions hold (domain-standards.md §3)."""

    key = models.SlugField(max_length=60, unique=True, null=True, blank=True)  # noqa: DJ001  stock
    category = models.ForeignKey(TriggerCategory, on_delete=models.PROTECT, related_name="triggers")
    conditions = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["category", "position", "id"], name="trigger_in_order",
                condition=Q(is_active=True),
            )
        ]  # fmt: skip


class Automation(Rule):
    """Runs when time has passed and its conditions hold, once for each time they begin to hold."""

    key = models.SlugField(max_length=60, unique=True, null=True, blank=True)  # noqa: DJ001  stock
    conditions = models.JSONField(default=dict)


class AutomationDue(models.Model):
    """The moment at which an automation has to look at a ticket; computed when the ticket changes.

    `done_version`: the ticket's version when it ran for the conditions as they hold now; None when
    they do not hold. `held_until`: when they end by the mere passing of time; None for never.
    `has_failed`: it did not succeed then; it is tried again when the ticket changes.
    """

    automation = models.ForeignKey(Automation, on_delete=models.CASCADE, related_name="due")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)  # None: nothing to do until the ticket changes
    runs = models.PositiveIntegerField(default=0)
    done_version = models.PositiveIntegerField(null=True)
    held_until = models.DateTimeField(null=True)
    ran_at = models.DateTimeField(null=True)
    has_failed = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "automations due"
        constraints = [
            models.UniqueConstraint(fields=["automation", "ticket"], name="automation_due_once")
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="automation_due", condition=Q(due_at__isnull=False)
            ),
            models.Index(fields=["ticket"], name="automation_due_of_ticket"),
            models.Index(
                fields=["automation", "due_at", "id"], name="automation_due_next",
                condition=Q(due_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"automation {self.automation_id} on #{self.ticket_id}"


class AutomationSweep(models.Model):
    """How far the due moments of an automation have been computed over all tickets.

    `stamp` says for what: its conditions, the schedules, the day. When that differs from what is
    wanted now, the sweep begins anew; `through` is the last ticket it has looked at.
    """

    automation = models.OneToOneField(
        Automation, primary_key=True, on_delete=models.CASCADE, related_name="sweep"
    )
    stamp = models.CharField(max_length=200)
    through = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"automation {self.automation_id} through #{self.through}"


class Macro(Rule):
    """A prepared answer or change that an agent applies: personal (`owner`), a group's, everyone's.

    A title `A::B` puts it into the category A.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE,
        related_name="macros",
    )  # fmt: skip
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        indexes = [models.Index(fields=["position", "id"], name="macro_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(group=None), name="macro_one_restriction"
            )
        ]


class MacroUse(models.Model):
    """A macro applied to a ticket and submitted."""

    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="uses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["macro", "created_at"], name="macro_use_of_macro"),
            models.Index(fields=["user", "created_at"], name="macro_use_of_user"),
        ]

    def __str__(self) -> str:
        return f"macro {self.macro_id} on #{self.ticket_id}"


class RuleRevision(models.Model):
    """A rule as it was from one change on. Append only; a revert makes a new one."""

    kind = models.CharField(max_length=12, choices=RuleKind)
    rule_id = models.BigIntegerField()
    number = models.PositiveIntegerField()
    definition = models.JSONField()  # title, description, is_active, conditions, effects, …
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "rule_id", "number"], name="rule_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rule_id} as of revision {self.number}"


class RuleRun(models.Model):
    """What the rules of one kind made of one submit or one moment; kept for some days.

    `results` is a list of `[rule id, revision, outcome, unmet]`: the outcome is one letter (see
    macros.runs), `unmet` the number of the condition that decided against it, or null. Triggers
    whose conditions did not hold are many at every submit: they are packed into `not_met`. Read
    both with `macros.runs.results_of`.
    """

    kind = models.CharField(max_length=12, choices=RuleKind)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="rule_runs")
    audit = models.ForeignKey(Audit, null=True, on_delete=models.CASCADE, related_name="rule_runs")
    results = models.JSONField()
    not_met = models.BinaryField(default=b"")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "-created_at"], name="rule_run_of_ticket"),
            models.Index(fields=["created_at"], name="rule_run_by_time"),
            models.Index(fields=["kind", "-created_at", "-id"], name="rule_run_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}s on #{self.ticket_id}"
