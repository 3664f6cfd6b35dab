"""Who gets which ticket: availability, capacity, skills, what waits (domain-standards.md §11)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Group
from accounts.roles import Role
from tickets.models import Ticket


class Availability(models.TextChoices):
    ONLINE = "online", _("Online")
    AWAY = "away", _("Away")
    OFFLINE = "offline", _("Offline")


class RoutingMode(models.TextChoices):
    OFF = "off", _("Nobody: agents take tickets themselves")
    ROUND_ROBIN = "round_robin", _("In turn")
    LEAST_LOADED = "least_loaded", _("Who has the least to do")
    SKILLS = "skills", _("Who has the skills, then the least to do")


class RoutingPart(models.IntegerChoices):
    """What has a history of its own: the `rule_id` of its revisions (RuleKind.ROUTING)."""

    GROUPS = 1, _("Groups")
    CAPACITY = 2, _("Capacity")
    SKILLS = 3, _("Skills")
    AVAILABILITY = 4, _("Availability")


class AgentStatus(models.Model):
    """Whether an agent takes tickets now. An agent without a row has never been seen: offline.

    `chosen` is what the agent has said, or somebody else for them (`chosen_by`). With
    `is_automatic` the agent counts as offline while disconnected for long (`is_gone`). `state`
    follows from the two, and has held since `since`. `hands_back`: went offline; what they have not
    answered is still to be given to others.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE,
        related_name="agent_status",
    )  # fmt: skip
    chosen = models.CharField(max_length=7, choices=Availability, default=Availability.ONLINE)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_automatic = models.BooleanField(default=True)
    is_gone = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=Availability, default=Availability.OFFLINE)
    since = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)  # last known to be connected, to the minute
    hands_back = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "agent statuses"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=Availability.values), name="agent_state_is_known"
            )
        ]
        indexes = [
            models.Index(
                fields=["user"], name="agent_hands_back", condition=Q(hands_back=True)
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user_id} is {self.state}"


class RoutingHouse(models.Model):
    """The one row of what holds for everybody. `offline_after` is in minutes."""

    offline_after = models.PositiveIntegerField(default=5)
    emails = models.PositiveIntegerField(default=20)
    chats = models.PositiveIntegerField(default=3)
    calls = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="routing_house_once")]

    def __str__(self) -> str:
        return "routing of the house"


class Capacity(models.Model):
    """How many unsolved tickets a role or one agent is given at most; by hand they may get more."""

    role = models.CharField(max_length=20, choices=Role, unique=True, null=True)  # noqa: DJ001
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="capacity"
    )
    emails = models.PositiveIntegerField()
    chats = models.PositiveIntegerField()
    calls = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "capacities"
        constraints = [
            models.CheckConstraint(
                condition=Q(role=None, user__isnull=False) | Q(role__isnull=False, user=None),
                name="capacity_of_role_or_agent",
            )
        ]

    def __str__(self) -> str:
        return f"capacity of {self.role or self.user_id}"


class Skill(models.Model):
    """Something that agents are good at, such as a language or a product."""

    name = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField()
    people: models.ManyToManyField = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="macros.AgentSkill", related_name="skills"
    )

    def __str__(self) -> str:
        return self.name


class AgentSkill(models.Model):
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="holders")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skill_rows"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["skill", "user"], name="agent_skill_once")]

    def __str__(self) -> str:
        return f"{self.user_id} has skill {self.skill_id}"


class SkillRule(models.Model):
    """Tickets that meet the conditions need the skill, until they have waited for `timeout`.

    `timeout` is in minutes; None: for ever.
    """

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="rules")
    conditions = models.JSONField(default=dict)
    timeout = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"tickets that need skill {self.skill_id}"


class RoutingSetting(models.Model):
    """How a group's tickets find their agents. `turns` counts those given out."""

    group = models.OneToOneField(
        Group, primary_key=True, on_delete=models.CASCADE, related_name="routing"
    )
    mode = models.CharField(max_length=12, choices=RoutingMode, default=RoutingMode.OFF)
    reassigns_on_offline = models.BooleanField(default=False)
    turns = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"routing in group {self.group_id}: {self.mode}"


class AgentTurn(models.Model):
    """When an agent was last given a ticket of a group: by number, because moments can be equal."""

    setting = models.ForeignKey(
        RoutingSetting, on_delete=models.CASCADE, related_name="agent_turns"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    turn = models.PositiveBigIntegerField()
    served_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["setting", "user"], name="agent_turn_once")]

    def __str__(self) -> str:
        return f"turn {self.turn} of {self.user_id}"


class WaitingTicket(models.Model):
    """A ticket that waits for an agent of its group. `why` it still does is a sentence."""

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.CASCADE, related_name="waiting"
    )
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="waiting_tickets")
    queued_at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["group", "queued_at"], name="waiting_in_group")]

    def __str__(self) -> str:
        return f"#{self.ticket_id} waits"
